import { join } from "node:path";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { segmentType } from "#attract/audience";
import type { Ctx } from "#platform/context";
import { findJob } from "#platform/jobs";
import { createRecord } from "#records";
import { databaseForTest } from "../../test/database.ts";
import { started, uploaded, work } from "../records/import/importing-for-tests.ts";
import { workUntil } from "../records/import/killing-for-tests.ts";
import "../cycle/attract/audience/module.ts";
import "../cycle/convert/catalog/module.ts";
import "../cycle/convert/quotes/module.ts";

const people = 4_050; // members: two chunks
const n = 800; // price lists
const drafts = 100; // quotes of three lines
const modules = ["attract/audience", "convert/catalog", "convert/quotes"].map((m) => join(import.meta.dirname, "../cycle", m, "module.ts")); // prettier-ignore
const rowsOf = (many: number, row: (i: number) => string): string => Array.from({ length: many }, (_none, i) => `${row(i)}\n`).join(""); // prettier-ignore

/** Contacts for a segment of hands, whose id it answers. */
async function guests(ctx: Ctx): Promise<string> {
  await sql`insert into contacts (id, name, email, created_at, updated_at) select gen_random_uuid(), 'Person ' || i, 'p' || i || '@here.example', now(), now() from generate_series(0, ${people - 1}::int) i`.execute(ctx.db); // prettier-ignore
  return (await createRecord(ctx, segmentType, { name: "Fair guests", kind: "static" })).id;
}

test("a worker killed while it writes members of a segment, price lists and quotes: the next one goes on, nothing lost, nothing twice", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const begun = async (object: string, file: string, options = {}) => started(ctx, await uploaded(ctx, object, file), { options }); // prettier-ignore
  const members = await begun("segment_members", `E-mail\n${rowsOf(people, (i) => `p${i}@here.example`)}`, { segment_id: await guests(ctx) }); // prettier-ignore
  const lists = await begun("price_lists", `Id,Name,Currency\n${rowsOf(n, (i) => `L-${i},List ${i},EUR`)}`);
  const quotes = await begun("quotes", `Quote number,Description,Quantity,Unit price,Tax rate\n${rowsOf(3 * drafts, (i) => `Q-${Math.floor(i / 3)},Jar ${i},2,10,19`)}`); // prettier-ignore
  /** Until the job writes what it has understood, or, with `some`, has written some of it. */
  const writes = async (job: string, some: boolean): Promise<void> => {
    const until = Date.now() + 20_000;
    for (let on = false; !on && Date.now() < until;) {
      const { state, progress } = await findJob(ctx, job);
      on = state === "done" || (progress.phase === "write" && (!some || Number(progress.written) > 0));
      if (!on) await new Promise((go) => setTimeout(go, 5));
    }
    // Not always at the same point of a transaction.
    await new Promise((go) => setTimeout(go, Math.random() * 100));
  };
  await workUntil(t, modules, () => writes(members, true));
  await workUntil(t, modules, () => writes(quotes, false));
  await work(ctx);
  const ended = await Promise.all([members, lists, quotes].map((job) => findJob(ctx, job)));
  expect(ended.map((job) => [job.state, job.failed, job.result?.created])).toEqual([people, n, drafts].map((made) => ["done", 0, made])); // prettier-ignore
  // Whether a kill comes in time is chance for one of them, not for both.
  expect(Math.max(...ended.map((job) => job.lease))).toBeGreaterThan(1);
  const [made] = (await sql`
    select (select count(*) from price_lists) as lists, (select count(*) from segment_members) as members, (select member_count from segments) as counted,
           (select sum(came)::int from segment_days) as came, (select count(*) from quotes) as quotes, (select count(*) from quote_lines) as lines,
           (select count(distinct quote_id) from quote_lines) as lined, (select sum(total)::bigint from quotes) as total, (select count(*) from external_ids) as ids,
           (select count(*) from import_rows) as staged`.execute(ctx.db)).rows; // prettier-ignore
  expect(made).toEqual({
    lists: n, members: people, counted: people, came: people, quotes: drafts, lines: 3 * drafts, lined: drafts, total: drafts * 3 * 2380, ids: n + drafts, staged: 0,
  }); // prettier-ignore
  const { rows: facts } = await sql`select name, count(*) as n from facts group by 1 order by 1`.execute(ctx.db);
  expect(facts).toEqual([{ name: "import.finished", n: 3 }, { name: "segment.entered", n: people }]); // prettier-ignore
  const { rows: changes } = await sql`select object, count(*) as n from changes where action = 'created' group by 1 order by 1`.execute(ctx.db); // prettier-ignore
  expect(changes).toEqual([{ object: "price_list", n }, { object: "quote", n: drafts }, { object: "segment", n: 1 }]); // prettier-ignore
}, 60_000);
