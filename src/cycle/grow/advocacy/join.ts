import { sql } from "kysely";
import { makeCodes } from "#grow/offers";
import { askConsent, meetContacts } from "#customers";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { record } from "#timeline";
import { flagsOf, refusalOf, refusals, type Refusal } from "./checks.ts";
import { mailKnown, mailWelcome, requestFact } from "./mail.ts";
import type { Advocate } from "./advocate.ts";
import type { ReferralProgram } from "./program.ts";

const dayMs = 86_400_000;

export interface Joining {
  click_id: string;
  clicked_at: Date;
  name: string;
  email: string;
  /** The wording they ticked; null when they did not. */
  consent: string | null;
  ip: string;
  user_agent: string;
}

/**
 * A friend signs up: makes or finds the contact, looks whether they can count, ties them to the advocate, opens the lead by the fact
 * others react to, and mails them their code. Nothing it answers depends on whether they are known; the same click sent twice is one.
 */
export const joinFriend = (ctx: Ctx | Tx, program: ReferralProgram, advocate: Advocate, joining: Joining): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    // Holds the advocate: their limit is counted by one at a time.
    await sql`select 1 from referral_codes where id = ${advocate.code_id} for update`.execute(tx.db);
    const { rows } = await sql`select 1 from referrals where click_id = ${joining.click_id}`.execute(tx.db);
    if (rows.length > 0) return;
    const met = (await meetContacts(tx, [{ key: "friend", name: joining.name, email: joining.email }], { source: "referral" })).get("friend");
    if (!met) return;
    // And the friend, whom two advocates may bring at the same moment.
    await sql`select 1 from contacts where id = ${met.id} for no key update`.execute(tx.db);
    const refusal = await refusalOf(tx, advocate, met.id, { clicked_at: joining.clicked_at, program });
    const friend = { ...met, joining };
    if (refusal) return turnAway(tx, program, advocate, friend, refusal);
    await welcome(tx, program, advocate, friend);
  }); // prettier-ignore

interface Friend {
  id: string;
  account_id: string | null;
  joining: Joining;
}

async function keep(tx: Tx, program: ReferralProgram, advocate: Advocate, { id, joining }: Friend, row: Record<string, unknown> & { id: string; state: string }): Promise<void> {
  const now = tx.clock();
  const all = {
    reason: null, flags: null, review: "none", closed_at: null, friend_code_id: null, made_fact: null, ...row, advocate_id: advocate.contact_id, friend_id: id, friend_name: joining.name,
    click_id: joining.click_id, clicked_at: joining.clicked_at, joined_at: now, expires_at: new Date(now.getTime() + program.window_days * dayMs), points: program.reward_points,
    min_order: program.min_order, consent_wording: joining.consent,
  };
  await sql`
    insert into referrals (id, advocate_id, friend_id, friend_name, click_id, clicked_at, joined_at, state, reason, flags, review, expires_at, closed_at, points, min_order, friend_code_id,
                           consent_wording, made_fact, created_at, updated_at)
    values (${all.id}, ${all.advocate_id}, ${all.friend_id}, ${all.friend_name}, ${all.click_id}, ${all.clicked_at}, ${now}, ${all.state}, ${all.reason}, ${all.flags}, ${all.review},
            ${all.expires_at}, ${all.closed_at}, ${all.points}, ${all.min_order}, ${all.friend_code_id}, ${all.consent_wording}, ${all.made_fact}, ${now}, ${now})`.execute(tx.db);
} // prettier-ignore

async function turnAway(
  tx: Tx,
  program: ReferralProgram,
  advocate: Advocate,
  friend: Friend,
  refusal: Refusal,
): Promise<void> {
  const id = newId();
  await keep(tx, program, advocate, friend, { id, state: "rejected", reason: refusals[refusal], closed_at: tx.clock() }); // prettier-ignore
  await record(tx, {
    name: "referral.rejected",
    contact_id: advocate.contact_id,
    account_id: advocate.account_id,
    payload: { referral_id: id, friend: friend.joining.name, reason: refusals[refusal] },
  });
  await mailKnown(tx, friend);
}

async function welcome(tx: Tx, program: ReferralProgram, advocate: Advocate, friend: Friend): Promise<void> {
  const { joining } = friend;
  const id = newId();
  const by = { kind: "customer", id: friend.id, name: joining.name } as const;
  const made_fact = await record(tx, {
    name: "referral.made",
    contact_id: advocate.contact_id,
    account_id: advocate.account_id,
    actor: { kind: "customer", id: advocate.contact_id, name: advocate.name },
    caused_by: await requestFact(tx, advocate.contact_id),
    payload: { friend: joining.name, referral_id: id },
  });
  const joined = await record(tx, {
    name: "referral.joined",
    contact_id: friend.id,
    account_id: friend.account_id,
    actor: by,
    caused_by: made_fact,
    payload: { referral_id: id, advocate: advocate.name, advocate_id: advocate.contact_id },
  });
  const asked = await record(tx, {
    name: "form.submitted",
    contact_id: friend.id,
    account_id: friend.account_id,
    actor: by,
    caused_by: joined,
    payload: { form: "A friend's invitation", opens_lead: true, source: "referral" },
  });
  const flags = await flagsOf(tx, advocate, friend.id, program);
  const code = await benefitOf(tx, program, friend.id);
  await keep(tx, program, advocate, friend, { id, state: "signed_up", flags, review: flags ? "waiting" : "none", friend_code_id: code?.id ?? null, made_fact }); // prettier-ignore
  if (joining.consent)
    await askConsent(tx, { contact_id: friend.id, purpose: "offers", wording: joining.consent, source: "A friend's invitation", ip: joining.ip, user_agent: joining.user_agent, caused_by: asked }); // prettier-ignore
  await mailWelcome(tx, { id, contact_id: friend.id, advocate, code: code?.code ?? null, confirm: joining.consent !== null, caused_by: joined }); // prettier-ignore
}

/** The friend's own code; none where the programme gives none, or its promotion is not running. */
async function benefitOf(tx: Tx, program: ReferralProgram, friendId: string): Promise<{ id: string; code: string } | null> {
  const { rows } = await sql<{ id: string }>`
    select id from promotions where id = ${program.friend_promotion_id} and active and deleted_at is null and (valid_to is null or valid_to > ${tx.clock()})
       and (uses_limit is null or use_count < uses_limit)`.execute(tx.db);
  if (!rows[0]) return null;
  return (await makeCodes(tx, rows[0].id, { count: 1, uses_limit: 1, contact_id: friendId }))[0] ?? null;
} // prettier-ignore
