import { z } from "zod";
import { amounts, fact, id, text } from "../fact.ts";

const order = { order_id: id, number: text };

/** What they bought, and whether it came and was paid. */
export const deliver = {
  "order.placed": fact(
    "placed an order",
    z.object({ ...order, ...amounts, lines: z.int() }),
    (d, w) =>
      `ordered ${d.lines} ${d.lines === 1 ? "line" : "lines"} for ${w.money(d.amount, d.currency)} (${d.number})`,
  ),
  "order.paid": fact(
    "paid an order",
    z.object({ ...order, ...amounts, payment_id: id.optional() }),
    (d, w) => `paid ${w.money(d.amount, d.currency)}, order ${d.number} is settled`,
  ),
  "order.cancelled": fact(
    "an order was cancelled",
    z.object({ ...order, reason: text }),
    (d) => `order ${d.number} cancelled: ${d.reason}`,
  ),
  "order.corrected": fact("an order was corrected", z.object({ ...order }), (d) => `order ${d.number} was corrected`),
  "order.reopened": fact(
    "a cancelled order was opened again",
    z.object({ ...order }),
    (d) => `order ${d.number} opened again`,
  ),
  "order.delivered": fact(
    "received an order",
    z.object({ ...order, days_late: z.int().optional() }),
    (d) => `order ${d.number} delivered${d.days_late ? `, ${d.days_late} days late` : ""}`,
  ),
  "order.returned": fact(
    "returned goods",
    z.object({ return_id: id, order_id: id.nullable(), number: text.nullable(), ...amounts, lines: z.int() }),
    (d, w) =>
      `returned ${d.lines} ${d.lines === 1 ? "line" : "lines"} worth ${w.money(d.amount, d.currency)}${d.number ? ` of order ${d.number}` : ""}`,
  ),
  "payment.received": fact(
    "paid a part",
    z.object({ ...order, ...amounts, payment_id: id }),
    (d, w) => `paid ${w.money(d.amount, d.currency)} of order ${d.number}`,
  ),
  "payment.refunded": fact(
    "got money back",
    z.object({ ...order, ...amounts, payment_id: id }),
    (d, w) => `got ${w.money(d.amount, d.currency)} back for order ${d.number}`,
  ),
} as const;
