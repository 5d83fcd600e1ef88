import { sql } from "kysely";
import { toBase } from "#kernel/money";
import { invalid, Refused } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { dayIn } from "#convert/catalog";
import { letterheadOf, registerRecordType, type Act, type Row, type Values } from "#records";
import { quote } from "./quote.ts";

// Days a quote holds unless somebody says otherwise.
const usualDays = 30;
const dayMs = 86_400_000;

async function prepare(tx: Tx, values: Values, before: Row | null): Promise<Values> {
  const given = { ...values };
  if (typeof given.contact_id === "string" && !given.account_id)
    given.account_id = await accountOf(tx, given.contact_id);
  checkTerms({ ...before, ...given }, given);
  if (!before) Object.assign(given, await firstValues(tx, given));
  else for (const name of ["valid_until", "currency", "rate"]) if (given[name] === null) delete given[name];
  if (before && !("currency" in given) && !("rate" in given)) return given;
  const currency = textOf(given.currency) ?? textOf(before?.currency) ?? tx.workspace.currency;
  const rate = rateOf(tx, currency, given.rate ?? (currency === before?.currency ? before.rate : undefined));
  return { ...given, currency, rate, to_base: toBase(currency, rate, tx.workspace.currency) };
}

async function firstValues(tx: Tx, given: Values): Promise<Values> {
  const { rows } = await sql<{ number: string }>`select 'QU-' || nextval('quote_numbers') as number`.execute(tx.db);
  return {
    number: rows[0]!.number,
    valid_until: given.valid_until ?? dayIn(tx, new Date(tx.clock().getTime() + usualDays * dayMs)),
    terms: given.terms ?? (await letterheadOf(tx)).terms,
    owner_id: given.owner_id ?? (await maker(tx)),
  };
}

// Whoever is here only for a moment, as a program or the sample is, owns nothing.
async function maker(tx: Tx): Promise<string | null> {
  if (tx.actor.kind !== "user") return null;
  const { rows } = await sql<{ user_id: string }>`select user_id from rondo.members where workspace_id = ${tx.workspace.id} and user_id = ${tx.actor.id}`.execute(tx.db); // prettier-ignore
  return rows[0]?.user_id ?? null;
}

/** Refuses two discounts at once and percentages that are none. Setting one of the two takes the other away. */
function checkTerms(all: Values, given: Values): void {
  if (given.discount_percent != null && given.discount_amount != null)
    throw invalid("discount_amount", "Give a percentage or an amount, not both.");
  if (given.discount_percent != null && "discount_amount" in all) given.discount_amount = null;
  if (given.discount_amount != null && "discount_percent" in all) given.discount_percent = null;
  const percent = given.discount_percent;
  if (typeof percent === "number" && (percent < 0 || percent > 100))
    throw invalid("discount_percent", "A percentage is 0 to 100.");
  if (typeof given.discount_amount === "number" && given.discount_amount < 0)
    throw invalid("discount_amount", "A discount is not below zero.");
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function rateOf(tx: Tx, currency: string, given: unknown): string {
  const base = tx.workspace.currency;
  if (currency === base) return "1";
  const rate = Number(given ?? 0);
  if (!Number.isFinite(rate) || rate < 1e-9 || rate > 1e9)
    throw invalid("rate", `Say how many ${base} one ${currency} is worth.`);
  return String(given);
}

async function accountOf(tx: Tx, contactId: string): Promise<string | null> {
  const { rows } = await sql<{ account_id: string | null }>`select account_id from contacts where id = ${contactId}`.execute(tx.db); // prettier-ignore
  return rows[0]?.account_id ?? null;
}

/** Quotes tell their own facts: sent, opened, accepted say more than "changed". */
export const quoteType = registerRecordType({ object: quote, prepare, saved, tell: () => null });

async function saved(_tx: Tx, act: Act, row: Row): Promise<void> {
  if (act !== "trashed") return;
  if (row.status === "accepted")
    throw new Refused("conflict", "quote.accepted", `Quote ${String(row.number)} was accepted; it stays.`);
  if (row.status === "sent" || row.status === "viewed")
    throw new Refused(
      "conflict",
      "quote.waiting",
      `Quote ${String(row.number)} is with the customer; withdraw it first.`,
    );
}
