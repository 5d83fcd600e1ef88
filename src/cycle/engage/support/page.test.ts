import { expect, test } from "vitest";
import { sql } from "kysely";
import { databaseForTest } from "../../../../test/database.ts";
import { meet } from "../../../../test/world.ts";
import { see, tokenOf, write } from "./desk-for-tests.ts";
import { openCase } from "./open.ts";
import { writeNote } from "./reply.ts";
import { productType } from "#convert/catalog";
import { createRecord, trashRecord } from "#records";
import { casesApi, slaApi } from "./api.ts";

const key = "01900000-0000-7000-8000-000000000001";

test("the page shows what the customer may read, as text, and looking at it changes nothing", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id: contact_id } = await meet(ctx, "bo");
  const { id } = await openCase(ctx, { subject: "<script>alert(1)</script>", description: "Lid & jar", contact_id });
  await writeNote(ctx, id, "A secret note");
  const token = tokenOf(ctx, { id, contact_id });
  const count = async () => (await sql`select (select count(*) from facts), (select count(*) from case_messages), (select version from cases)`.execute(ctx.db)).rows; // prettier-ignore
  const before = await count();
  const page = await see(ctx, token);
  expect(page).toContain("&lt;script&gt;");
  expect(page).toContain("Lid &amp; jar");
  expect(page).not.toContain("secret");
  expect(await count()).toEqual(before);
});

test("a forged, foreign or outlived link is nothing, and says nothing", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id: contact_id } = await meet(ctx, "bo");
  const { id: other } = await meet(ctx, "ana");
  const { id } = await openCase(ctx, { subject: "Lid", contact_id });
  const good = tokenOf(ctx, { id, contact_id });
  const refusals = [];
  for (const token of ["", "x", `${id}.${contact_id}`, `${good}x`, good.slice(0, -2), tokenOf(ctx, { id, contact_id: other }), tokenOf(ctx, { id: other, contact_id }), good.replace(id.slice(0, 4), "ffff")]) {
    refusals.push(await see(ctx, token).catch((e: Error) => e.message));
    refusals.push(await write(ctx, token, { body: ["Hello"], key: [key] }).catch((e: Error) => e.message));
  }
  expect([...new Set(refusals)]).toEqual(["There is no such page."]);
  // The case is somebody else's now: the former one's link is over.
  await sql`update cases set contact_id = ${other} where id = ${id}`.execute(ctx.db);
  await expect(see(ctx, good)).rejects.toThrow("There is no such page.");
}); // prettier-ignore

test("a customer whose case is long closed writes again, though the product is gone and the colleague has left", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id: contact_id } = await meet(ctx, "bo");
  const product = await createRecord(ctx, productType, { name: "Lantern" });
  const { id } = await openCase(ctx, { subject: "Lid", contact_id, product_id: product.id });
  await sql`update cases set owner_id = gen_random_uuid(), status = 'closed', closed_at = now(), resolved_at = now() where id = ${id}`.execute(ctx.db);
  await trashRecord(ctx, productType, product.id);
  await write(ctx, tokenOf(ctx, { id, contact_id }), { body: ["Hello again"], key: [key] });
  const { rows } = await sql`select owner_id, product_id, contact_id from cases where previous_id = ${id}`.execute(ctx.db);
  expect(rows).toEqual([{ owner_id: null, product_id: null, contact_id }]);
}); // prettier-ignore

test.each([
  [{ body: ["   "], key: [key] }, "write something"],
  [{ key: [key] }, "write something"],
  [{ body: ["a".repeat(20_001)], key: [key] }, "20,000"],
  [{ body: ["Hello"] }, "open the page again"],
  [{ body: ["Hello"], key: ["'; drop table cases"] }, "open the page again"],
])("a message that is none is refused: %#", async (form, words) => {
  const ctx = (await databaseForTest()).ctx();
  const { id: contact_id } = await meet(ctx, "bo");
  const { id } = await openCase(ctx, { subject: "Lid", contact_id });
  await expect(write(ctx, tokenOf(ctx, { id, contact_id }), form as Record<string, string[]>)).rejects.toThrow(words);
});

test("endpoints refuse what cannot be", () => {
  const id = key;
  for (const [schema, input] of [
    [casesApi.create.input, { subject: "" }],
    [casesApi.create.input, { subject: "x", status: "closed" }],
    [casesApi.create.input, { subject: "x", priority: "extreme" }],
    [casesApi.reply.input, { id, body: "a".repeat(80_001) }],
    [casesApi.dismiss.input, { id, as: "boring" }],
    [slaApi.change.input, { version: 1, reopen_days: 14, policies: [{ name: "x", priorities: [], types: [], clock: "business", first_response: null, next_response: null, resolution: null, pause_waiting: true }] }],
    [slaApi.change.input, { version: 1, reopen_days: -1, policies: [] }],
  ] as const)
    expect(schema.safeParse(input).success, JSON.stringify(input)).toBe(false);
}); // prettier-ignore
