import { sql } from "kysely";
import { inBase } from "#kernel/money";
import { Refused } from "#kernel/refusal";
import type { Ctx, Tx } from "#platform/context";
import { dayIn } from "#convert/catalog";
import { noteChanges, type Row } from "#records";
import { record, type FactInput, type FactName } from "#timeline";
import { openedFactOf } from "./opportunity.ts";

/** Amounts of a quote as facts tell them. */
export const amountsOf = (row: Row): { amount: number; currency: string; base_amount: number } => ({
  amount: Number(row.total),
  currency: String(row.currency),
  base_amount: inBase(Number(row.total), String(row.to_base)),
});

/** Records a fact of a quote's story: about its customer, caused by what happened to it before, at first by its opportunity. */
export async function tellOf<N extends FactName>(
  tx: Tx,
  row: Row,
  fact: Pick<FactInput<N>, "name" | "payload" | "actor">,
): Promise<string> {
  const whose = { contact_id: row.contact_id as string | null, account_id: row.account_id as string | null };
  const caused_by = (row.last_fact as string | null) ?? (await openedFactOf(tx, row.opportunity_id));
  const id = await record(tx, { ...fact, ...whose, caused_by } as FactInput<N>);
  await sql`update quotes set last_fact = ${id} where id = ${row.id}`.execute(tx.db);
  return id;
}

/** Notes that a quote's status changed, for its history. */
export const noteStatus = (tx: Tx, id: string, from: string, to: string, reason?: string): Promise<void> =>
  noteChanges(tx, [{ object: "quote", record_id: id, action: "updated", fields: { status: [from, to] } }], reason);

/** Today in the company's zone, 2026-11-22. */
export const today = (ctx: Ctx): string => dayIn(ctx, ctx.clock());

/** Says no because of where the quote stands. */
export const standing = (row: Record<string, unknown>, what: string): Refused => {
  const words: Record<string, string> = { draft: "is a draft", sent: "is sent", viewed: "is open with the customer", accepted: "was accepted", declined: "was declined", expired: "has expired", withdrawn: "was withdrawn" }; // prettier-ignore
  return new Refused("conflict", `quote.${String(row.status)}`, `Quote ${String(row.number)} ${words[String(row.status)] ?? "changed"}; ${what}`); // prettier-ignore
};
