import { newId } from "#kernel/id";
import { invalid } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { checkRequired, customOfNew, describedFor, externalIdTaken, notedCustom, noteChanges, orTaken } from "#records";
import { claim } from "./elsewhere.ts";
import { checkCause, checkCustomer, checkPlacedAt, rateOf } from "./checks.ts";
import { completeLines, type LineInput } from "./lines.ts";
import { order } from "./order.ts";
import { placeOrders } from "./place-many.ts";

export interface NewOrder {
  contact_id?: string | null | undefined;
  account_id?: string | null | undefined;
  currency?: string | null | undefined;
  rate?: string | number | null | undefined;
  placed_at?: string | Date | null | undefined;
  number?: string | null | undefined;
  country?: string | null | undefined;
  /** The day by which it should be there: 2026-11-30. */
  promised_at?: string | null | undefined;
  /** Where it came from, in words; "by hand" unless said. */
  source?: string | undefined;
  /** The fact that made it be placed. */
  caused_by?: string | null | undefined;
  custom?: Record<string, unknown> | undefined;
  external_ids?: Record<string, string> | undefined;
  lines: readonly LineInput[];
}

/** Places an order that a person or a program asks for: with what the company requires of it. */
export async function placeByHand(ctx: Ctx | Tx, input: NewOrder): Promise<string> {
  checkRequired(ctx, await describedFor(ctx, order), { custom: input.custom });
  return placeOrder(ctx, input);
}

/** Places one order; answers its id. Refuses unknown customers and products, numbers that are taken and lines out of bounds. */
export const placeOrder = (ctx: Ctx | Tx, input: NewOrder): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const currency = input.currency ?? tx.workspace.currency;
    const rate = rateOf(tx, currency, input.rate);
    const placed_at = input.placed_at ? new Date(input.placed_at) : tx.clock();
    checkPlacedAt(tx, placed_at);
    const customer = await checkCustomer(tx, input);
    if (input.caused_by) await checkCause(tx, customer, input.caused_by);
    const lines = await completeLines(tx, input.lines, currency);
    const id = newId();
    await claimAll(tx, id, input.external_ids ?? {});
    const custom = await customOfNew(tx, order, input.custom, { id, ...customer });
    const asked = {
      ...customer,
      id,
      number: input.number || null,
      currency,
      rate,
      placed_at,
      source: input.source ?? "by hand",
      promised_at: input.promised_at ?? null,
      caused_by: input.caused_by ?? null,
      country: input.country ?? null,
      custom,
      lines,
    };
    const [placed] = await orTaken(tx, order, () => placeOrders(tx, [asked]));
    if (placed?.outcome !== "placed") throw invalid("number", "Another order has this number.", "order.number-taken");
    const shown = { number: placed.number, ...customer, currency, placed_at, total: placed.total };
    const fields = Object.entries(shown).flatMap(([name, value]): [string, [null, unknown]][] =>
      value === null ? [] : [[name, [null, value]]],
    );
    await noteChanges(tx, [
      {
        object: "order",
        record_id: id,
        action: "created",
        fields: { ...Object.fromEntries(fields), ...notedCustom(custom) },
      },
    ]);
    return id;
  });

async function claimAll(tx: Tx, id: string, ids: Record<string, string>): Promise<void> {
  for (const [system, external] of Object.entries(ids)) {
    const taken = await claim(tx, "order", [{ id, external: { system, id: external } }]);
    const has = taken.get(id);
    if (has) throw await externalIdTaken(tx, order, { system, id: external }, has);
  }
}
