import { sql } from "kysely";
import Big from "big.js";
import { newId } from "#kernel/id";
import { invalid, type Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { checkPlacedAt } from "./checks.ts";
import { refreshOrders } from "./derive.ts";
import { checkLines, lockOrder } from "./lock.ts";
import { reasonGiven } from "./reason.ts";
import { writeReturns, type ReturnLine } from "./return-many.ts";
import { worthOf } from "./worth.ts";

export interface GoodsBack {
  lines: readonly { order_line_id: string; quantity: string }[];
  reason?: string | null | undefined;
  /** Of the taxonomy, for returns. */
  reason_id?: string | null | undefined;
  returned_at?: string | Date | null | undefined;
}

interface Taken {
  id: string;
  position: number;
  product_id: string | null;
  description: string;
  unit_price: string;
  discount: number;
  tax: number;
  /** Of the whole line. */
  ordered: string;
  quantity: string;
  back: string;
}

/** Takes goods of an order back, never more of a line than was ordered and is not back yet; answers the return's id. */
export const returnGoods = (ctx: Ctx | Tx, orderId: string, input: GoodsBack): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const order = await lockOrder(tx, orderId, "nothing of it can come back");
    const returned_at = input.returned_at ? new Date(input.returned_at) : tx.clock();
    checkPlacedAt(tx, returned_at, "returned_at");
    if (returned_at < order.placed_at) throw invalid("returned_at", "This is before the order was placed.");
    checkLines(input.lines);
    const why = await reasonGiven(tx, input, "return");
    const taken = await takeBack(tx, orderId, input.lines);
    const id = newId();
    const lines = taken.map((t, i) => lineOf(t, i, id, order.currency));
    const { number, placed_at: _, promised_at: ___, cancelled_at: __, id: order_id, ...same } = order;
    const total = lines.reduce((sum, l) => sum + l.total, 0);
    await writeReturns(tx, [
      {
        ...same,
        id,
        order_id,
        order_number: number,
        returned_at,
        ...why,
        source: "by hand",
        total,
        lines,
      },
    ]);
    await refreshOrders(tx, [orderId]);
    return id;
  });

// Of a line that we ship only what went out can come back; of others what was ordered.
const canComeBack = sql`(case when l.ships then l.shipped_quantity else l.quantity - l.cancelled_quantity end)`;

/** The limit, in one conditional statement: a line gives only what it still has, also when two returns come at once. */
async function takeBack(tx: Tx, orderId: string, lines: GoodsBack["lines"]): Promise<Taken[]> {
  const { rows } = await sql<Taken>`
    update order_lines l set returned_quantity = l.returned_quantity + r.quantity
      from json_to_recordset(${JSON.stringify(lines)}::json) as r(order_line_id uuid, quantity numeric)
     where l.id = r.order_line_id and l.order_id = ${orderId} and l.returned_quantity + r.quantity <= ${canComeBack}
    returning l.id, l.position, l.product_id, l.description, l.unit_price, l.discount, l.tax, l.quantity as ordered, trim_scale(r.quantity)::text as quantity, l.returned_quantity as back`.execute(
    tx.db,
  );
  if (rows.length === lines.length) return rows.toSorted((a, b) => a.position - b.position);
  throw await refusal(tx, orderId, lines, new Set(rows.map((r) => r.id)));
}

async function refusal(
  tx: Tx,
  orderId: string,
  lines: GoodsBack["lines"],
  taken: ReadonlySet<string>,
): Promise<Refused> {
  const i = lines.findIndex((l) => !taken.has(l.order_line_id));
  const { rows } = await sql<{ left: string }>`
    select trim_scale(${canComeBack} - l.returned_quantity)::text as left from order_lines l where id = ${lines[i]!.order_line_id} and order_id = ${orderId}`.execute(
    tx.db,
  );
  if (!rows[0]) return invalid(`lines.${i}.order_line_id`, "The order has no such line.");
  return invalid(`lines.${i}.quantity`, `Only ${rows[0].left} of this line can still come back.`, "return.too-many");
}

/** Priced so that the parts of a line add up to its total: what is back by now, less what was back before, each rounded once. */
function lineOf(t: Taken, i: number, return_id: string, currency: string): ReturnLine {
  const before = new Big(t.back).minus(t.quantity).toFixed();
  const line = { ...t, quantity: t.ordered };
  const total = worthOf(line, t.back, currency) - worthOf(line, before, currency);
  const { id: order_line_id, product_id, description, quantity, unit_price } = t;
  return {
    id: newId(),
    return_id,
    position: i + 1,
    order_line_id,
    product_id,
    description,
    quantity,
    unit_price,
    total,
  };
}
