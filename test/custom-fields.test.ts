import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Api, RawJson } from "#kernel/endpoint";
import { inTransaction, type Ctx } from "#platform/context";
import { openApi } from "#platform/http";
import { workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import {
  bulkApi,
  bulkJob,
  changeByHand,
  describedFor,
  historyOf,
  listRecords,
  recordType,
  undoChangeSet,
} from "#records";
import { campaignsApi } from "../src/cycle/attract/campaigns/api.ts";
import { quotesApi } from "../src/cycle/convert/quotes/api.ts";
import { quoted } from "../src/cycle/convert/quotes/quoting-for-tests.ts";
import { ordersApi } from "../src/cycle/deliver/orders/api.ts";
import { paymentsApi } from "../src/cycle/deliver/payments/api.ts";
import { shipmentsApi } from "../src/cycle/deliver/shipments/api.ts";
import { changeField, defineField } from "../src/records/custom/fields.ts";
import { indexJob } from "../src/records/custom/indexes.ts";
import { imported } from "../src/records/import/importing-for-tests.ts";
import { ownDocument } from "../src/app/own-document.ts";
import { colleague, roleWith } from "./access-world.ts";
import { databaseForTest } from "./database.ts";

/* Fields of one's own on what is agreed, paid and sent: they are the company's notes, and change where the rest of a record stands. */
const objects = ["quote", "order", "payment", "shipment", "campaign"] as const;
interface Told { id: string; version: number; number: string; status: string; revision: number; custom: Record<string, unknown> } // prettier-ignore
const told = async (asked: unknown): Promise<Told> => {
  const answer = await asked;
  return (typeof answer === "object" && answer !== null && "json" in answer ? JSON.parse((answer as RawJson<Told>).json) : answer) as Told; // prettier-ignore
};
const work = async (ctx: Ctx): Promise<void> => {
  while (await workOnce(ctx, [indexJob, bulkJob], createLog("silent")));
};
const choices = [
  { value: "north", label: "North" },
  { value: "south", label: "South" },
];

async function fields(ctx: Ctx): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const object of objects)
    ids.set(object, await defineField(ctx, { object, label: "Region", type: "choice", choices, preset: "north" }));
  return ids;
}
const order = (ctx: Ctx, more: object = {}) =>
  told(
    ordersApi.create.run(
      ctx,
      ordersApi.create.input.parse({
        lines: [{ description: "Lid", quantity: "4", unit_price: "25", ships: true }],
        ...more,
      }),
    ),
  );

test("quotes, orders, payments, shipments and campaigns take fields of one's own, checked when made and changed when all else stands", async () => {
  const ctx = (await databaseForTest()).ctx("owner");
  const ids = await fields(ctx);
  await expect(order(ctx, { custom: { region: "west" } })).rejects.toMatchObject({ issues: [{ path: ["custom", "region"] }] }); // prettier-ignore
  const placed = await order(ctx, { custom: { region: "south" } });
  expect([placed.custom, (await order(ctx)).custom]).toEqual([{ region: "south" }, { region: "north" }]);
  const pay = (more: object = {}) => told(paymentsApi.receive.run(ctx, paymentsApi.receive.input.parse({ id: placed.id, amount: 4000, ...more }))); // prettier-ignore
  await expect(pay({ custom: { region: 7 } })).rejects.toMatchObject({ issues: [{ path: ["custom", "region"] }] });
  const paid = await pay({ custom: { region: "south" } });
  const sent = await told(shipmentsApi.ship.run(ctx, shipmentsApi.ship.input.parse({ id: placed.id, custom: { region: "south" } }))); // prettier-ignore
  const draft = (await campaignsApi.create.run(ctx, campaignsApi.create.input.parse({ name: "Harvest", custom: { region: "south" } }))) as unknown as Told; // prettier-ignore
  await sql`update campaigns set state = 'sent' where id = ${draft.id}`.execute(ctx.db);
  const offer = await quoted(ctx, { custom: { region: "south" } });
  await quotesApi.accept.run(ctx, { id: offer.id, by: "Ana", note: "By telephone" });
  const agreed = await told(quotesApi.get.run(ctx, { id: offer.id }));
  expect([paid.custom, sent.custom, draft.custom, agreed.custom]).toEqual(Array(4).fill({ region: "south" }));

  // Paid, sent, accepted, started: what was agreed stands, what the company keeps beside it does not.
  const change = (api: { update: { input: { parse: (given: unknown) => never }; run: (ctx: Ctx, given: never) => unknown } }, of: Told, given: object) => told(api.update.run(ctx, api.update.input.parse({ id: of.id, version: of.version, ...given }))); // prettier-ignore
  const now = await told(ordersApi.get.run(ctx, { id: placed.id }));
  await expect(change(ordersApi as never, now, { number: "X" })).rejects.toMatchObject({ code: "order.fixed" });
  await expect(change(quotesApi as never, agreed, { subject: "X" })).rejects.toMatchObject({ code: "quote.accepted" });
  await expect(change(campaignsApi as never, draft, { subject: "X" })).rejects.toMatchObject({ code: "campaign.started" }); // prettier-ignore
  const custom = { region: "north" };
  const changed = [
    await change(ordersApi as never, now, { custom }),
    await change(quotesApi as never, agreed, { custom }),
    await change(campaignsApi as never, draft, { custom }),
    await change(paymentsApi as never, paid, { custom }),
    await change(shipmentsApi as never, sent, { custom }),
  ];
  expect(changed.map((c) => c.custom)).toEqual(Array(5).fill(custom));
  expect(changed[1]).toMatchObject({ status: "accepted", revision: agreed.revision });
  await expect(change(paymentsApi as never, paid, { custom })).rejects.toMatchObject({ kind: "stale" });
  expect(() => change(paymentsApi as never, changed[3]!, { amount: 1 })).toThrow(/amount/);
  await expect(inTransaction(ctx, (tx) => changeByHand(tx, recordType("payment"), paid.id, undefined, { amount: 1 }))).rejects.toMatchObject({ code: "record.not-edited" }); // prettier-ignore

  // As any other field: in lists and groups, in the history, taken back, changed in bulk.
  for (const name of objects) {
    const type = recordType(name);
    const asked = { limit: 5, filter: { field: "custom.region", op: "is", value: "north" }, sort: "-custom.region" } as const; // prettier-ignore
    const { items } = JSON.parse((await listRecords(ctx, type.object, asked)).json) as { items: Told[] };
    expect(items.length, name).toBeGreaterThan(0);
    const [last] = await historyOf(ctx, name, items.find((i) => changed.some((c) => c.id === i.id))!.id);
    expect(last!.fields, name).toEqual({ "custom.region": ["south", "north"] });
    await undoChangeSet(ctx, last!.set_id);
  }
  const bulk = bulkApi(() => true);
  const act = (values: object) => bulk.start.run(ctx, bulk.start.input.parse({ object: "payment", act: { kind: "set", values }, whom: {} })); // prettier-ignore
  await expect(act({ amount: 1 })).rejects.toMatchObject({ kind: "invalid" });
  await act({ custom: { region: "north" } });
  await work(ctx);
  expect(await told(paymentsApi.get.run(ctx, { id: paid.id }))).toMatchObject({ custom: { region: "north" } });
  const apis = { quotesApi, ordersApi, paymentsApi, shipmentsApi, campaignsApi };
  const { components, paths } = await ownDocument(ctx, openApi(apis as Record<string, Api>, "1"));
  expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(objects.map((name) => `${name}_custom`)));
  expect(JSON.stringify(paths["/api/v1/payments/{id}"])).toContain("payment_custom");

  // Required is asked of whoever adds one by hand, not of what Rondo does by itself.
  for (const id of ids.values()) await changeField(ctx, id, undefined, { required: true, preset: null });
  await expect(order(ctx)).rejects.toMatchObject({ issues: [{ path: ["custom", "region"] }] });
  await expect(pay()).rejects.toMatchObject({ issues: [{ path: ["custom", "region"] }] });
  await expect(quotesApi.create.run(ctx, { lines: [] })).rejects.toMatchObject({ issues: [{ path: ["custom", "region"] }] }); // prettier-ignore
});

test("a role changes and reads fields of one's own of a payment as it says, and files of orders and quotes bring them", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner");
  const ids = await fields(ctx);
  await defineField(ctx, { object: "order", label: "Docket", type: "text", unique: true });
  await defineField(ctx, { object: "order", label: "Clerk", type: "relation", to_object: "contact" });
  await defineField(ctx, { object: "payment", label: "Purse", type: "text" });
  await work(ctx);
  const grants = { orders: { read: "all" }, payments: { read: "all", create: "all", update: "all" } } as const;
  const role = await roleWith(ctx, "Till", grants, { payments: { number: "read", "custom.region": "edit", "custom.purse": "read" } }); // prettier-ignore
  const till = await colleague(t, "Tom", role);
  const placed = await order(ctx, { custom: { docket: "D-1" } });
  const pay = (custom: object) => told(paymentsApi.receive.run(till, paymentsApi.receive.input.parse({ id: placed.id, amount: 100, custom }))); // prettier-ignore
  await expect(pay({ purse: "red" })).rejects.toMatchObject({ code: "field.not-yours" });
  const paid = await pay({ region: "south" });
  await expect(Promise.resolve(paymentsApi.update.run(till, { id: paid.id, version: 1, custom: { purse: "red" } }))).rejects.toMatchObject({ code: "field.not-yours" }); // prettier-ignore
  await expect(order(ctx, { custom: { docket: "d-1" } })).rejects.toMatchObject({ code: "custom-field.taken", fields: [{ field: "custom.docket" }] }); // prettier-ignore

  const head = "Order number,Order date,Email,Description,Qty,Unit price,Region,Docket,Clerk\n";
  const file = head + [
    "1,2026-11-01,ana@x.example,Jar,1,5,South,D-7,",
    "1,2026-11-01,ana@x.example,Lid,2,1,,,ana@x.example",
    "2,2026-11-02,bo@x.example,Jar,1,5,,D-1,",
    "3,2026-11-02,bo@x.example,Jar,1,5,West,,",
    "4,2026-11-02,bo@x.example,Jar,1,5,,,nobody@x.example",
    "5,2026-11-02,bo@x.example,Jar,1,5,,,",
  ].join("\n"); // prettier-ignore
  const brought = await imported(ctx, "orders", file);
  expect(brought.failures).toEqual([
    "row 4, column Docket: Another order has this value.",
    expect.stringContaining("row 5, column Region: One of: north, south"),
    "row 6, column Clerk: there is no contact 'nobody@x.example'",
  ]);
  const { rows } = await sql<{ number: string; custom: Record<string, string> }>`select number, custom from orders where source = 'orders.csv' order by number`.execute(ctx.db); // prettier-ignore
  const { rows: ana } = await sql<{ id: string }>`select id from contacts where email = 'ana@x.example'`.execute(ctx.db); // prettier-ignore
  expect(rows).toEqual([
    { number: "1", custom: { region: "south", docket: "D-7", clerk: ana[0]!.id } },
    { number: "5", custom: { region: "north" } },
  ]);
  // Brought again, an order that is here stays as it is, whatever its rows say by now; what was mended comes in.
  const again = await imported(
    ctx,
    "orders",
    file.replace("Jar,1,5,South,D-7", "Jar,1,5,East,D-7").replace("1,5,West", "1,5,South"),
  );
  expect([again.failures, again.counts]).toMatchObject([
    [
      "row 4, column Docket: Another order has this value.",
      "row 6, column Clerk: there is no contact 'nobody@x.example'",
    ],
    { already_here: 2, orders: 1 },
  ]);
  // Rows of one order that say different things of it leave it out, as those of a quote do.
  const mixed = await imported(ctx, "orders", `${head}8,2026-11-03,bo@x.example,Jar,1,5,South,,\n8,2026-11-03,bo@x.example,Lid,1,1,North,,\n9,2026-11-03,bo@x.example,Jar,1,5,South,,\n9,2026-11-03,bo@x.example,Lid,1,1,south,,\n`); // prettier-ignore
  const why = "row 3 says something else of the order than row 2";
  expect([mixed.failures, mixed.counts]).toMatchObject([[`row 2, column Region: ${why}`, `row 3, column Region: ${why}`], { orders: 1 }]); // prettier-ignore
  await changeField(ctx, ids.get("quote")!, undefined, { required: true, preset: null });
  const quotes = await imported(ctx, "quotes", "Quote number,Description,Quantity,Unit price,Region\nA,Jar,1,5,south\nA,Lid,1,5,\nB,Jar,1,5,\nC,Jar,1,5,south\nC,Lid,1,5,north\n"); // prettier-ignore
  expect(quotes.failures).toEqual([
    "row 4, column Region: This is required.",
    "row 5, column Quote number: quote 'C' is not imported because of row 6",
    "row 6, column Region: the quote says something else in row 5",
  ]);
  expect((await sql`select custom from quotes`.execute(ctx.db)).rows).toEqual([{ custom: { region: "south" } }]);
  expect((await describedFor(till, recordType("payment").object)).fields.map((f) => f.name)).toEqual(["number", "custom.region", "custom.purse"]); // prettier-ignore
});
