import { expect, test } from "vitest";
import { placeOrder } from "#deliver/orders";
import { receivePayment } from "#deliver/payments";
import { createRecord, findRecord, updateRecord } from "#records";
import { consumeAll } from "#timeline";
import { databaseForTest } from "../../test/database.ts";
import "./account.ts";
import { contact, contactType } from "./contact.ts";
import { lifecycleConsumer } from "./lifecycle/consumer.ts";
import { seedRules } from "./lifecycle/rules.ts";

test("absurd amounts of one customer do not stop the company's lifecycle", async () => {
  const ctx = (await databaseForTest()).ctx();
  await seedRules(ctx);
  const { id } = await createRecord(ctx, contactType, { name: "Ana Ruiz" });
  for (let i = 0; i < 10; i++) {
    const order = await placeOrder(ctx, {
      contact_id: id,
      lines: [{ description: "The moon", quantity: "10", unit_price: "1000000000000" }],
    });
    await receivePayment(ctx, order, { amount: 1e15, method: "card" });
  }
  await consumeAll(ctx, lifecycleConsumer);
  expect(JSON.parse((await findRecord(ctx, contact, id)).json)).toMatchObject({
    order_count: 10,
    paid_total: Number.MAX_SAFE_INTEGER,
  });
  expect(await updateRecord(ctx, contactType, id, 1, { job_title: "Astronaut" })).toMatchObject({
    job_title: "Astronaut",
  });
});
