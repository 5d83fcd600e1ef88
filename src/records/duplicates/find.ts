import { CompiledQuery, sql } from "kysely";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { JobKind } from "#platform/jobs";
import type { Consumer } from "#timeline";
import type { Row } from "../registry.ts";
import { alikeOf, alikes, type Alike } from "./rule.ts";
import { judgeOf } from "./rules.ts";

// Of each record; whoever shares a number with more is no double of all of them.
const compared = 50;

interface Compared {
  one: Row;
  other: Row;
}

/** Looks for doubles of these records and keeps what was found; pairs that are no longer alike go, decided ones stay decided. */
export async function findFor(tx: Tx, alike: Alike, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const { table, name } = alike.object;
  const row = (alias: string): string =>
    `(select row_to_json(y) from (select ${["id", ...alike.columns].map((c) => `${alias}."${c}"`).join(", ")}) y)`;
  const { rows } = await tx.db.executeQuery<Compared>(
    CompiledQuery.raw(
      `select ${row("r")} as one, ${row("o")} as other
         from "${table}" r
        cross join lateral (select t.* from "${table}" t where t.deleted_at is null and ${alike.keys("t")} && ${alike.keys("r")} and t.id <> r.id limit ${compared}) o
        where r.id = any($1::uuid[]) and r.deleted_at is null`,
      [ids],
    ),
  );
  const judge = await judgeOf(tx, alike);
  const pairs = new Map<string, { a: string; b: string; rule: string; score: number }>();
  for (const { one, other } of rows) {
    const match = judge(one, other);
    const [a, b] = [one.id, other.id].toSorted() as [string, string];
    if (match) pairs.set(`${a} ${b}`, { a, b, ...match });
  }
  const found = JSON.stringify([...pairs.values()]);
  await sql`
    delete from duplicate_pairs p where (p.a = any(${ids}) or p.b = any(${ids})) and p.state = 'open'
       and not exists (select from json_to_recordset(${found}::json) as r(a uuid, b uuid) where (r.a, r.b) = (p.a, p.b))`.execute(
    tx.db,
  );
  await sql`
    insert into duplicate_pairs as p (a, b, object, rule, score, found_at)
    select r.a, r.b, ${name}, r.rule, r.score, ${tx.clock()} from json_to_recordset(${found}::json) as r(a uuid, b uuid, rule text, score real) order by r.a, r.b
        on conflict (a, b) do update set rule = excluded.rule, score = excluded.score where p.state = 'open' and (p.rule, p.score) is distinct from (excluded.rule, excluded.score)`.execute(
    tx.db,
  );
  return pairs.size;
}

const acts = ["created", "updated", "trashed", "restored", "merged", "unmerged"];

/** Looks for doubles of what was added or changed. */
export const duplicatesConsumer: Consumer = {
  name: "duplicates",
  facts: ["contact", "account"].flatMap((object) => acts.map((act) => `${object}.${act}`)),
  batch: 500,
  async apply(tx, facts) {
    for (const alike of alikes()) {
      const by = alike.object.facts_by;
      const about = facts.filter((f) => f.name.startsWith(`${alike.object.name}.`));
      if (by) await findFor(tx, alike, [...new Set(about.flatMap((f) => f[by] ?? []))]);
    }
  },
};

export const findKind = "duplicates.find";
const atOnce = 500;

/** Looks through all records of an object, from where it stopped. */
export const findJob: JobKind = {
  kind: findKind,
  async run(ctx: Ctx, job, control) {
    const alike = alikeOf(String(job.input.object));
    if (!alike) return;
    let {
      after = "00000000-0000-0000-0000-000000000000",
      done = 0,
      found = 0,
    } = job.progress as { after?: string; done?: number; found?: number };
    for (;;) {
      const { rows } = await sql<{ id: string }>`
        select id from ${sql.table(alike.object.table)} where id > ${after} and deleted_at is null order by id limit ${atOnce}`.execute(
        ctx.db,
      );
      const last = rows.at(-1);
      if (!last) return { found };
      await inTransaction(ctx, async (tx) => {
        const here = await findFor(tx, alike, rows.map((r) => r.id)); // prettier-ignore
        [after, done, found] = [last.id, done + rows.length, found + here];
        await control.advance(tx, { done, progress: { after, done, found } });
      });
    }
  },
};
