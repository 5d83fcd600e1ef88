import { z } from "zod";
import { amounts, because, fact, id, text } from "../fact.ts";

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
    // Nothing was paid where a part was cancelled and the rest was paid already.
    (d, w) =>
      d.amount === 0
        ? `order ${d.number} is settled`
        : `paid ${w.money(d.amount, d.currency)}, order ${d.number} is settled`,
  ),
  "order.cancelled": fact(
    "an order was cancelled",
    z.object({ ...order, reason: text }),
    (d) => `order ${d.number} cancelled: ${d.reason}`,
  ),
  "order.reduced": fact(
    "a part of an order was cancelled",
    z.object({ ...order, ...amounts, lines: z.int(), reason: text }),
    (d, w) => `${w.money(d.amount, d.currency)} of order ${d.number} cancelled: ${d.reason}`,
  ),
  "order.corrected": fact("an order was corrected", z.object({ ...order }), (d) => `order ${d.number} was corrected`),
  "order.reopened": fact(
    "a cancelled order was opened again",
    z.object({ ...order }),
    (d) => `order ${d.number} opened again`,
  ),
  "shipment.sent": fact(
    "goods were sent",
    z.object({
      ...order,
      shipment_id: id,
      shipment_number: text,
      carrier: text.nullable(),
      tracking_number: text.nullable(),
      tracking_url: text.nullable(),
      /** What is in it, the first 20 lines. */
      goods: z.array(z.object({ description: text, quantity: text })),
      /** Whether everything that was open is in it or went before. */
      complete: z.boolean(),
    }),
    (d) =>
      `${d.complete ? "" : "part of "}order ${d.number} sent${d.carrier ? ` with ${d.carrier}` : ""}${d.tracking_number ? ` (${d.tracking_number})` : ""}`,
  ),
  "shipment.delivered": fact(
    "goods arrived",
    z.object({ ...order, shipment_id: id, shipment_number: text }),
    (d) => `shipment ${d.shipment_number} of order ${d.number} arrived`,
  ),
  "shipment.taken-back": fact(
    "a shipment was taken back",
    // One that was not sent is not there any more.
    z.object({ ...order, shipment_id: id.optional(), shipment_number: text, what: z.enum(["sent", "delivered"]) }),
    (d) =>
      d.what === "sent"
        ? `shipment ${d.shipment_number} of order ${d.number} was not sent after all`
        : `shipment ${d.shipment_number} of order ${d.number} has not arrived after all`,
  ),
  "invoice.issued": fact(
    "got an invoice",
    z.object({ ...order, ...amounts, invoice_id: id, invoice_number: text, due_at: text }),
    (d, w) => `invoice ${d.invoice_number} over ${w.money(d.amount, d.currency)} for order ${d.number}`,
  ),
  "invoice.credited": fact(
    "an invoice was credited",
    z.object({
      ...order,
      ...amounts,
      invoice_id: id,
      invoice_number: text,
      credit_note_id: id,
      credit_note_number: text,
      reason: text.nullish(),
      ...because,
    }),
    (d, w) =>
      `credit note ${d.credit_note_number} over ${w.money(d.amount, d.currency)} for invoice ${d.invoice_number}`,
  ),
  "order.delivered": fact(
    "received an order",
    z.object({ ...order, days_late: z.int().optional() }),
    (d) => `order ${d.number} delivered${d.days_late ? `, ${d.days_late} days late` : ""}`,
  ),
  "order.returned": fact(
    "returned goods",
    z.object({
      return_id: id,
      order_id: id.nullable(),
      number: text.nullable(),
      ...amounts,
      lines: z.int(),
      reason: text.nullish(),
      ...because,
    }),
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
    z.object({ ...order, ...amounts, payment_id: id, reason: text.nullish(), ...because }),
    (d, w) => `got ${w.money(d.amount, d.currency)} back for order ${d.number}`,
  ),
} as const;
