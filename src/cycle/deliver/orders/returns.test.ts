import { expect, test } from "vitest";
import type { RawJson } from "#kernel/endpoint";
import { newId } from "#kernel/id";
import { listReasons } from "#records";
import { timelineOf } from "#timeline";
import { seedReasons } from "../../../records/reasons/defaults.ts";
import { databaseForTest } from "../../../../test/database.ts";
import { ordersApi, returnsApi } from "./api.ts";
import { customer } from "./customers-for-tests.ts";
import { cancelOrder, placeOrder, returnGoods, returnMany } from "./index.ts";
import { inTransaction, type Ctx } from "#platform/context";
import { productsFor } from "#convert/catalog";

const day = 86_400_000;
const read = async (answer: RawJson<unknown> | Promise<RawJson<unknown>>) =>
  JSON.parse((await answer).json) as Record<string, unknown>;
const get = (ctx: Ctx, id: string) => read(ordersApi.get.run(ctx, { id }));
const items = (page: Record<string, unknown>) => page.items as Record<string, unknown>[];

async function orderOf(
  ctx: Ctx,
  quantity: string,
  unit_price: string,
  contact_id: string | null = null,
): Promise<{ id: string; line: string }> {
  const id = await placeOrder(ctx, {
    contact_id,
    placed_at: new Date(Date.now() - 10 * day),
    lines: [{ description: "Lantern", quantity, unit_price }],
  });
  const [line] = (await get(ctx, id)).lines as { id: string }[];
  return { id, line: line!.id };
}

test("goods come back in parts whose worth adds up to the line", async () => {
  const ctx = (await databaseForTest()).ctx();
  const ana = await customer(ctx, "Ana Ruiz");
  const { id, line } = await orderOf(ctx, "3", "0.335", ana);
  // 1.005 rounds to 1.01, while each third alone would make 0.34.
  const worth: unknown[] = [];
  for (const status of ["part", "part", "full"]) {
    const input = ordersApi.giveBack.input.parse({
      id,
      lines: [{ order_line_id: line, quantity: "1" }],
      reason: "too small",
    });
    worth.push((await read(ordersApi.giveBack.run(ctx, input))).total);
    expect(await get(ctx, id)).toMatchObject({ return_status: status });
  }
  expect(worth).toEqual([34, 33, 34]);
  expect(await get(ctx, id)).toMatchObject({ total: 101, returned: 101, lines: [{ returned_quantity: "3" }] });
  const told = (await timelineOf(ctx, { contact_id: ana })).items.filter((i) => i.name === "order.returned");
  expect(told.map((i) => i.sentence)[0]).toBe("returned 1 line worth €0.34 of order 1001");
  expect(items(await read(ordersApi.returns.run(ctx, { id })))).toMatchObject([
    { number: "R3" },
    { number: "R2" },
    { number: "R1", reason: "too small", lines: [{ quantity: "1", order_line_id: line }] },
  ]);
  const list = await read(returnsApi.list.run(ctx, returnsApi.list.input.parse({})));
  expect(items(list)).toHaveLength(3);
  expect(items(list)[0]).toMatchObject({ contact: { title: "Ana Ruiz" }, order: { title: "1001" } });
});

test("a list of returns has both the words and the reason they belong to", async () => {
  const ctx = (await databaseForTest()).ctx();
  await seedReasons(ctx);
  const { id, line } = await orderOf(ctx, "2", "4");
  const [reason] = await listReasons(ctx, "return");
  await returnGoods(ctx, id, { lines: [{ order_line_id: line, quantity: "1" }], reason: "too small", reason_id: reason!.id }); // prettier-ignore
  const list = await read(returnsApi.list.run(ctx, returnsApi.list.input.parse({})));
  expect(items(list)[0]).toMatchObject({
    reason: "too small",
    reason_link: { id: reason!.id, title: reason!.label },
  });
});

test("two returns at once take no more than was ordered", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, line } = await orderOf(ctx, "5", "2");
  const tries = await Promise.allSettled(
    Array.from({ length: 6 }, () => returnGoods(ctx, id, { lines: [{ order_line_id: line, quantity: "2" }] })),
  );
  expect(tries.filter((t) => t.status === "fulfilled")).toHaveLength(2);
  for (const t of tries) if (t.status === "rejected") expect(t.reason).toMatchObject({ code: "return.too-many" });
  expect(await get(ctx, id)).toMatchObject({
    returned: 800,
    return_status: "part",
    lines: [{ returned_quantity: "4" }],
  });
  expect(items(await read(ordersApi.returns.run(ctx, { id })))).toHaveLength(2);
});

test("a return that cannot be is refused in words", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, line } = await orderOf(ctx, "2", "5");
  const other = await orderOf(ctx, "9", "5");
  const back = (order_line_id: string, quantity: string, more: object = {}) =>
    returnGoods(ctx, id, { lines: [{ order_line_id, quantity }], ...more });
  await expect(back(line, "3")).rejects.toThrow("Only 2 of this line can still come back.");
  await expect(back(other.line, "1")).rejects.toThrow("The order has no such line.");
  await expect(back(line, "0")).rejects.toMatchObject({ fields: [{ field: "lines.0.quantity" }] });
  await expect(back(line, "1", { returned_at: new Date(Date.now() - 20 * day) })).rejects.toThrow(
    "before the order was placed",
  );
  await expect(
    returnGoods(ctx, id, { lines: [line, line].map((order_line_id) => ({ order_line_id, quantity: "1" })) }),
  ).rejects.toThrow("named twice");
  await expect(returnGoods(ctx, newId(), { lines: [{ order_line_id: line, quantity: "1" }] })).rejects.toMatchObject({
    kind: "not-found",
  });
  await cancelOrder(ctx, other.id, "out of stock");
  await expect(
    returnGoods(ctx, other.id, { lines: [{ order_line_id: other.line, quantity: "1" }] }),
  ).rejects.toMatchObject({ code: "order.cancelled" });
  expect(await get(ctx, id)).toMatchObject({ returned: 0, return_status: "none" });
});

test("imports and people taking goods back at once never take more than was ordered", async () => {
  const ctx = (await databaseForTest()).ctx();
  const ana = await customer(ctx, "Ana Ruiz");
  const product_id = (await inTransaction(ctx, (tx) => productsFor(tx, [{ key: "l", name: "Lantern" }]))).get("l")!;
  const placed_at = new Date(Date.now() - 10 * day);
  const ids = await Promise.all(
    [1, 2, 3].map(() =>
      placeOrder(ctx, {
        contact_id: ana,
        placed_at,
        lines: [{ product_id, quantity: "5", unit_price: "2", ships: false }],
      }),
    ),
  );
  const lines = await Promise.all(
    ids.map(async (id) => ({ id, line: ((await get(ctx, id)).lines as { id: string }[])[0]!.id })),
  );
  const imported = () => {
    const back = {
      contact_id: ana,
      account_id: null,
      currency: "EUR",
      rate: "1",
      returned_at: new Date(),
      source: "shop.csv",
    };
    const line = { product_id, description: "Lantern", quantity: "2", unit_price: "2" };
    return inTransaction(ctx, (tx) =>
      returnMany(
        tx,
        [1, 2].map(() => ({ ...back, id: newId(), lines: [line] })),
      ),
    );
  };
  const byHand = ({ id, line }: { id: string; line: string }) =>
    returnGoods(ctx, id, { lines: [{ order_line_id: line, quantity: "2" }] });
  const tries = await Promise.allSettled([
    imported(),
    ...lines.map(byHand),
    imported(),
    ...lines.map(byHand),
    imported(),
  ]);
  for (const t of tries) if (t.status === "rejected") expect(t.reason).toMatchObject({ code: "return.too-many" });
  const taken = await Promise.all(
    ids.map(async (id) => ((await get(ctx, id)).lines as { returned_quantity: string }[])[0]!.returned_quantity),
  );
  // Twelve pairs were tried; of five lanterns two pairs fit.
  expect(taken).toEqual(["4", "4", "4"]);
});
