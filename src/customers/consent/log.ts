import { createHash } from "node:crypto";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import { cut } from "#records";
import type { Tx } from "#platform/context";
import { recordAll, type FactInput } from "#timeline";
import { purposeLabel, type Basis, type Channel, type ConsentStatus, type Purpose } from "./purpose.ts";

export interface ConsentInput {
  contact_id: string;
  channel?: Channel;
  purpose: Purpose;
  basis?: Basis;
  /** What they read and agreed to. */
  wording?: string | null;
  /** Where it was said: "Form “Newsletter”", "by hand", "import". */
  source: string;
  form_id?: string | null;
  form_version?: number | null;
  ip?: string | null;
  user_agent?: string | null;
  /** What proves it: "confirmed by mail", a reason. */
  evidence?: string | null;
  /** When it was said; now unless told. */
  at?: Date;
  caused_by?: string | null;
}

interface Folded {
  contact_id: string;
  account_id: string | null;
  channel: Channel;
  purpose: Purpose;
  before: ConsentStatus | null;
  status: ConsentStatus;
  log_id: string;
}

const hashOf = (wording: string): string => createHash("sha256").update(wording).digest("hex");

const rowOf = (tx: Tx, status: ConsentStatus, c: ConsentInput) => ({
  id: newId(),
  contact_id: c.contact_id,
  channel: c.channel ?? "email",
  purpose: c.purpose,
  status,
  basis: c.basis ?? "consent",
  wording: c.wording ? cut(c.wording, 4000) : null,
  wording_hash: c.wording ? hashOf(cut(c.wording, 4000)) : null,
  source: cut(c.source, 200),
  form_id: c.form_id ?? null,
  form_version: c.form_version ?? null,
  ip: c.ip ?? null,
  user_agent: c.user_agent ? cut(c.user_agent, 400) : null,
  evidence: c.evidence ? cut(c.evidence, 1000) : null,
  at: (c.at ?? tx.clock()).toISOString(),
  actor_kind: tx.actor.kind,
  actor_id: tx.actor.id,
  actor_name: tx.actor.name,
});

// The latest yes or no counts; a question counts only while the answer before it is not yes.
async function fold(tx: Tx, rows: readonly ReturnType<typeof rowOf>[]): Promise<Folded[]> {
  const json = JSON.stringify(rows);
  const { rows: folded } = await sql<Folded>`
    with logged as (
      insert into consent_log (id, contact_id, channel, purpose, status, basis, wording, wording_hash, source, form_id, form_version, ip, user_agent, evidence, at, actor_kind, actor_id, actor_name)
      select r.* from json_to_recordset(${json}::json) as r(id uuid, contact_id uuid, channel text, purpose text, status text, basis text, wording text, wording_hash text,
               source text, form_id uuid, form_version int, ip text, user_agent text, evidence text, at timestamptz, actor_kind text, actor_id uuid, actor_name text)
       where exists (select from contacts c where c.id = r.contact_id)
      returning id, contact_id, channel, purpose, status, at),
    said as (
      select id, contact_id, channel, purpose, status, at from logged
      union all
      select l.id, l.contact_id, l.channel, l.purpose, l.status, l.at from consent_log l
       where (l.contact_id, l.channel, l.purpose) in (select contact_id, channel, purpose from logged)),
    answers as (
      select *, count(*) filter (where status <> 'pending') over w as answered from said
      window w as (partition by contact_id, channel, purpose order by at, id)),
    counting as (
      select distinct on (a.contact_id, a.channel, a.purpose) a.*
        from answers a
       where a.status <> 'pending' or not exists (
             select from answers b where (b.contact_id, b.channel, b.purpose) = (a.contact_id, a.channel, a.purpose)
                and b.status = 'given' and b.answered = a.answered)
       order by a.contact_id, a.channel, a.purpose, a.at desc, a.id desc),
    before as (select contact_id, channel, purpose, status from consents where (contact_id, channel, purpose) in (select contact_id, channel, purpose from counting)),
    now_so as (
      insert into consents as k (contact_id, channel, purpose, status, since, log_id)
      select contact_id, channel, purpose, status, at, id from counting
          on conflict (contact_id, purpose, channel) do update set status = excluded.status, log_id = excluded.log_id,
             since = case when k.status = excluded.status then least(k.since, excluded.since) else excluded.since end
      returning contact_id, channel, purpose, status, log_id)
    select n.*, b.status as before, c.account_id
      from now_so n join contacts c on c.id = n.contact_id
      left join before b on (b.contact_id, b.channel, b.purpose) = (n.contact_id, n.channel, n.purpose)`.execute(tx.db);
  return folded;
}

function factOf(now: Folded, said: ConsentInput): FactInput | null {
  const given = now.status === "given";
  if ((now.before === "given") === given) return null;
  const about = {
    contact_id: now.contact_id,
    account_id: now.account_id,
    ...(said.at ? { occurred_at: said.at } : {}),
    caused_by: said.caused_by ?? null,
  };
  const more = { purpose: now.purpose, consent_id: now.log_id, source: cut(said.source, 200) };
  if (now.purpose === "newsletter") {
    const payload = { list: "the newsletter", ...more };
    return given ? { ...about, name: "newsletter.subscribed", payload } : { ...about, name: "newsletter.unsubscribed", payload }; // prettier-ignore
  }
  const payload = { label: purposeLabel(now.purpose), ...more };
  return given ? { ...about, name: "consent.given", payload } : { ...about, name: "consent.withdrawn", payload };
}

export interface Logged {
  /** The status that counts now. */
  status: ConsentStatus;
  /** The fact that told it, when the status changed. */
  fact_id: string | null;
}

/**
 * Logs what somebody said, folds it, and tells a fact when what counts has changed; answers by "contact purpose channel". The same
 * contact twice in one batch, for one purpose, is told once. Contacts that are gone are left out.
 */
export async function logConsents(
  tx: Tx,
  status: ConsentStatus,
  said: readonly ConsentInput[],
  options: { facts?: boolean } = {},
): Promise<Map<string, Logged>> {
  if (said.length === 0) return new Map();
  const rows = said.map((c) => rowOf(tx, status, c));
  const ids = [...new Set(said.map((c) => c.contact_id))].toSorted();
  // Two answers of one person are folded one after the other: the second must see the first.
  await sql`select 1 from contacts where id = any(${ids}) order by id for no key update`.execute(tx.db);
  const folded = await fold(tx, rows);
  const keyOf = (c: Pick<ConsentInput, "contact_id" | "channel" | "purpose">): string => `${c.contact_id} ${c.purpose} ${c.channel ?? "email"}`; // prettier-ignore
  const byKey = new Map(said.map((c) => [keyOf(c), c]));
  const told = options.facts === false ? [] : folded.flatMap((f) => {
    const fact = factOf(f, byKey.get(keyOf(f))!);
    return fact ? [{ key: keyOf(f), fact }] : [];
  }); // prettier-ignore
  const facts = await recordAll(tx, told.map((t) => t.fact)); // prettier-ignore
  const factBy = new Map(told.map((t, i) => [t.key, facts[i]!]));
  return new Map(folded.map((f) => [keyOf(f), { status: f.status, fact_id: factBy.get(keyOf(f)) ?? null }]));
}

const one = async (tx: Tx, status: ConsentStatus, said: ConsentInput): Promise<Logged | null> =>
  [...(await logConsents(tx, status, [said])).values()][0] ?? null;

/** Somebody said yes; answers what counts now, or null when there is no such contact. */
export const giveConsent = (tx: Tx, said: ConsentInput): Promise<Logged | null> => one(tx, "given", said);

/** Somebody said no: it counts from now on. */
export const withdrawConsent = (tx: Tx, said: ConsentInput): Promise<Logged | null> => one(tx, "withdrawn", said);

/** Somebody said yes on a form and is asked by mail whether it was them; one who had said yes before stays subscribed. */
export const askConsent = (tx: Tx, said: ConsentInput): Promise<Logged | null> => one(tx, "pending", said);
