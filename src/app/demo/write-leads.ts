import { sql } from "kysely";
import { rescore } from "#convert/leads";
import { newId } from "#kernel/id";
import { calendarOf, dueAfter } from "#platform/calendar";
import type { Tx } from "#platform/context";
import { reasonNamed } from "#records";
import { recordAll, type FactInput } from "#timeline";
import { chanceOf } from "./company/chance.ts";
import { refusals } from "./company/convert.ts";
import { sample } from "./sample.ts";
import { withForms, writeSubmissions } from "./write-forms.ts";

const minute = 60_000;
const answerWithin = 4 * 3600; // seconds of business hours
const northwind = { kind: "demo", id: null } as const;

interface Episode {
  id: string;
  opened: string;
  source: string;
  asked: Date;
  answered: boolean;
  qualified: string | null;
  converted: boolean;
}

/**
 * The facts of a chunk, oldest first, as episodes: what happened to a lead names it and follows from its opening; somebody answers it,
 * and the opportunity that came of it says so.
 */
export async function withLeads(
  tx: Tx,
  facts: readonly FactInput[],
  keyOf: (contact_id: string) => string,
): Promise<FactInput[]> {
  const reasons = new Map<string, string>();
  for (const reason of refusals) reasons.set(reason, await reasonNamed(tx, reason, "unqualified"));
  const open = new Map<string, Episode>();
  const out: FactInput[] = [];
  for (const fact of facts) {
    const who = fact.contact_id ?? "";
    const episode = open.get(who);
    if (fact.name === "lead.opened") {
      const opened = fact.id ?? newId();
      const begun = { id: newId(), opened, source: String((fact.payload as { source: string }).source), asked: fact.occurred_at!, answered: false, qualified: null, converted: false }; // prettier-ignore
      open.set(who, begun);
      out.push({ ...fact, id: opened, payload: { ...fact.payload, lead_id: begun.id } } as FactInput);
      continue;
    }
    if (!episode) {
      out.push(fact);
      continue;
    }
    if (fact.name === "lead.qualified" || fact.name === "lead.unqualified") {
      answer(out, episode, fact, keyOf(who));
      const reason = "reason" in fact.payload ? reasons.get(String(fact.payload.reason)) : undefined;
      const told = { ...fact, id: fact.id ?? newId(), caused_by: episode.opened, payload: { ...fact.payload, lead_id: episode.id, ...(reason ? { reason_id: reason } : {}) } } as FactInput; // prettier-ignore
      if (fact.name === "lead.qualified") episode.qualified = told.id!;
      out.push(told);
    } else if (fact.name === "opportunity.opened" && episode.qualified && !episode.converted) {
      episode.converted = true;
      const converted = convertedBy(fact, episode);
      out.push(converted, { ...fact, caused_by: converted.id! });
    } else out.push(fact);
  }
  return out;
}

/** Somebody answered within a quarter of the time until the lead moved. */
function answer(out: FactInput[], episode: Episode, next: FactInput, key: string): void {
  if (episode.answered) return;
  episode.answered = true;
  const until = next.occurred_at!.getTime() - episode.asked.getTime();
  const chance = chanceOf(`${key} answered`);
  const minutes = Math.max(1, Math.round(Math.min(until / 4, chance.between(12, 420) * minute) / minute));
  out.push(contacted(episode, next, minutes, chance.yes(0.3) ? "call" : "mail"));
}

const contacted = (
  { id, opened, asked }: Pick<Episode, "id" | "opened" | "asked">,
  about: Pick<FactInput, "contact_id" | "account_id" | "actor">,
  minutes: number,
  how: string,
): FactInput => ({
  id: newId(),
  name: "lead.contacted",
  contact_id: about.contact_id ?? null,
  account_id: about.account_id ?? null,
  ...(about.actor ? { actor: about.actor } : {}),
  occurred_at: new Date(asked.getTime() + minutes * minute),
  caused_by: opened,
  payload: { lead_id: id, how, minutes },
});

function convertedBy(opened: FactInput, episode: Episode): FactInput {
  const { title, opportunity_id } = opened.payload as { title: string; opportunity_id: string };
  return {
    id: newId(),
    name: "lead.converted",
    contact_id: opened.contact_id ?? null,
    account_id: opened.account_id ?? null,
    ...(opened.actor ? { actor: opened.actor } : {}),
    occurred_at: opened.occurred_at!,
    caused_by: episode.qualified,
    payload: {
      lead_id: episode.id,
      opportunity_id,
      account_id: opened.account_id ?? null,
      title,
      source: episode.source,
    },
  };
}

interface Told {
  name: string;
  fact_id: string;
  at: Date;
  contact_id: string;
  account_id: string | null;
  person: string;
  actor: string;
  payload: Record<string, unknown>;
  form: string | null;
  form_id: string | null;
  key: string;
}

/** Writes the leads that the sample's facts tell of, after some people have asked just now: rows and facts are one history. */
export async function writeLeads(tx: Tx, today: Date): Promise<void> {
  await askLately(tx, today);
  const people = await members(tx);
  const calendar = await calendarOf(tx);
  const episodes = Map.groupBy(await toldLeads(tx), (f) => String(f.payload.lead_id));
  const told: FactInput[] = [];
  const rows = [...episodes.values()].flatMap((facts) => {
    const [opened] = facts;
    if (opened?.name !== "lead.opened") return [];
    const row = rowOf(facts, people);
    const waited = today.getTime() - opened.at.getTime();
    if (row.status === "open" && waited > 30 * 60 * minute) {
      // Who asked days ago has been answered; only what came lately still waits.
      const chance = chanceOf(`${opened.key} answered`);
      const minutes = Math.round(chance.between(8, 400));
      const owner = people.find((p) => p.id === row.owner_id)?.name ?? "Mira Okafor";
      const whose = { contact_id: opened.contact_id, account_id: opened.account_id, actor: { ...northwind, name: owner } };
      told.push(contacted({ id: row.id, opened: row.opened_fact, asked: opened.at }, whose, minutes, chance.yes(0.3) ? "call" : "mail"));
      Object.assign(row, { status: "working", responded_at: new Date(opened.at.getTime() + minutes * minute) });
    }
    return [{ ...row, first_response_due: dueAfter(calendar, opened.at, answerWithin, []) }];
  }); // prettier-ignore
  await insertLeads(tx, rows);
  await recordAll(tx, told);
  await scoreLeads(tx, rows);
}

async function toldLeads(tx: Tx): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select f.name, f.id as fact_id, f.occurred_at as at, f.contact_id, f.account_id, c.name as person, f.actor_name as actor, f.payload, a.payload ->> 'form' as form,
           a.payload ->> 'form_id' as form_id, e.external_id as key
      from facts f join external_ids e on e.object = 'contact' and e.system = ${sample} and e.record_id = f.contact_id join contacts c on c.id = f.contact_id
      left join facts a on a.id = f.caused_by and a.name = 'form.submitted'
     where f.name like 'lead.%' and f.actor_kind = 'demo' and f.payload ? 'lead_id'
       and not exists (select from leads l where l.id = (f.payload ->> 'lead_id')::uuid)
     order by f.occurred_at, f.seq`.execute(tx.db);
  return rows;
}

async function members(tx: Tx): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select u.id, u.name from rondo.members m join rondo.users u on u.id = m.user_id
     where m.workspace_id = ${tx.workspace.id} and m.role <> 'viewer' order by u.id`.execute(tx.db);
  return rows;
}

/** The row of an episode, from the facts that tell of it in order. */
function rowOf(facts: readonly Told[], people: readonly { id: string; name: string }[]) {
  const opened = facts[0]!;
  const find = (name: string): Told | undefined => facts.find((f) => f.name === name);
  const [answered, qualified, unqualified, converted] = [find("lead.contacted"), find("lead.qualified"), find("lead.unqualified"), find("lead.converted")]; // prettier-ignore
  const worked = facts.findLast((f) => people.some((p) => p.name === f.actor));
  const chance = chanceOf(`${opened.key} lead`);
  const owner = people.find((p) => p.name === worked?.actor) ?? (people.length > 0 ? chance.pick(people) : null);
  const status = unqualified ? "disqualified" : qualified ? "qualified" : answered ? "working" : "open";
  return {
    id: String(opened.payload.lead_id),
    contact_id: opened.contact_id,
    account_id: opened.account_id,
    name: opened.person,
    status,
    source: opened.form ?? String(opened.payload.source),
    form_id: opened.form_id,
    interest: opened.form,
    message: messages[opened.form ?? ""] && chance.yes(0.6) ? chance.pick(messages[opened.form ?? ""]!) : null,
    owner_id: owner?.id ?? null,
    asked_at: opened.at,
    responded_at: answered?.at ?? null,
    unqualified_reason: unqualified ? String(unqualified.payload.reason) : null,
    unqualified_reason_id: unqualified ? (unqualified.payload.reason_id ?? null) : null,
    qualified_at: qualified?.at ?? null,
    closed_at: (converted ?? unqualified)?.at ?? null,
    converted_at: converted?.at ?? null,
    opportunity_id: converted ? String(converted.payload.opportunity_id) : null,
    opened_fact: opened.fact_id,
    points: qualified ? Number(qualified.payload.score) : unqualified ? chance.whole(5, 35) : 0,
    changed: facts.at(-1)!.at,
  };
}
type Row = ReturnType<typeof rowOf> & { first_response_due: Date };

const messages: Readonly<Record<string, readonly string[]>> = {
  "Ask for a price list": ["What are your prices from 200 jars on?", "We fill about 1,500 jars in September. Do you deliver to the yard?"],
  "Sample box": ["We would like to try the clip-top ones before the season.", "Is the seal good for lemon curd?"],
  "Trade account": ["We run two shops and sell preserving goods from May to October.", "Do you invoice monthly?"],
  "Call me back": ["Best between nine and eleven.", "It is about a larger order."],
}; // prettier-ignore

async function insertLeads(tx: Tx, rows: readonly Row[]): Promise<void> {
  await sql`
    insert into leads (id, contact_id, account_id, name, status, source, form_id, interest, message, owner_id, asked_at, first_response_due, responded_at, unqualified_reason,
           unqualified_reason_id, qualified_at, closed_at, converted_at, opportunity_id, opened_fact, score, created_at, updated_at)
    select r.id, r.contact_id, r.account_id, r.name, r.status, r.source, r.form_id, r.interest, r.message, r.owner_id, r.asked_at, r.first_response_due, r.responded_at,
           r.unqualified_reason, r.unqualified_reason_id, r.qualified_at, r.closed_at, r.converted_at, o.id, r.opened_fact, 0, r.asked_at, r.changed
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, contact_id uuid, account_id uuid, name text, status text, source text, form_id uuid, interest text,
             message text, owner_id uuid, asked_at timestamptz, first_response_due timestamptz, responded_at timestamptz, unqualified_reason text, unqualified_reason_id uuid,
             qualified_at timestamptz, closed_at timestamptz, converted_at timestamptz, opportunity_id uuid, opened_fact uuid, changed timestamptz)
      left join opportunities o on o.id = r.opportunity_id`.execute(tx.db);
  await sql`
    update opportunities o set lead_id = l.id from leads l where l.opportunity_id = o.id and o.lead_id is null and l.id = any(${rows.map((r) => r.id)})`.execute(
    tx.db,
  );
}

/** Open leads by the rules; those that ended keep the score that was told of them. */
async function scoreLeads(tx: Tx, rows: readonly Row[]): Promise<void> {
  const over = rows.filter((r) => r.closed_at !== null && r.points > 0).map((r) => ({ id: r.id, points: r.points, at: r.closed_at })); // prettier-ignore
  await sql`
    with r as (select * from json_to_recordset(${JSON.stringify(over)}::json) as r(id uuid, points int, at timestamptz)),
         noted as (insert into lead_points (lead_id, key, label, points, how, at) select id, 'kept', 'as it stood when it ended', points, 'opened', at from r)
    update leads l set score = r.points from r where l.id = r.id`.execute(tx.db);
  await rescore(tx, rows.filter((r) => r.closed_at === null).map((r) => r.id), "opened"); // prettier-ignore
}

// Minutes before the day begins that somebody asked: the first morning's screens have something to answer.
const asking = [80, 130, 290, 610, 1500];

/** People of the sample who only looked around so far have asked since yesterday morning. */
async function askLately(tx: Tx, today: Date): Promise<void> {
  const { rows: there } = await sql`
    select 1 from leads l join external_ids e on e.record_id = l.contact_id and e.system = ${sample} limit 1`.execute(
    tx.db,
  );
  if (there.length > 0) return;
  const { rows } = await sql<{ id: string; account_id: string | null; name: string; key: string }>`
    select c.id, c.account_id, c.name, e.external_id as key from contacts c join external_ids e on e.object = 'contact' and e.system = ${sample} and e.record_id = c.id
     where c.email is not null and c.deleted_at is null and c.lifecycle_stage in ('identified', 'subscriber') and c.order_count = 0
       and not exists (select from facts f where f.contact_id = c.id and f.name like 'lead.%')
     order by md5(e.external_id || 'asks') limit ${asking.length}`.execute(tx.db);
  const forms = ["Sample box", "Ask for a price list", "Trade account", "Call me back", "Sample box"];
  const keys = new Map(rows.map((r) => [r.id, r.key]));
  const facts = rows.flatMap(({ id, account_id, name }, i): FactInput[] => {
    const at = (more: number): Date => new Date(today.getTime() - (asking[i]! + more) * minute);
    const of = { contact_id: id, account_id, actor: { ...northwind, name } };
    const asked = newId();
    return [
      { ...of, id: newId(), name: "page.visited", occurred_at: at(21), payload: { title: "Prices and delivery" } },
      { ...of, id: newId(), name: "page.visited", occurred_at: at(9), payload: { title: "Jars by the pallet" } },
      { ...of, id: asked, name: "form.submitted", occurred_at: at(0), payload: { form: forms[i]! } },
      { ...of, id: newId(), name: "lead.opened", occurred_at: at(0), caused_by: asked, payload: { source: forms[i]! } },
    ];
  });
  const told = await withLeads(tx, await withForms(tx, facts), (id) => keys.get(id) ?? id);
  await recordAll(tx, told);
  await writeSubmissions(tx, told);
}
