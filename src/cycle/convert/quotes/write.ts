import { sql } from "kysely";
import { invalid, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { createRecord, isOnlyCustom, lockRecord, noteChanges, updateRecord, type Row, type Values } from "#records";
import { figuresOf, type WholeTerms } from "./figures.ts";
import { completeLines, linesOf, refigure, saveDrafts, writeLines, type Draft, type LineInput } from "./lines.ts";
import { startFrom } from "./opportunity.ts";
import { quoteType } from "./type.ts";

export type NewQuote = Values & { lines?: readonly LineInput[] | undefined };

/** Writes a draft; answers its id. Refuses unknown customers and products, discounts beyond their base and lines out of bounds. */
export const createQuote = (ctx: Ctx | Tx, given: NewQuote): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const draft = await beginDraft(tx, given);
    await saveDrafts(tx, [draft]);
    return draft.id;
  });

/** Writes a draft's terms and reckons its lines, which whoever writes many saves together with saveDrafts, in the same transaction. */
export async function beginDraft(tx: Tx, given: NewQuote): Promise<Draft> {
  const { lines: said = [], ...values } = await startFrom(tx, given);
  const currency = typeof values.currency === "string" ? values.currency : tx.workspace.currency;
  const row = await createRecord(tx, quoteType, { ...values, currency });
  const lines = await completeLines(tx, said, currency);
  return { id: row.id, lines, figures: figuresOf(lines, row as WholeTerms, currency) };
}

/**
 * Changes a quote whose version is still the one the caller saw. One the customer has before them, or that ended without an order, becomes
 * the draft of its next revision: nobody can accept what is being rewritten. An accepted one stays as it was agreed. What the company
 * keeps in fields of its own is on no paper, and changes nothing of that.
 */
export const changeQuote = (ctx: Ctx | Tx, id: string, version: number | undefined, { lines, ...values }: NewQuote): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const before = await lockRecord(tx, quoteType, id);
    if (version !== undefined && version !== before.version)
      throw new Refused("stale", "record.stale", "Somebody changed this quote since you opened it.", { detail: { current: { ...before } } }); // prettier-ignore
    if (!lines && isOnlyCustom(values)) return void (await updateRecord(tx, quoteType, id, undefined, values));
    if (before.status === "accepted") throw new Refused("conflict", "quote.accepted", `Quote ${String(before.number)} was accepted; what was agreed stays. Make a new quote.`); // prettier-ignore
    const row = await updateRecord(tx, quoteType, id, undefined, values);
    if (row.currency !== before.currency && !lines) throw invalid("lines", "Send the lines with their prices in the new currency."); // prettier-ignore
    const replaced = lines ? await replaceLines(tx, row, lines) : false;
    if (row.version === before.version && !replaced) return;
    await refigure(tx, id);
    if (replaced && row.version === before.version) await sql`update quotes set version = version + 1, updated_at = ${tx.clock()} where id = ${id}`.execute(tx.db); // prettier-ignore
    if (before.status !== "draft") await beginRevision(tx, before);
  }); // prettier-ignore

async function replaceLines(tx: Tx, row: Row, input: readonly LineInput[]): Promise<boolean> {
  const told = (lines: readonly object[]): unknown => lines.map((l) => pick(l as Record<string, unknown>));
  const old = told(await linesOf(tx, row.id));
  const lines = await completeLines(tx, input, String(row.currency));
  const now = told(lines);
  if (JSON.stringify(old) === JSON.stringify(now)) return false;
  await writeLines(tx, row.id, lines);
  await noteChanges(tx, [{ object: "quote", record_id: row.id, action: "updated", fields: { lines: [old, now] } }]);
  return true;
}

const terms = ["product_id", "description", "quantity", "unit_price", "discount_percent", "discount_amount", "tax_rate"] as const; // prettier-ignore
const pick = (line: Record<string, unknown>): unknown => terms.map((name) => line[name] ?? null);

async function beginRevision(tx: Tx, before: Row): Promise<void> {
  await sql`
    update quotes set status = 'draft', revision = revision + 1, shown_version_id = null, sent_at = null, mailed_at = null, viewed_at = null, declined_at = null,
           decline_reason = null, decline_reason_id = null, withdrawn_at = null, withdraw_reason = null, expired_at = null
     where id = ${before.id}`.execute(tx.db);
  const revision = Number(before.revision);
  await noteChanges(tx, [{ object: "quote", record_id: before.id, action: "updated", fields: { status: [before.status, "draft"], revision: [revision, revision + 1] } }]); // prettier-ignore
}
