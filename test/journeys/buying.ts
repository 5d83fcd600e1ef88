import { expect } from "vitest";
import { changeLines } from "#convert/pipeline";
import { createQuote, sendQuote } from "#convert/quotes";
import { issueInvoice, sendInvoice } from "#deliver/invoices";
import { receivePayment } from "#deliver/payments";
import { markDelivered, shipGoods } from "#deliver/shipments";
import { last } from "./story.ts";
import { linkIn, type Walk } from "./walk.ts";

export interface Buyer {
  name: string;
  email: string;
}

/** A deal becomes a quote that the buyer accepts on their page, and that an order nobody retyped. Answers the order. */
export async function agree(
  w: Walk,
  buyer: Buyer,
  deal: { opportunity_id: string; product_id: string },
): Promise<{ id: string; total: number }> {
  const sales = w.as("mira");
  await changeLines(sales, deal.opportunity_id, undefined, [{ product_id: deal.product_id, quantity: "2" }]);
  const quote_id = await createQuote(sales, { opportunity_id: deal.opportunity_id });
  await sendQuote(sales, quote_id, { by: "mail" });
  await w.settle();
  const page = linkIn(w.mailTo(buyer.email, "Quote QU-"), "/q/");
  expect((await w.send(page, {})).status).toBe(303);
  expect((await w.open(page)).text).toContain("Starter kit");
  // Pressed twice, ordered once.
  for (let press = 0; press < 2; press++)
    expect((await w.send(`${page}/accept`, { name: buyer.name, agreed: "yes" })).status).toBe(303);
  await w.settle();
  expect(await last(sales, "opportunities", { id: deal.opportunity_id })).toMatchObject({
    status: "won",
    amount: 49_800,
  });
  return last(sales, "orders", { quote_id });
}

/** The order is sent, invoiced by mail, arrives two days later and is paid. */
export async function deliver(w: Walk, buyer: Buyer, order: { id: string; total: number }): Promise<void> {
  const sales = w.as("mira");
  await w.pass({ days: 1 });
  const shipment = await shipGoods(sales, order.id, { carrier: "dhl", tracking_number: "00340434161094042557" });
  await sendInvoice(sales, await issueInvoice(sales, order.id));
  await w.settle();
  const page = linkIn(w.mailTo(buyer.email, /^Invoice/), "/i/");
  expect((await w.open(`${page}/pdf`)).status).toBe(200);
  await w.pass({ days: 2 });
  await markDelivered(sales, shipment);
  await receivePayment(sales, order.id, { amount: order.total, method: "transfer" });
  await w.settle();
  expect(await last(sales, "orders", { id: order.id })).toMatchObject({ payment_status: "paid", fulfilment_status: "delivered" }); // prettier-ignore
  expect((await w.open(page)).text).toContain("Paid");
}
