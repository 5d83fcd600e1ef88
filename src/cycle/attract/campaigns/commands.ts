import { CompiledQuery, sql } from "kysely";
import { DateTime } from "luxon";
import type { Condition } from "#kernel/condition";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { contact } from "#customers";
import {
  cancelSends,
  linksOf,
  messageFor,
  mailSettings,
  pauseSends,
  planSends,
  resumeSends,
  sendUnknownAgain,
  type SendRow,
} from "#attract/channels";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { createRecord, whereOf } from "#records";
import { record } from "#timeline";
import { campaignType, type CampaignState } from "./campaign.ts";
import type { Problem } from "./letter/lint.ts";
import { mailingsOf, readersOf, writeFor } from "./write.ts";

interface Standing {
  id: string;
  name: string;
  subject: string | null;
  state: CampaignState;
  segment_id: string | null;
  html: string | null;
  problems: Problem[];
  send_at: Date | null;
}

const source = (id: string) => ({ source: "campaign", source_id: id });

async function lock(tx: Tx, id: string, allowed: readonly CampaignState[], act: string): Promise<Standing> {
  const { rows } = await sql<Standing>`
    select id, name, subject, state, segment_id, html, problems, send_at from campaigns where id = ${id} and deleted_at is null for update`.execute(
    tx.db,
  );
  if (!rows[0]) throw notFound("campaign");
  if (!allowed.includes(rows[0].state))
    throw new Refused("conflict", "campaign.state", `A campaign that is ${rows[0].state} cannot be ${act}.`, {
      detail: { state: rows[0].state },
    });
  return rows[0];
}

const move = async (
  tx: Tx,
  id: string,
  to: CampaignState,
  more: { send_at?: Date | null; finished?: boolean } = {},
): Promise<void> =>
  void (await sql`
    update campaigns set state = ${to}, note = null, send_at = ${more.send_at === undefined ? sql`send_at` : more.send_at}, finished_at = ${more.finished ? tx.clock() : sql`finished_at`},
           updated_at = ${tx.clock()}, version = version + 1 where id = ${id}`.execute(tx.db));

function refuseUnready(c: Standing): void {
  const fields = [
    ...(c.segment_id ? [] : [{ field: "segment_id", message: "Choose the segment it goes to." }]),
    ...c.problems
      .filter((p) => p.level === "error")
      .map((p) => ({ field: "body", message: p.line ? `Line ${p.line}: ${p.message}` : p.message })),
    ...(c.html === null && !c.problems.some((p) => p.level === "error")
      ? [{ field: "body", message: "The mail is empty." }]
      : []),
  ];
  if (fields.length > 0)
    throw new Refused("invalid", "campaign.unready", "The campaign cannot be sent yet.", { fields });
}

/** The condition for who gets it: in the segment, and agreed to news. */
const audience = (segment: string, agreed: boolean): Condition => ({
  all: [{ segment, is: true }, ...(agreed ? [{ consent: "newsletter", is: true } as const] : [])],
});

function whoSql(ctx: Ctx, condition: Condition, what: string): CompiledQuery<{ n: number }> {
  const params: unknown[] = [];
  const where = whereOf(ctx, contact, { filter: condition }, params);
  return CompiledQuery.raw(`select ${what} from contacts t where ${where}`, params) as CompiledQuery<{ n: number }>;
}

/** How many are in the segment and how many of them agreed, at this moment. */
export async function audienceOf(ctx: Ctx, segment_id: string): Promise<{ members: number; agreed: number }> {
  const count = async (agreed: boolean): Promise<number> =>
    (await ctx.db.executeQuery<{ n: number }>(whoSql(ctx, audience(segment_id, agreed), "count(*)::int as n"))).rows[0]!
      .n;
  return { members: await count(false), agreed: await count(true) };
}

/** Starts a campaign: freezes its audience into the ledger in one statement. Started twice at once it starts once. */
export const startCampaign = (ctx: Ctx | Tx, id: string): Promise<{ planned: number }> =>
  inTransaction(ctx, async (tx) => {
    const c = await lock(tx, id, ["draft", "scheduled"], "started");
    refuseUnready(c);
    const { members, agreed } = await audienceOf(tx, c.segment_id!);
    const { rows } = await sql<{ name: string }>`select name from segments where id = ${c.segment_id} and deleted_at is null`.execute(tx.db);
    if (!rows[0]) throw invalid("segment_id", "The segment is in the trash.");
    const plan = { kind: "marketing" as const, ...source(id), subject: c.subject ?? "", why: `in the segment “${rows[0].name}”`, due_at: tx.clock() };
    const planned = await planSends(tx, plan, (params) => `select t.id from contacts t where ${whereOf(tx, contact, { filter: audience(c.segment_id!, true) }, params)}`);
    await sql`
      update campaigns set state = 'sending', note = null, started_at = ${tx.clock()}, member_count = ${members}, without_consent = ${members - agreed}, planned_count = ${planned},
             updated_at = ${tx.clock()}, version = version + 1 where id = ${id}`.execute(tx.db);
    await record(tx, { name: "campaign.started", campaign_id: id, payload: { campaign_id: id, campaign: c.name, planned } });
    return { planned };
  }); // prettier-ignore

const usualLead = 60_000;

/** Has it start at a wall-clock time of the company's zone ("2026-12-01T09:00"); a time that a clock change skips is the first after it. */
export const scheduleCampaign = (ctx: Ctx, id: string, at: string): Promise<{ send_at: Date }> =>
  inTransaction(ctx, async (tx) => {
    const c = await lock(tx, id, ["draft", "scheduled"], "scheduled");
    refuseUnready(c);
    const when = DateTime.fromISO(at, { zone: tx.workspace.time_zone });
    if (!when.isValid) throw invalid("at", "A time is written 2026-12-01T09:00.");
    const send_at = when.toJSDate();
    if (send_at.getTime() < tx.clock().getTime() - usualLead) throw invalid("at", "This time has passed.");
    await move(tx, id, "scheduled", { send_at });
    return { send_at };
  });

/** Takes a scheduled campaign back to the drafts. */
export const unscheduleCampaign = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await lock(tx, id, ["scheduled"], "taken back");
    await move(tx, id, "draft", { send_at: null });
  });

/** Stops sending where it stands. */
export const pauseCampaign = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await lock(tx, id, ["sending"], "paused");
    await pauseSends(tx, source(id), `paused by ${tx.actor.name}`);
    await move(tx, id, "paused");
  });

/** Goes on where it stood. */
export const resumeCampaign = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await lock(tx, id, ["paused"], "resumed");
    await resumeSends(tx, source(id));
    await move(tx, id, "sending");
  });

/** Calls off what has not left. */
export const cancelCampaign = (ctx: Ctx, id: string): Promise<{ cancelled: number }> =>
  inTransaction(ctx, async (tx) => {
    await lock(tx, id, ["scheduled", "sending", "paused"], "called off");
    const cancelled = await cancelSends(tx, source(id));
    await resumeSends(tx, source(id));
    await move(tx, id, "cancelled", { send_at: null, finished: true });
    return { cancelled };
  });

/** Sends the mails in doubt once more, because a person decided so. */
export const sendAgain = (ctx: Ctx, id: string): Promise<{ planned: number }> =>
  inTransaction(ctx, async (tx) => {
    await lock(tx, id, ["sending", "paused", "sent"], "sent again");
    const planned = await sendUnknownAgain(tx, source(id));
    if (planned > 0)
      await sql`update campaigns set state = 'sending', finished_at = null where id = ${id} and state = 'sent'`.execute(
        tx.db,
      );
    return { planned };
  });

/** A draft with the same mail and segment. */
export const copyCampaign = (ctx: Ctx, id: string): Promise<{ id: string }> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<Record<string, unknown>>`
      select name, subject, preheader, segment_id, body, from_name, from_address, reply_to, tracked from campaigns where id = ${id} and deleted_at is null`.execute(tx.db);
    if (!rows[0]) throw notFound("campaign");
    const { id: made } = await createRecord(tx, campaignType, { ...rows[0], name: `${String(rows[0].name).slice(0, 190)} (copy)` });
    return { id: made };
  }); // prettier-ignore

/** The mail as a contact would get it, or as nobody in particular. @throws Refused when it cannot be written yet. */
export async function mailFor(ctx: Ctx, id: string, contact_id: string | null, send: string = newId()) {
  const mailing = (await mailingsOf(ctx, [id])).get(id);
  if (!mailing)
    throw new Refused("conflict", "campaign.unready", "The mail cannot be shown yet; see what is wrong with it.");
  const reader = contact_id
    ? (await readersOf(ctx, [contact_id])).get(contact_id)
    : { name: "Somebody", email: "somebody@example.com" };
  if (!reader) throw notFound("contact");
  return { reader, written: await writeFor(ctx, mailing, reader, linksOf(ctx, { id: send })) };
}

/** Sends the mail to the person who asks, as the chosen contact would get it; nothing is counted and no link tells. */
export async function sendTest(ctx: Ctx, id: string, contact_id: string | null): Promise<{ to: string }> {
  const { rows } = await sql<{ email: string }>`select email from rondo.users where id = ${ctx.actor.id}`.execute(
    ctx.db,
  );
  const to = rows[0]?.email;
  if (!to) throw new Refused("forbidden", "campaign.no-mailbox", "Only a person with a mailbox can ask for a test.");
  const { written } = await mailFor(ctx, id, contact_id);
  const row: SendRow & { address: string } = {
    id: newId(), kind: "service", source: "campaign-test", source_id: id, contact_id: null, account_id: null, purpose: "newsletter", address: to, subject: null, html: null, body: null,
    reply_to: null, headers: {}, personal: false, attempt: 1, message_id: null, caused_by: null, charged_at: null,
  }; // prettier-ignore
  const message = await messageFor(ctx, await mailSettings(ctx), row, {
    ...written,
    subject: `[Test] ${written.subject}`,
    tracked: false,
  });
  const result = await ctx.outside.mail.submit(message);
  if (result.outcome !== "accepted")
    throw new Refused("unavailable", "mail.refused", `The mail server did not take it: ${result.reason}`);
  return { to };
}
