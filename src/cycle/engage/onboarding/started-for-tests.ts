import { sql } from "kysely";
import { productType } from "#convert/catalog";
import { meetContacts } from "#customers";
import { placeOrder } from "#deliver/orders";
import { receivePayment } from "#deliver/payments";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord } from "#records";
import { consumeAll } from "#timeline";
import { onboardingConsumer } from "./consumer.ts";
import { planType } from "./plan.ts";
import { designSchema } from "./step.ts";

/** Our setup call, then the customer's answer and photo, a second order as proof; the call brings the first value. */
export const usualSteps = [
  { key: "call", title: "Set up together", owner: "us", due_days: 2, weight: 2 },
  { key: "labels", title: "Choose the labels", owner: "customer", kind: "answer", question: "Which labels do you like?" },
  { key: "fill", title: "Fill the first jars", owner: "customer", depends_on: ["call"], due_days: 3, due_from: "ready", first_value: true, weight: 3 },
  { key: "again", title: "Order again", owner: "customer", kind: "fact", done_when: { fact: "order.placed", times: { op: "at_least", n: 2 } }, depends_on: ["fill"], weight: 2 },
  { key: "photo", title: "Send a photo", owner: "customer", required: false, weight: 2 },
] as const; // prettier-ignore

/** A contact, a product, and a plan for whoever pays for it. */
export async function welcoming(ctx: Ctx, more: Record<string, unknown> = {}, steps: readonly object[] = usualSteps) {
  const product = await createRecord(ctx, productType, { name: "Starter set", price: 4000, currency: "EUR" });
  const met = await inTransaction(ctx, (tx) => meetContacts(tx, [{ key: "cleo", name: "Cleo Okafor", email: "cleo@okafor.example" }], { source: "shop" })); // prettier-ignore
  const plan = await createRecord(ctx, planType, { name: "First preserves", product_id: product.id, design: designSchema.parse({ steps }), ...more }); // prettier-ignore
  return { cleo: met.get("cleo")!.id, product: product.id, plan: plan.id };
}

/** Orders the product and pays at once; everybody takes note. */
export async function buys(ctx: Ctx, contact_id: string, product_id: string): Promise<string> {
  const order = await placeOrder(ctx, { contact_id, lines: [{ product_id, description: "Starter set", quantity: "1", unit_price: "40" }] }); // prettier-ignore
  await receivePayment(ctx, order, { amount: 4000, method: "card" });
  await consumeAll(ctx, onboardingConsumer);
  return order;
}

/** Ids of the contact's onboardings, newest first. */
export async function of(ctx: Ctx, contact_id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from onboardings where contact_id = ${contact_id} order by started_at desc, id`.execute(ctx.db); // prettier-ignore
  return rows.map((r) => r.id);
}
