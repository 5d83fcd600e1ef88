import { sql } from "kysely";
import { lookAhead, queueMail } from "#attract/channels";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { lockRecord } from "#records";
import { record } from "#timeline";
import { raisersOf, type Raiser } from "#learn/insight";
import { findImprovement, type Found } from "./find.ts";
import { improvementType } from "./improvement.ts";

export interface Listener extends Pick<Raiser, "id" | "name" | "mentions" | "said" | "later"> {
  /** Why they would get nothing now; null when they would. */
  held: string | null;
  told_at: Date | null;
}

const source = "improvement";

function insightOf(it: Found): string {
  if (it.insight_id) return it.insight_id;
  throw new Refused("conflict", "improvement.nobody", "Nobody asked for this: it belongs to no insight.");
}

async function toldOf(ctx: Ctx, id: string): Promise<Map<string, Date>> {
  const { rows } = await sql<{ contact_id: string; told_at: Date }>`
    select contact_id, told_at from announcements where improvement_id = ${id}`.execute(ctx.db);
  return new Map(rows.map((r) => [r.contact_id, r.told_at]));
}

/** Those who raised it: who would be told, who is held back and why, who was told when. */
export async function listenersOf(ctx: Ctx, id: string): Promise<Listener[]> {
  const it = await findImprovement(ctx, id);
  if (!it.insight_id) return [];
  const raisers = await raisersOf(ctx, it.insight_id);
  const [told, held] = await Promise.all([
    toldOf(ctx, id),
    lookAhead(ctx, raisers.map((r) => r.id), { kind: "relationship" }), // prettier-ignore
  ]);
  return raisers.map(({ id: who, name, mentions, said, later }) => ({
    id: who,
    name,
    mentions,
    said,
    later,
    told_at: told.get(who) ?? null,
    held: told.has(who) ? null : (held.get(who) ?? null),
  }));
}

/** What a person may write about what became of it: {name} is who reads it. */
export interface Letter {
  subject: string;
  text: string;
}

const filled = (text: string, name: string): string => text.replaceAll("{name}", name);

/**
 * Tells exactly those who raised it, each once however often and by however many it is asked: "you told us, we changed it". Who may not
 * be written to now is left for a later time. Answers how many mails are on their way, and how many are held back.
 */
export const announce = (ctx: Ctx | Tx, id: string, letter: Letter): Promise<{ told: number; held: number }> =>
  inTransaction(ctx, async (tx) => {
    await lockRecord(tx, improvementType, id);
    const it = await findImprovement(tx, id);
    insightOf(it);
    if (it.state === "draft") throw new Refused("conflict", "improvement.draft", "It has not started: there is nothing to tell yet.");
    const open = (await listenersOf(tx, id)).filter((l) => l.told_at === null);
    let told = 0;
    for (const listener of open) if (listener.held === null && (await tell(tx, it, listener, letter))) told += 1;
    return { told, held: open.length - told };
  }); // prettier-ignore

async function tell(tx: Tx, it: Found, { id: contact_id, name }: Listener, letter: Letter): Promise<boolean> {
  const { rows } = await sql<{ joined_fact: string; account_id: string | null }>`
    select p.joined_fact, c.account_id from insight_people p join contacts c on c.id = p.contact_id where p.insight_id = ${it.insight_id} and p.contact_id = ${contact_id}`.execute(
    tx.db,
  );
  const raised = rows[0];
  if (!raised) return false;
  const queued = await queueMail(tx, {
    kind: "relationship",
    source,
    source_id: it.id,
    contact_id,
    subject: filled(letter.subject, name),
    text: filled(letter.text, name),
    caused_by: raised.joined_fact,
    unique_key: `${source}:${it.id}:${contact_id}`,
  });
  if ("held" in queued) return false;
  await note(tx, it, { contact_id, ...raised }, queued.send_id);
  return true;
}

/** Writes down that somebody heard of it, and tells it on their timeline because of what they raised. */
async function note(
  tx: Tx,
  it: Found,
  who: { contact_id: string; account_id: string | null; joined_fact: string },
  send_id: string | null,
): Promise<void> {
  const fact_id = await record(tx, {
    name: "improvement.announced",
    contact_id: who.contact_id,
    account_id: who.account_id,
    caused_by: who.joined_fact,
    payload: { title: it.name, improvement_id: it.id, insight_id: it.insight_id },
  });
  await sql`
    insert into announcements (improvement_id, contact_id, send_id, fact_id, told_at) values (${it.id}, ${who.contact_id}, ${send_id}, ${fact_id}, ${tx.clock()})`.execute(
    tx.db,
  );
}

/** Notes those of the insight's people who heard of it some other way by now: `toldAt` says when, null for who did not. */
export async function noteTold(tx: Tx, id: string, toldAt: (contact_id: string) => Date | null): Promise<void> {
  const it = await findImprovement(tx, id);
  const { rows } = await sql<{ contact_id: string; account_id: string | null; joined_fact: string; said_at: Date }>`
    select p.contact_id, c.account_id, p.joined_fact, f.occurred_at as said_at from insight_people p join contacts c on c.id = p.contact_id join facts f on f.id = p.joined_fact
     where p.insight_id = ${insightOf(it)} and not exists (select from announcements a where a.improvement_id = ${id} and a.contact_id = p.contact_id)
     order by p.contact_id`.execute(tx.db);
  for (const who of rows) {
    const at = toldAt(who.contact_id);
    if (at && at > who.said_at) await note({ ...tx, clock: () => at }, it, who, null);
  }
}

/** How those who were told scored us before and after, for those who did both; it only observes. */
export async function scoresOf(ctx: Ctx, id: string): Promise<{ told: number; both: number; before: number | null; after: number | null }> {
  const { rows } = await sql<{ told: number; both: number; before: number | null; after: number | null }>`
    with scored as (
      select a.contact_id,
             (select (f.payload ->> 'score')::float8 from facts f where f.contact_id = a.contact_id and f.name = 'survey.answered' and f.occurred_at <= a.told_at
                 and coalesce(f.payload ->> 'kind', 'nps') = 'nps' order by f.occurred_at desc limit 1) as before,
             (select (f.payload ->> 'score')::float8 from facts f where f.contact_id = a.contact_id and f.name = 'survey.answered' and f.occurred_at > a.told_at
                 and coalesce(f.payload ->> 'kind', 'nps') = 'nps' order by f.occurred_at limit 1) as after
        from announcements a where a.improvement_id = ${id})
    select count(*)::int as told, count(*) filter (where before is not null and after is not null)::int as both,
           avg(before) filter (where after is not null) as before, avg(after) filter (where before is not null) as after from scored`.execute(ctx.db);
  return rows[0]!;
} // prettier-ignore
