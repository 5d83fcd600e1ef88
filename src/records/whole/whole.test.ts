import { readFile, writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Ctx } from "#platform/context";
import { inTransaction } from "#platform/context";
import { newId } from "#kernel/id";
import { record } from "#timeline";
import { databaseForTest } from "../../../test/database.ts";
import { bringBack } from "./bring-back.ts";
import { workspaceFile } from "./take-out.ts";

const exported = async (ctx: Ctx): Promise<string> => gunzipSync(await buffer(workspaceFile(ctx).file)).toString();
const keep = async (text: string | Buffer): Promise<string> => {
  const path = join(tmpdir(), `rondo-${newId()}.jsonl.gz`);
  await writeFile(path, Buffer.isBuffer(text) ? text : gzipSync(text));
  return path;
};
/** What must be the same on both sides: everything but the day, the state of the timeline and the counter of definitions. */
const content = (text: string): string[] => {
  const lines = text.trimEnd().split("\n");
  return lines.slice(1, -1).filter((l) => !l.includes('"only_row"') && !/^\{"version":\d+,"one"|^\{"one"/.test(l));
};

async function story(ctx: Ctx): Promise<void> {
  await sql`insert into rondo.users (id, name, email) values (${ctx.actor.id}, 'Mira Okafor', 'mira@northwind.example') on conflict do nothing`.execute(ctx.db); // prettier-ignore
  await sql`insert into rondo.members (workspace_id, user_id, role) values (${ctx.workspace.id}, ${ctx.actor.id}, 'owner') on conflict do nothing`.execute(ctx.db); // prettier-ignore
  await inTransaction(ctx, async (tx) => {
    for (let i = 0; i < 2500; i++) {
      const id = newId();
      await sql`insert into contacts (id, name, email, owner_id, custom) values (${id}, ${`Zoë "${i}" \\ \n\u2028`}, ${`z${i}@kim.example`}, ${ctx.actor.id}, ${JSON.stringify({ a: i / 3, b: "=1+1" })})`.execute(tx.db); // prettier-ignore
      await record(tx, { name: "page.visited", contact_id: id, payload: { title: `page ${i}` } });
    }
  });
  await sql`select nextval('case_numbers') from generate_series(1, 7)`.execute(ctx.db);
}

test("a workspace leaves as one file and comes back the same: every table, ids, sequences, people; its timeline begins a new epoch", async () => {
  const from = (await databaseForTest()).ctx();
  await story(from);
  const first = await exported(from);
  const manifest = JSON.parse(first.split("\n", 1)[0]!) as { tables: unknown[]; people: unknown[] };
  expect(manifest.tables.length).toBeGreaterThan(100);
  expect(first).not.toMatch(/"password"|token_hash/);

  // There, the same address belongs to somebody with another id.
  const to = (await databaseForTest()).ctx();
  const other = "01900000-0000-7000-8000-0000000000ff";
  await sql`insert into rondo.users (id, name, email) values (${other}, 'Mira', 'MIRA@northwind.example')`.execute(to.db); // prettier-ignore
  const seen: number[] = [];
  const { rows } = await bringBack(to, await keep(first), async (n) => void seen.push(n));
  expect(seen.reduce((a, b) => a + b, 0)).toBe(rows);
  const second = await exported(to);
  expect(content(second)).toEqual(content(first.replaceAll(from.actor.id!, other)));
  const state = async (ctx: Ctx) => (await sql<{ epoch: number; n: number }>`select epoch, (select nextval('case_numbers')) as n from timeline_state`.execute(ctx.db)).rows[0]!; // prettier-ignore
  expect(await state(to)).toEqual({ epoch: 2, n: 1008 });
  // New facts come after all old ones, and what points to nothing is still refused.
  await inTransaction(to, (tx) => record(tx, { name: "page.visited", payload: { title: "here" } }));
  const last = await sql<{ title: string }>`select payload->>'title' as title from facts order by epoch desc, tx desc, seq desc limit 1`.execute(to.db); // prettier-ignore
  expect(last.rows).toEqual([{ title: "here" }]);
  await expect(sql`insert into fact_withdrawals (fact_id, withdrawn_by) values (${newId()}, ${newId()})`.execute(to.db)).rejects.toThrow(/foreign key/); // prettier-ignore
  await expect(bringBack(to, await keep(second))).rejects.toThrow("has customers already");
}, 60_000);

test("a file that was cut, changed, or is something else brings nothing back and says why", async () => {
  const from = (await databaseForTest()).ctx();
  await sql`insert into contacts (id, name) values (${newId()}, 'Ana Ruiz')`.execute(from.db);
  const good = await exported(from);
  const to = (await databaseForTest()).ctx();
  const zipped = gzipSync(good);
  const wrong: [string | Buffer, RegExp][] = [
    ["hello\n", /no export of a workspace/],
    [Buffer.from("not gzip at all"), /no export of a workspace, or was cut off/],
    [zipped.subarray(0, zipped.length - 40), /cut off/],
    [good.slice(0, good.lastIndexOf('{"end"')), /cut off before its end/],
    [good.replace("Ana Ruiz", "Eve Ruiz"), /checksum does not fit/],
    [good.replace('{"table":"contacts"}', '{"table":"pg_authid"}'), /no table "pg_authid"/],
    [good.replace(/"migrations":\["[^"]+"/, '"migrations":["99991231_0000_later.sql"'), /another version/],
    [good.replace('"name":"Ana Ruiz"', '"name":null'), /cannot be read|checksum/],
  ];
  for (const [file, why] of wrong) await expect(bringBack(to, await keep(file))).rejects.toThrow(why);
  const { rows } = await sql<{ n: number }>`select count(*) as n from contacts`.execute(to.db);
  expect(rows).toEqual([{ n: 0 }]);
  expect((await readFile(await keep(good))).length).toBeGreaterThan(100);
});
