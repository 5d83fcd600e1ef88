import { sql } from "kysely";
import type { Tx } from "#platform/context";
import type { Advocate } from "./advocate.ts";
import type { ReferralProgram } from "./program.ts";

/** Why a friend does not count, as people of the company read it; the friend is told nothing of it on the page. */
export const refusals = {
  self: "is the advocate themself",
  customer: "was a customer already",
  lead: "was a lead already",
  referred: "was recommended before",
  limit: "the advocate has brought as many friends this year as count",
} as const;
export type Refusal = keyof typeof refusals;

// Mailboxes that are thrown away after a mail; a reason to look, not to refuse.
const disposable = new Set(["mailinator.com", "guerrillamail.com", "10minutemail.com", "yopmail.com", "trashmail.com", "temp-mail.org", "sharklasers.com", "getnada.com"]); // prettier-ignore
// Many strangers share these.
const shared = new Set(["gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com", "gmx.de", "gmx.net", "web.de", "proton.me", "protonmail.com", "aol.com"]); // prettier-ignore

const hostOf = (email: string | null): string => email?.toLowerCase().split("@")[1] ?? "";
// One mailbox under two spellings: what follows a plus, and the dots of Gmail.
const mailbox = (email: string | null): string => {
  const [name = "", host = ""] = (email ?? "").toLowerCase().split("@");
  const plain = name.replace(/\+.*$/, "");
  return host === "gmail.com" || host === "googlemail.com" ? `${plain.replaceAll(".", "")}@gmail.com` : `${plain}@${host}`;
}; // prettier-ignore

interface Person {
  email: string | null;
  phone_e164: string | null;
  account_id: string | null;
}

const personOf = async (tx: Tx, id: string): Promise<Person> =>
  (await sql<Person>`select email, phone_e164, account_id from contacts where id = ${id}`.execute(tx.db)).rows[0] ?? { email: null, phone_e164: null, account_id: null }; // prettier-ignore

/** The hard rules: why this friend cannot count; null when they can. The advocate's row is held, so that a limit holds for two at once. */
export async function refusalOf(
  tx: Tx,
  advocate: Advocate,
  friendId: string,
  rules: { clicked_at: Date; program: ReferralProgram },
): Promise<Refusal | null> {
  const [own, friend] = [await personOf(tx, advocate.contact_id), await personOf(tx, friendId)];
  if (friendId === advocate.contact_id || (friend.email && mailbox(friend.email) === mailbox(own.email))) return "self";
  if (friend.phone_e164 && friend.phone_e164 === own.phone_e164) return "self";
  const { rows } = await sql<{ orders: boolean; leads: boolean; referred: boolean; brought: number }>`
    select exists (select from orders where contact_id = ${friendId} and deleted_at is null) as orders,
           exists (select from leads where contact_id = ${friendId} and asked_at < ${rules.clicked_at} and deleted_at is null) as leads,
           exists (select from referrals where friend_id = ${friendId} and state <> 'rejected') as referred,
           (select count(*)::int from referrals where advocate_id = ${advocate.contact_id} and state <> 'rejected' and joined_at > ${tx.clock()}::timestamptz - interval '365 days') as brought`.execute(tx.db); // prettier-ignore
  const { orders, leads, referred, brought } = rows[0]!;
  if (referred) return "referred";
  if (orders) return "customer";
  if (leads) return "lead";
  return brought >= rules.program.advocate_limit ? "limit" : null;
}

/** The soft signs: what a person should look at before a reward; null when there is nothing. A network address is none. */
export async function flagsOf(
  tx: Tx,
  advocate: Advocate,
  friendId: string,
  program: ReferralProgram,
): Promise<string | null> {
  const [own, friend] = [await personOf(tx, advocate.contact_id), await personOf(tx, friendId)];
  const host = hostOf(friend.email);
  const { rows } = await sql<{ today: number; back: number; all: number }>`
    select count(*) filter (where joined_at > ${tx.clock()}::timestamptz - interval '1 day')::int as today, count(*) filter (where state = 'clawed_back' or review = 'refused')::int as back,
           count(*)::int as all from referrals where advocate_id = ${advocate.contact_id}`.execute(tx.db);
  const { today, back, all } = rows[0]!;
  const flags = [
    disposable.has(host) && "the address is of the kind that is thrown away",
    host !== "" && !shared.has(host) && host === hostOf(own.email) && "the address is of the advocate's own domain",
    friend.account_id !== null && friend.account_id === own.account_id && "both belong to one account",
    today >= program.daily_flag && `${today + 1} friends of this advocate in 24 hours`,
    all >= 3 && back * 2 >= all && `${back} of ${all} friends before did not hold`,
  ].filter((flag) => flag !== false);
  return flags.length > 0 ? flags.join("; ") : null;
} // prettier-ignore
