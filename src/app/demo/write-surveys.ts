import { sql } from "kysely";
import { writeCases, type ToldCase } from "#engage/support";
import { newId } from "#kernel/id";
import { recountSurveys, surveyType } from "#learn/feedback";
import type { Tx } from "#platform/context";
import { createRecord, reasonNamed } from "#records";
import { recordAll, type FactInput } from "#timeline";
import { chanceOf } from "./company/chance.ts";
import { survey as recommend } from "./company/learn.ts";
import { sample } from "./sample.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
// Of so many deliveries in 100 the company asks; the stories do (company/learn.ts).
const drawn = 42;
const handled = "How we handled your case";
const northwind = { kind: "demo", id: null, name: "Rondo" } as const;

/** Writes the sample's surveys: invitations and answers are those that its facts tell of, beside those that were held back; some low scores wait for a call. */
export async function writeSurveys(tx: Tx, today: Date): Promise<void> {
  const nps = await make(tx, "nps", { name: recommend, kind: "nps", trigger: "order.delivered", sample: drawn });
  if (nps) {
    await inviteAsTold(tx, nps);
    // Fresh rows without statistics were looked through one by one.
    await sql`analyze survey_invitations, cases`.execute(tx.db);
    await holdBack(tx, nps, today);
  }
  const csat = await make(tx, "csat", { name: handled, kind: "csat", trigger: "case.resolved", delay_hours: 24 });
  if (csat) {
    await askAboutCases(tx, today);
    await inviteAsTold(tx, csat);
    await leaveUnasked(tx, csat, today);
  }
  if (nps) await openCalls(tx, nps.id, today);
  await recountSurveys(tx);
}

interface Made {
  id: string;
  name: string;
  kind: "nps" | "csat";
}

/** A survey of the sample; null when the company has one of that name. */
async function make(tx: Tx, key: string, values: Omit<Made, "id"> & Record<string, unknown>): Promise<Made | null> {
  const { rows } = await sql`select 1 from surveys where lower(name) = ${values.name.toLowerCase()} and deleted_at is null`.execute(tx.db); // prettier-ignore
  if (rows.length > 0) return null;
  const { id } = await createRecord(tx, surveyType, { ...values, external_ids: { [sample]: key } });
  return { id, ...values };
}

/** Rows for what the facts tell: each survey that was sent, each answer; the facts get the rows' ids. */
async function inviteAsTold(tx: Tx, { id, name, kind }: Made): Promise<void> {
  await sql`
    insert into survey_invitations (id, survey_id, contact_id, account_id, trigger_fact, wave, case_id, order_id, state, due_at, question_version, decided_at, sent_fact, created_at)
    select gen_random_uuid(), ${id}::uuid, f.contact_id, f.account_id, d.id, to_char(coalesce(d.occurred_at, f.occurred_at) at time zone ${tx.workspace.time_zone}, 'YYYY-MM'), k.id, o.id, 'sent',
           f.occurred_at, 1, f.occurred_at, f.id, f.occurred_at
      from facts f left join facts d on d.id = f.caused_by
      left join orders o on o.id = (d.payload ->> 'order_id')::uuid left join cases k on k.id = (d.payload ->> 'case_id')::uuid
     where f.name = 'survey.sent' and f.actor_kind = 'demo' and f.payload ->> 'survey' = ${name} and not f.payload ? 'survey_id'
        on conflict do nothing`.execute(tx.db);
  await sql`
    insert into survey_responses (id, survey_id, invitation_id, contact_id, account_id, wave, kind, question_version, score, scale, comment, at, fact_id)
    select distinct on (i.id) gen_random_uuid(), i.survey_id, i.id, i.contact_id, i.account_id, i.wave, ${kind}::text, 1, (a.payload ->> 'score')::int,
           case when ${kind} = 'nps' then '{0,10}'::int[] else '{1,5}'::int[] end, a.payload ->> 'comment', a.occurred_at, a.id
      from survey_invitations i join facts a on a.caused_by = i.sent_fact and a.name = 'survey.answered' where i.survey_id = ${id} order by i.id, a.occurred_at`.execute(
    tx.db,
  );
  await sql`update survey_invitations i set answered_at = r.at from survey_responses r where r.invitation_id = i.id and i.survey_id = ${id}`.execute(tx.db); // prettier-ignore
  await sql`
    update facts f set payload = f.payload || jsonb_build_object('survey_id', i.survey_id, 'invitation_id', i.id, 'kind', ${kind}::text)
      from survey_invitations i where i.survey_id = ${id} and f.id = i.sent_fact`.execute(tx.db);
  await sql`
    update facts f set payload = f.payload || jsonb_strip_nulls(jsonb_build_object('survey_id', i.survey_id, 'invitation_id', i.id, 'response_id', r.id, 'kind', ${kind}::text, 'order_id', i.order_id))
      from survey_responses r join survey_invitations i on i.id = r.invitation_id where r.survey_id = ${id} and f.id = r.fact_id`.execute(
    tx.db,
  );
}

interface Held {
  id: string;
  contact_id: string;
  account_id: string | null;
  trigger_fact: string;
  code: string;
  reason: string;
  decided_at: Date;
}

/** The other deliveries of the last half year: asked a short while before, an open case, or not drawn. Decided all, so that loading the sample mails nobody. */
async function holdBack(tx: Tx, { id, name, kind }: Made, today: Date): Promise<void> {
  const { rows } = await sql<Held>`
    insert into survey_invitations (id, survey_id, contact_id, account_id, trigger_fact, wave, order_id, state, code, reason, due_at, decided_at, created_at)
    select gen_random_uuid(), ${id}::uuid, d.contact_id, d.account_id, d.id, to_char(d.occurred_at at time zone ${tx.workspace.time_zone}, 'YYYY-MM'), o.id, 'held', w.code, w.reason, w.at, w.at, d.occurred_at
      from facts d join external_ids e on e.object = 'contact' and e.system = ${sample} and e.record_id = d.contact_id
      left join orders o on o.id = (d.payload ->> 'order_id')::uuid
      cross join lateral (select least(d.occurred_at + interval '72 hours', ${today}::timestamptz) as at) t
      left join lateral (select i.decided_at from survey_invitations i
                          where i.survey_id = ${id} and i.contact_id = d.contact_id and i.state = 'sent' and i.decided_at < t.at and i.decided_at > t.at - interval '90 days'
                          order by i.decided_at desc limit 1) last on true
      left join lateral (select k.number from cases k where k.contact_id = d.contact_id and k.created_at < t.at and (k.resolved_at is null or k.resolved_at > t.at) limit 1) open on true
      cross join lateral (select t.at, case when open.number is not null then 'open-case' when last.decided_at is not null then 'asked-lately' else 'not-drawn' end as code,
                                 case when open.number is not null then 'has an open case: ' || open.number
                                      when last.decided_at is not null then 'was asked this ' || greatest(2, extract(day from t.at - last.decided_at)::int) || ' days ago'
                                      else ${`was not drawn: ${drawn} of 100 are asked`} end as reason) w
     where d.name = 'order.delivered' and d.occurred_at > ${new Date(today.getTime() - 180 * dayMs)} and d.occurred_at <= ${today}
        on conflict do nothing returning id, contact_id, account_id, trigger_fact, code, reason, decided_at`.execute(tx.db);
  await tellHeld(tx, { id, name, kind }, rows.filter((r) => r.code !== "not-drawn"));
} // prettier-ignore

const tellHeld = (tx: Tx, { id, name, kind }: Made, held: readonly Held[]): Promise<string[]> =>
  recordAll(tx, held.map(({ code, reason, ...r }): FactInput => ({
    name: "survey.held", contact_id: r.contact_id, account_id: r.account_id, caused_by: r.trigger_fact, occurred_at: r.decided_at, actor: northwind,
    payload: { survey: name, survey_id: id, invitation_id: r.id, kind, code, reason },
  }))); // prettier-ignore

/** The cases of the last days that nobody was asked about were resolved without asking: loading the sample mails nobody. */
async function leaveUnasked(tx: Tx, made: Made, today: Date): Promise<void> {
  const { rows } = await sql<Held>`
    insert into survey_invitations (id, survey_id, contact_id, account_id, trigger_fact, wave, case_id, state, code, reason, due_at, decided_at, created_at)
    select gen_random_uuid(), ${made.id}::uuid, f.contact_id, f.account_id, f.id, to_char(f.occurred_at at time zone ${tx.workspace.time_zone}, 'YYYY-MM'), k.id, 'held', 'not-wanted',
           'the case was resolved without asking', f.occurred_at, f.occurred_at, f.occurred_at
      from facts f join external_ids e on e.object = 'contact' and e.system = ${sample} and e.record_id = f.contact_id left join cases k on k.id = (f.payload ->> 'case_id')::uuid
     where f.name = 'case.resolved' and f.actor_kind = 'demo' and f.occurred_at > ${new Date(today.getTime() - 10 * dayMs)}
        on conflict do nothing returning id, contact_id, account_id, trigger_fact, code, reason, decided_at`.execute(tx.db);
  await sql`update facts set payload = payload || '{"survey": false}' where id = any(${rows.map((r) => r.trigger_fact)})`.execute(tx.db);
  await tellHeld(tx, made, rows);
} // prettier-ignore

interface Resolved {
  fact_id: string;
  contact_id: string;
  account_id: string | null;
  key: string;
  who: string;
  at: Date;
  hours: number;
  subject: string;
}

const kind = ["Quick and friendly.", "A new lid came the next day.", "Thank you, solved."];
const cool = ["Took long, but it is fine now.", "I had to write twice.", "Solved, after a while."];

/** Tells of the question after each case of the last year, and of the answers: those who waited long are cooler. */
async function askAboutCases(tx: Tx, today: Date): Promise<void> {
  const { rows } = await sql<Resolved>`
    select f.id as fact_id, f.contact_id, f.account_id, e.external_id as key, c.name as who, f.occurred_at as at, (f.payload ->> 'hours')::float8 as hours, coalesce(k.subject, '') as subject
      from facts f join external_ids e on e.object = 'contact' and e.system = ${sample} and e.record_id = f.contact_id join contacts c on c.id = f.contact_id
      left join cases k on k.id = (f.payload ->> 'case_id')::uuid
     where f.name = 'case.resolved' and f.actor_kind = 'demo' and f.occurred_at between ${new Date(today.getTime() - 365 * dayMs)} and ${new Date(today.getTime() - 30 * hourMs)}
       and not exists (select from facts s where s.name in ('survey.sent', 'survey.answered') and s.contact_id = f.contact_id and s.occurred_at between f.occurred_at - interval '4 days' and f.occurred_at + interval '5 days')
     order by f.occurred_at, e.external_id`.execute(tx.db);
  const asked = new Map<string, number>();
  const facts: FactInput[] = [];
  for (const r of rows) {
    const at = r.at.getTime() + dayMs;
    if (at - (asked.get(r.contact_id) ?? -Infinity) < 14 * dayMs) continue;
    asked.set(r.contact_id, at);
    facts.push(...askAbout(r, new Date(at), today));
  }
  await recordAll(tx, facts);
}

function askAbout(r: Resolved, at: Date, today: Date): FactInput[] {
  const chance = chanceOf(`${r.key} ${r.subject} asked about`);
  const id = newId();
  const about = { contact_id: r.contact_id, account_id: r.account_id };
  const sent: FactInput = { ...about, id, name: "survey.sent", occurred_at: at, caused_by: r.fact_id, actor: northwind, payload: { survey: handled } }; // prettier-ignore
  const answered_at = new Date(at.getTime() + chance.between(0.5, 50) * hourMs);
  if (!chance.yes(0.47) || answered_at > today) return [sent];
  const score = Math.max(3, Math.min(5, Math.round(4.9 - r.hours / 90 - (r.subject.endsWith("again") ? 1 : 0) + chance.between(-0.7, 0.5)))); // prettier-ignore
  const comment = chance.yes(0.4) ? { comment: chance.pick(score > 3 ? kind : cool) } : {};
  return [sent, { ...about, name: "survey.answered", occurred_at: answered_at, caused_by: id, actor: { ...northwind, name: r.who }, payload: { survey: handled, score, ...comment } }]; // prettier-ignore
}

interface Low {
  id: string;
  fact_id: string;
  contact_id: string;
  account_id: string | null;
  owner_id: string | null;
  order_id: string | null;
  score: number;
  comment: string | null;
  at: Date;
}

/** The newest low scores, each with its open case: somebody is to call. */
async function openCalls(tx: Tx, survey: string, today: Date): Promise<void> {
  const { rows } = await sql<Low>`
    select r.id, r.fact_id, r.contact_id, r.account_id, c.owner_id, i.order_id, r.score, r.comment, r.at
      from survey_responses r join survey_invitations i on i.id = r.invitation_id join contacts c on c.id = r.contact_id join external_ids e on e.object = 'contact' and e.system = ${sample} and e.record_id = c.id
     where r.survey_id = ${survey} and r.score <= 6 and r.at > ${new Date(today.getTime() - 10 * dayMs)} order by r.at desc, e.external_id limit 4`.execute(
    tx.db,
  );
  const reason_id = await reasonNamed(tx, "Low survey score", "case");
  const cases = rows.map((low, i): ToldCase => ({
    id: newId(), number: `C-${8201 + i}`, subject: `Low score: ${low.score} of 10 for “${recommend}”`, description: low.comment ?? "", type: "complaint", priority: "high",
    contact_id: low.contact_id, account_id: low.account_id, owner_id: low.owner_id, product_id: null, order_id: low.order_id, order_line_id: null, reason_id, opened_fact: newId(),
    opened_at: low.at, resolved_at: null, waits: false,
    // Whoever waits for longer was written to; the call itself is still owed.
    messages: today.getTime() - low.at.getTime() > dayMs ? [{ at: new Date(low.at.getTime() + hourMs), inbound: false, kind: "public", author_id: null, author_name: "Mira Okafor", body: "Thank you for being frank. May I call you about it?" }] : [],
  }));
  await recordAll(tx, cases.map((c, i) => ({
    id: c.opened_fact, name: "case.opened", occurred_at: c.opened_at, contact_id: c.contact_id, account_id: c.account_id, caused_by: rows[i]!.fact_id, actor: northwind,
    payload: { case_id: c.id, number: c.number, subject: c.subject, priority: c.priority, reason_id, reason: "Low survey score", order_id: c.order_id },
  })));
  await writeCases(tx, cases, today);
  for (const [i, c] of cases.entries()) {
    await sql`update cases set channel = 'survey', description = nullif(description, '') where id = ${c.id}`.execute(tx.db);
    await sql`update survey_responses set case_id = ${c.id} where id = ${rows[i]!.id}`.execute(tx.db);
  }
} // prettier-ignore
