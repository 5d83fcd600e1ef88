import { sql } from "kysely";
import { DateTime } from "luxon";
import { newId } from "#kernel/id";
import { sampled } from "#kernel/condition";
import { Refused, notFound } from "#kernel/refusal";
import { cancelSends } from "#attract/channels";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { ConsumedFact } from "#timeline";
import { hold } from "./decide.ts";
import type { SurveyRow } from "./survey.ts";

const hourMs = 3_600_000;
// An occasion that an import tells of afterwards is history: nobody is asked about it.
const graceMs = 7 * 24 * hourMs;
// Time to take a sending by hand back.
const byHandMs = 60_000;

/** The facts after which surveys ask. */
export const occasions = ["order.delivered", "case.resolved", "onboarding.completed"] as const;

/** Notes for each active survey the occasions on which it asks, once for each fact. */
export async function inviteAfter(tx: Tx, facts: readonly ConsumedFact[]): Promise<void> {
  const { rows: surveys } = await sql<SurveyRow>`select * from surveys where active and deleted_at is null and trigger <> 'by_hand' order by id`.execute(tx.db); // prettier-ignore
  for (const fact of facts)
    for (const survey of surveys) if (survey.trigger === fact.name && fact.contact_id) await invite(tx, survey, fact);
}

async function invite(tx: Tx, survey: SurveyRow, fact: ConsumedFact): Promise<void> {
  const due_at = new Date(fact.occurred_at.getTime() + survey.delay_hours * hourMs);
  if (due_at.getTime() < tx.clock().getTime() - graceMs) return;
  const id = newId();
  const { case_id, order_id, product_id } = fact.payload;
  const { rows } = await sql`
    insert into survey_invitations (id, survey_id, contact_id, account_id, trigger_fact, wave, case_id, order_id, product_id, state, due_at, created_at)
    select ${id}, ${survey.id}, c.id, c.account_id, ${fact.id}, ${monthOf(tx, fact.occurred_at)}, (select id from cases where id::text = ${textOf(case_id)}),
           (select id from orders where id::text = ${textOf(order_id)}), (select id from products where id::text = ${textOf(product_id)}), 'due', ${due_at}, ${tx.clock()}
      from contacts c where c.id = ${fact.contact_id} and c.deleted_at is null
        on conflict do nothing returning id`.execute(tx.db);
  if (rows.length === 0) return;
  if (fact.name === "case.resolved" && fact.payload.survey === false)
    return hold(tx, id, "not-wanted", "the case was resolved without asking");
  if (!sampled({ sample: { salt: survey.id, percent: survey.sample } }, fact.id))
    return hold(tx, id, "not-drawn", `was not drawn: ${survey.sample} of 100 are asked`);
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** The calendar month of an occasion, in the workspace's time zone: "2026-11". */
export const monthOf = (ctx: Ctx, at: Date): string =>
  DateTime.fromJSDate(at, { zone: ctx.workspace.time_zone }).toFormat("yyyy-MM");

/** Asks everybody in a segment, beginning in a minute; answers how many, and the wave by which it can be called off. */
export const askSegment = (ctx: Ctx, id: string, segment_id: string): Promise<{ wave: string; asked: number }> =>
  inTransaction(ctx, async (tx) => {
    const { rows: found } = await sql<{ active: boolean }>`select active from surveys where id = ${id} and deleted_at is null for share`.execute(tx.db); // prettier-ignore
    if (!found[0]) throw notFound("survey");
    if (!found[0].active) throw new Refused("conflict", "survey.inactive", "This survey is not active.");
    const { rows: segment } = await sql`select 1 from segments where id = ${segment_id} and deleted_at is null`.execute(tx.db); // prettier-ignore
    if (segment.length === 0) throw notFound("segment");
    const wave = `by hand ${newId()}`;
    const { rows } = await sql`
      insert into survey_invitations (id, survey_id, contact_id, account_id, wave, state, due_at, created_at)
      select gen_random_uuid(), ${id}, c.id, c.account_id, ${wave}, 'due', ${new Date(tx.clock().getTime() + byHandMs)}, ${tx.clock()}
        from segment_members m join contacts c on c.id = m.contact_id and c.deleted_at is null where m.segment_id = ${segment_id}
      returning id`.execute(tx.db);
    return { wave, asked: rows.length };
  });

/** Takes back what of a sending by hand has not left; answers how many. */
export const callOff = (ctx: Ctx, id: string, wave: string): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const { rows: waiting } = await sql<{ id: string; state: string }>`
      select id, state from survey_invitations where survey_id = ${id} and wave = ${wave} and trigger_fact is null and state in ('due', 'queued') for update`.execute(
      tx.db,
    );
    const gone: string[] = [];
    for (const i of waiting)
      if (i.state === "due" || (await cancelSends(tx, { source: "survey", source_id: i.id })) > 0) gone.push(i.id);
    await sql`delete from survey_invitations where id = any(${gone})`.execute(tx.db);
    return gone.length;
  });
