import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import type { SendKind, SendState } from "./send.ts";
import { mailSettings, senderOf } from "./settings.ts";

export interface SendTold {
  id: string;
  kind: SendKind;
  source: string;
  source_id: string;
  contact_id: string | null;
  contact_name: string | null;
  subject: string | null;
  state: SendState;
  code: string | null;
  reason: string | null;
  why: string | null;
  due_at: Date;
  sent_at: Date | null;
  created_at: Date;
  opened: boolean;
  clicked: boolean;
}

const told = sql`
  s.id, s.kind, s.source, s.source_id, s.contact_id, c.name as contact_name, s.subject, s.state, s.code, s.reason, s.why, s.due_at, s.sent_at, s.created_at,
  exists (select from mail_hits h where h.send_id = s.id and h.kind = 'open' and h.class = 'human') as opened,
  exists (select from mail_hits h where h.send_id = s.id and h.kind = 'click' and h.class = 'human' and not h.trap) as clicked`;

/** The newest mails to a contact: what went, what was held back and why. */
export async function mailsOf(ctx: Ctx, contact_id: string, limit = 50): Promise<SendTold[]> {
  const { rows } = await sql<SendTold>`
    select ${told} from sends s left join contacts c on c.id = s.contact_id where s.contact_id = ${contact_id} order by s.created_at desc, s.id desc limit ${limit}`.execute(
    ctx.db,
  );
  return rows;
}

/** Which of a source's mails a number counts. */
export type Which =
  | { state: SendState; code?: string | undefined }
  | { did: "opened" | "clicked" | "machine" | "unsubscribed" }
  | Record<never, never>;

const whichSql = (which: Which) => {
  if ("state" in which)
    return which.code ? sql`s.state = ${which.state} and s.code = ${which.code}` : sql`s.state = ${which.state}`;
  if (!("did" in which)) return sql`true`;
  if (which.did === "opened")
    return sql`exists (select from mail_hits h where h.send_id = s.id and h.kind = 'open' and h.class = 'human')`;
  if (which.did === "clicked")
    return sql`exists (select from mail_hits h where h.send_id = s.id and h.kind = 'click' and h.class = 'human' and not h.trap)`;
  if (which.did === "machine")
    return sql`exists (select from mail_hits h where h.send_id = s.id and h.class = 'machine')`;
  return sql`exists (select from facts f where f.contact_id = s.contact_id and f.name in ('newsletter.unsubscribed', 'consent.withdrawn') and f.caused_by = s.fact_id)`;
};

/** The mails of a source behind a number, in the order of their ids; at most 200 a page. */
export async function sendsOf(
  ctx: Ctx,
  of: { source: string; source_id: string },
  which: Which,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: SendTold[]; next: string | null }> {
  const { rows } = await sql<SendTold>`
    select ${told} from sends s left join contacts c on c.id = s.contact_id
     where s.source = ${of.source} and s.source_id = ${of.source_id} and ${whichSql(which)} and ${page.cursor ? sql`s.id > ${page.cursor}::uuid` : sql`true`}
     order by s.id limit ${page.limit + 1}`.execute(ctx.db);
  const items = rows.slice(0, page.limit);
  return { items, next: rows.length > page.limit ? items.at(-1)!.id : null };
}

export interface SendCount {
  state: SendState;
  code: string | null;
  n: number;
}

/** How many mails of a source stand where, and why. */
export async function countSends(ctx: Ctx, of: { source: string; source_id: string }): Promise<SendCount[]> {
  const { rows } = await sql<SendCount>`
    select state, code, count(*)::int as n from sends where source = ${of.source} and source_id = ${of.source_id} group by state, code order by state, code`.execute(
    ctx.db,
  );
  return rows;
}

export interface ReadCount {
  opened: number;
  clicked: number;
  /** Mails that only machines touched. */
  machine_only: number;
  machine_hits: number;
  unsubscribed: number;
}

/** How many people read and clicked a source's mails; machines apart. */
export async function countReads(ctx: Ctx, of: { source: string; source_id: string }): Promise<ReadCount> {
  const { rows } = await sql<ReadCount>`
    with hit as (
      select s.id, bool_or(h.kind = 'open' and h.class = 'human') as opened, bool_or(h.kind = 'click' and h.class = 'human' and not h.trap) as clicked,
             bool_and(h.class = 'machine') as machines, count(*) filter (where h.class = 'machine') as n
        from sends s join mail_hits h on h.send_id = s.id where s.source = ${of.source} and s.source_id = ${of.source_id} group by s.id)
    select (select count(*) from hit where opened)::int as opened, (select count(*) from hit where clicked)::int as clicked,
           (select count(*) from hit where machines)::int as machine_only, (select coalesce(sum(n), 0) from hit)::int as machine_hits,
           (select count(*) from sends s where s.source = ${of.source} and s.source_id = ${of.source_id} and s.fact_id is not null
               and ${whichSql({ did: "unsubscribed" })})::int as unsubscribed`.execute(ctx.db);
  return rows[0]!;
}

export interface MailState {
  /** Whether mails leave this machine, or lie in the outbox. */
  leaves: boolean;
  sender: { name: string; address: string };
  waiting: number;
  unknown: number;
  sent_30_days: number;
  held_30_days: number;
  paused: { source: string; source_id: string; reason: string }[];
}

/** How sending stands. */
export async function mailState(ctx: Ctx): Promise<MailState> {
  const since = new Date(ctx.clock().getTime() - 30 * 86_400_000);
  const { rows } = await sql<Omit<MailState, "leaves" | "sender">>`
    select (select count(*) from sends where state in ('planned', 'deferred', 'claimed', 'submitting'))::int as waiting,
           (select count(*) from sends where state = 'unknown')::int as unknown,
           (select count(*) from sends where created_at > ${since} and state = 'sent')::int as sent_30_days,
           (select count(*) from sends where created_at > ${since} and state = 'held')::int as held_30_days,
           (select coalesce(json_agg(json_build_object('source', source, 'source_id', source_id, 'reason', reason)), '[]') from send_pauses where by_rondo) as paused`.execute(
    ctx.db,
  );
  return { leaves: ctx.outside.mail.leaves, sender: senderOf(ctx, await mailSettings(ctx)), ...rows[0]! };
}
