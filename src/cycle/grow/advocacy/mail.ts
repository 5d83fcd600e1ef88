import { sql } from "kysely";
import { dayIn } from "#convert/catalog";
import { queueMail, type Queued } from "#attract/channels";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { pageUrl, seal } from "#platform/pages";
import { makeAdvocate, ownUrl, type Advocate } from "./advocate.ts";

/** By given name only: who recommends is not told more of than they tell themselves. */
export const givenName = ({ given_name, name }: Pick<Advocate, "given_name" | "name">): string =>
  given_name || name.split(/\s+/)[0] || "A friend";

interface Welcome {
  id: string;
  contact_id: string;
  advocate: Advocate;
  code: string | null;
  confirm: boolean;
  caused_by: string;
}

/** The friend's mail: their code, and the link that confirms what they agreed to. */
export async function mailWelcome(tx: Tx, { id, contact_id, advocate, code, confirm, caused_by }: Welcome): Promise<void> {
  const company = tx.workspace.name;
  const parts = [
    `${givenName(advocate)} recommended ${company} to you, and you asked us to be in touch.`,
    code ? `Your code for your first order: ${code}` : null,
    confirm ? `You ticked that we may write to you about offers. Please confirm that it was you:\n${pageUrl(tx, `/r-confirm/${seal(tx, "referral-confirm", id)}`)}` : null,
    "If it was not you, forget this mail: nothing more will come of it.",
    company,
  ];
  await queueMail(tx, {
    kind: "service", source: "referral", source_id: id, contact_id, subject: `${givenName(advocate)} recommended ${company} to you`,
    text: parts.filter(Boolean).join("\n\n"), caused_by, unique_key: `referral:${id}:welcome`,
  });
} // prettier-ignore

/** What somebody gets whom we know already: only the owner of the mailbox learns it, once a month at most. */
export async function mailKnown(tx: Tx, friend: { id: string }): Promise<void> {
  const month = dayIn(tx, tx.clock()).slice(0, 7);
  await queueMail(tx, {
    kind: "service", source: "referral", source_id: newId(), contact_id: friend.id, subject: `Thank you from ${tx.workspace.name}`,
    text: `Thank you for your interest.\n\nThe invitation you opened is for people who are new to us; we know each other already, so there is no code in this mail. Everything else stays as it is.\n\nIf it was not you, forget this mail.\n\n${tx.workspace.name}`,
    unique_key: `referral:known:${friend.id}:${month}`,
  });
} // prettier-ignore

/** Asks a customer to recommend us, with the link to their own page; within their budget of mails. Once a day at most. */
export const askToRefer = (ctx: Ctx | Tx, contactId: string, message?: string): Promise<Queued> =>
  inTransaction(ctx, async (tx) => {
    const advocate = await makeAdvocate(tx, contactId);
    const company = tx.workspace.name;
    const { rows } = await sql<{ reward_points: number }>`select reward_points from referral_program`.execute(tx.db);
    const points = rows[0]!.reward_points;
    const own = message?.trim() || `you have been a customer of ours for a while. If you are happy with us, would you tell somebody who might be, too?`;
    const reward = points > 0 ? `\n\nFor every friend whose first order is paid and kept you get ${points} points.` : "";
    return queueMail(tx, {
      kind: "relationship", source: "referral-request", source_id: newId(), contact_id: contactId, subject: `Would you recommend ${company}?`,
      text: `Hello ${givenName(advocate)},\n\n${own}${reward}\n\nYour link to share, and what came of it:\n${ownUrl(tx, contactId)}\n\n${company}`,
      caused_by: await newestFact(tx, contactId, sql`name = 'order.paid'`),
      unique_key: `referral-request:${contactId}:${dayIn(tx, tx.clock())}`,
    });
  }); // prettier-ignore

async function newestFact(tx: Tx, contactId: string, which: ReturnType<typeof sql>): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from facts f where contact_id = ${contactId} and ${which} and not exists (select from fact_withdrawals w where w.fact_id = f.id)
     order by occurred_at desc, id desc limit 1`.execute(tx.db);
  return rows[0]?.id ?? null;
} // prettier-ignore

/** The fact that we asked somebody to recommend us, of the last time; null when we never did. */
export const requestFact = (tx: Tx, contactId: string): Promise<string | null> =>
  newestFact(tx, contactId, sql`name = 'mail.sent' and payload ->> 'source' = 'referral-request'`);
