import { sql } from "kysely";
import { newId } from "#kernel/id";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { createRecord, lockRecord, noteChanges } from "#records";
import { record } from "#timeline";
import { evidenceOf, sizeOf } from "./evidence.ts";
import { insightType, type About, type Evidence } from "./insight.ts";
import { joinPeople } from "./join.ts";
import type { Mentioned } from "./mention.ts";
import { holdThemes } from "./theme.ts";

export interface Finding {
  title: string;
  statement?: string | null | undefined;
  about: About;
  /** How far back the evidence reaches. */
  days: number;
  owner_id?: string | null | undefined;
  proposed?: boolean | undefined;
}

/** Notes an insight: freezes its evidence, tells it, and joins those whose mentions it rests on. Answers its id. */
export const findOut = (ctx: Ctx | Tx, finding: Finding): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    await holdThemes(tx);
    const { about, title, days } = finding;
    const evidence = await evidenceOf(tx, about, days);
    const id = newId();
    const found_fact = await record(tx, {
      name: "insight.found",
      payload: { insight_id: id, title, people: sizeOf(evidence).people },
    });
    await createRecord(
      tx,
      insightType,
      {
        ...sizeOf(evidence),
        name: title,
        statement: finding.statement ?? null,
        about,
        kind: about.kind,
        theme_id: about.kind === "theme" ? about.theme_id : null,
        segment_id: about.kind === "segment" ? about.segment_id : null,
        owner_id: finding.owner_id ?? (tx.actor.kind === "user" ? await colleague(tx) : null),
        evidence,
        proposed: finding.proposed ?? false,
        found_at: tx.clock(),
        found_fact,
      },
      id,
    );
    if (evidence.kind === "theme" && about.kind === "theme") await joinThose(tx, { id, name: title, theme: evidence.theme }, about.theme_id, evidence);
    return id;
  }); // prettier-ignore

async function colleague(tx: Tx): Promise<string | null> {
  const { rows } = await sql`
    select 1 from rondo.members where workspace_id = ${tx.workspace.id} and user_id = ${tx.actor.id}`.execute(tx.db);
  return rows.length > 0 ? tx.actor.id : null;
}

async function joinThose(tx: Tx, named: { id: string; name: string; theme: string }, theme_id: string, { from, until }: Evidence): Promise<void> {
  const { rows } = await sql<Mentioned>`
    select theme_id, fact_id, occurred_at, contact_id from theme_mentions m
     where theme_id = ${theme_id} and occurred_at >= ${from} and occurred_at < ${until} and contact_id is not null
       and not exists (select from fact_withdrawals w where w.fact_id = m.fact_id)`.execute(tx.db);
  await joinPeople(tx, named, rows, false);
} // prettier-ignore

export interface InsightTold {
  id: string;
  version: number;
  name: string;
  statement: string | null;
  about: About;
  kind: About["kind"];
  theme_id: string | null;
  segment_id: string | null;
  owner_id: string | null;
  owner: string | null;
  state: "open" | "in_improvement" | "closed";
  closed_reason: string | null;
  evidence: Evidence;
  people: number;
  at_stake: number;
  proposed: boolean;
  found_at: Date;
  found_fact: string;
  deleted_at: Date | null;
  /** Those who raised it since it was found. */
  later: number;
}

/** One insight with its frozen evidence. */
export async function findInsight(ctx: Ctx, id: string): Promise<InsightTold> {
  const { rows } = await sql<InsightTold>`
    select i.id, i.version, i.name, i.statement, i.about, i.kind, i.theme_id, i.segment_id, i.owner_id, u.name as owner, i.state, i.closed_reason, i.evidence,
           i.people, i.at_stake::float8 as at_stake, i.proposed, i.found_at, i.found_fact, i.deleted_at,
           (select count(*)::int from insight_people p where p.insight_id = i.id and p.later) as later
      from insights i left join rondo.users u on u.id = i.owner_id where i.id = ${id}`.execute(ctx.db);
  if (!rows[0]) throw notFound("insight");
  return rows[0];
}

async function turn(tx: Tx, id: string, state: InsightTold["state"], reason: string | null): Promise<void> {
  const before = await lockRecord(tx, insightType, id);
  if (before.state === state) throw new Refused("conflict", "insight.state", "It is in this state already.");
  await sql`
    update insights set state = ${state}, closed_reason = ${reason}, version = version + 1, updated_at = ${tx.clock()} where id = ${id}`.execute(tx.db);
  await noteChanges(tx, [{ object: "insight", record_id: id, action: "updated", fields: { state: [before.state, state] } }]);
} // prettier-ignore

/** Closes an insight: nothing more is to be done about it. */
export const closeInsight = (ctx: Ctx | Tx, id: string, reason: string): Promise<void> =>
  inTransaction(ctx, (tx) => turn(tx, id, "closed", reason));

/** Opens a closed one again; one that is being improved stays so. */
export const reopenInsight = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, (tx) => turn(tx, id, "open", null));

/** Says that something is done about it: an improvement started. Nothing happens when it is so already. */
export async function takeUpInsight(tx: Tx, id: string): Promise<void> {
  const { state } = await findInsight(tx, id);
  if (state !== "in_improvement") await turn(tx, id, "in_improvement", null);
}
