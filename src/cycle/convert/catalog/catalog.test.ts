import { expect, test } from "vitest";
import { sql } from "kysely";
import type { RawJson } from "#kernel/endpoint";
import { accountType } from "#customers";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord } from "#records";
import { databaseForTest } from "../../../../test/database.ts";
import { productsApi } from "./api.ts";
import { productsFor, productType, saveProducts, type ProductItem } from "./index.ts";

const read = async (answer: RawJson<unknown> | Promise<RawJson<unknown>>) =>
  JSON.parse((await answer).json) as Record<string, unknown>;
const create = (ctx: Ctx, input: object) => read(productsApi.create.run(ctx, productsApi.create.input.parse(input)));
const count = async (ctx: Ctx): Promise<unknown> =>
  (
    await sql`select (select count(*) from products) as products, (select count(*) from facts where name = 'product.created') as facts, (select count(*) from changes where object = 'product') as changes`.execute(
      ctx.db,
    )
  ).rows[0];

test("a product has a price with a currency, one SKU, and a vendor that is one", async () => {
  const ctx = (await databaseForTest()).ctx();
  const maker = await createRecord(ctx, accountType, { name: "Lumen Works", is_vendor: true });
  const buyer = await createRecord(ctx, accountType, { name: "Vertex GmbH" });
  const lantern = await create(ctx, {
    name: " White  hanging lantern ",
    sku: "85123A",
    price: 255,
    vendor_id: maker.id,
  });
  expect(lantern).toMatchObject({
    name: "White hanging lantern",
    price: 255,
    currency: "EUR",
    status: "active",
    vendor: { title: "Lumen Works" },
  });
  await expect(create(ctx, { name: "Other", sku: "85123a" })).rejects.toMatchObject({ constraint: "products_by_sku" });
  await expect(create(ctx, { name: "Star", vendor_id: buyer.id })).rejects.toMatchObject({
    fields: [{ field: "vendor_id", message: "Vertex GmbH is not marked as a vendor." }],
  });
  await expect(create(ctx, { name: "Star", price: -1 })).rejects.toMatchObject({ fields: [{ field: "price" }] });
  expect(productsApi.create.input.safeParse({ name: "Star", price: 2.5 }).success).toBe(false);
  expect(productsApi.create.input.safeParse({ name: "Star", currency: "EURO" }).success).toBe(false);
  const input = productsApi.update.input.parse({ id: lantern.id, version: 1, price: 300, currency: "USD" });
  expect(await read(productsApi.update.run(ctx, input))).toMatchObject({ price: 300, currency: "USD", version: 2 });
  expect(await count(ctx)).toEqual({ products: 1, facts: 1, changes: 2 });
});

test("a file's products are found by SKU or name, or made once", async () => {
  const ctx = (await databaseForTest()).ctx();
  await createRecord(ctx, productType, { name: "Red star", sku: "S-1" });
  const items = [
    { key: "a", name: "Lantern" }, { key: "b", name: " lantern " }, { key: "c", name: "Anything", sku: "s-1" }, { key: "d", name: "RED STAR" },
    { key: "e", name: "Lantern", sku: "L-9", price: 250 }, { key: "f", name: "" },
  ]; // prettier-ignore
  const first = await inTransaction(ctx, (tx) => productsFor(tx, items));
  expect(first.get("a")).toBe(first.get("b"));
  expect(first.get("c")).toBe(first.get("d"));
  expect(new Set(first.values()).size).toBe(4);
  expect(await count(ctx)).toEqual({ products: 4, facts: 4, changes: 4 });
  expect(await inTransaction(ctx, (tx) => productsFor(tx, items))).toEqual(first);
  expect(await count(ctx)).toEqual({ products: 4, facts: 4, changes: 4 });
  const { rows } =
    await sql`select name, sku, price, currency from products where sku = 'L-9' or name like '(%' order by name`.execute(
      ctx.db,
    );
  expect(rows).toEqual([
    { name: "(no description)", sku: null, price: null, currency: null },
    { name: "Lantern", sku: "L-9", price: 250, currency: "EUR" },
  ]);
});

test("two imports at once make each product once", async () => {
  const ctx = (await databaseForTest()).ctx();
  const items = Array.from({ length: 60 }, (_, i) => ({
    key: String(i),
    name: `Product ${i}`,
    ...(i % 2 ? { sku: `P${i}` } : {}),
  }));
  const [a, b, c] = await Promise.all(
    [items, items.toReversed(), items].map((list) => inTransaction(ctx, (tx) => productsFor(tx, list))),
  );
  for (const { key } of items) expect([b!.get(key), c!.get(key)]).toEqual([a!.get(key), a!.get(key)]);
  expect(await count(ctx)).toEqual({ products: 60, facts: 60, changes: 60 });
});

test("a product file fills what is empty, replaces when asked, and changes nothing the second time", async () => {
  const ctx = (await databaseForTest()).ctx();
  await createRecord(ctx, productType, { name: "Red star", sku: "S-1", category: "Stars" });
  const save = (items: ProductItem[], update: boolean) =>
    inTransaction(ctx, (tx) => saveProducts(tx, items, { update }));
  const file: ProductItem[] = [
    { key: "1", name: "Red star, large", sku: "S-1", category: "Decoration", price: 995, custom: { colour: "red" } },
    { key: "2", name: "Lantern", external: { system: "shop", id: "77" }, price: 250, currency: "USD", status: "discontinued" },
    { key: "3", name: "lantern", external: { system: "shop", id: "77" }, category: "Lights" },
  ]; // prettier-ignore
  const filled = await save(file, false);
  expect(filled.map((s) => [s.outcome, s.fields])).toEqual([
    ["updated", ["price", "currency", "custom"]],
    ["created", []],
    ["updated", ["category"]],
  ]);
  expect((await save(file, false)).map((s) => s.outcome)).toEqual(["unchanged", "unchanged", "unchanged"]);
  expect((await save(file.slice(0, 2), true)).map((s) => [s.outcome, s.fields])).toEqual([
    ["updated", ["name", "category"]],
    ["unchanged", []],
  ]);
  expect(
    (await save([{ key: "x", name: "Lantern", sku: "S-1", external: { system: "shop", id: "77" } }], true)).map((s) => [
      s.outcome,
      s.fields,
    ]),
  ).toEqual([["refused", ["sku"]]]);
  const { rows } =
    await sql`select name, category, price, currency, status, custom from products order by name`.execute(ctx.db);
  expect(rows).toEqual([
    { name: "Lantern", category: "Lights", price: 250, currency: "USD", status: "discontinued", custom: {} },
    {
      name: "Red star, large",
      category: "Decoration",
      price: 995,
      currency: "EUR",
      status: "active",
      custom: { colour: "red" },
    },
  ]);
});
