import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { noteChanges } from "#records";
import { claim } from "./elsewhere.ts";
import { checkCause, checkCustomer, checkPlacedAt, rateOf } from "./checks.ts";
import { completeLines, type LineInput } from "./lines.ts";
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
    const [placed] = await placeOrders(tx, [
      {
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
        lines,
      },
    ]);
    if (placed?.outcome !== "placed") throw invalid("number", "Another order has this number.", "order.number-taken");
    if (input.custom)
      await sql`update orders set custom = ${JSON.stringify(input.custom)}::jsonb where id = ${id}`.execute(tx.db);
    const shown = { number: placed.number, ...customer, currency, placed_at, total: placed.total };
    const fields = Object.entries(shown).flatMap(([name, value]): [string, [null, unknown]][] =>
      value === null ? [] : [[name, [null, value]]],
    );
    await noteChanges(tx, [{ object: "order", record_id: id, action: "created", fields: Object.fromEntries(fields) }]);
    return id;
  });

async function claimAll(tx: Tx, id: string, ids: Record<string, string>): Promise<void> {
  for (const [system, external] of Object.entries(ids)) {
    const taken = await claim(tx, "order", [{ id, external: { system, id: external } }]);
    if (taken.size > 0)
      throw invalid(
        `external_ids.${system}`,
        `Another order has the id "${external}" in ${system}.`,
        "external-id.taken",
      );
  }
}
