import { expect, test } from "vitest";
import { inTransaction } from "#platform/context";
import { databaseForTest } from "../../../test/database.ts";
import { historyOf } from "../changes.ts";
import { seedReasons } from "./defaults.ts";
import {
  addReason,
  changeReason,
  checkReason,
  listReasons,
  orderReasons,
  reasonsVersion,
  reasonNamed,
} from "./reasons.ts";
import { reasonsApi } from "./api.ts";

test("the taxonomy comes once, and what people made of it survives a restart", async () => {
  const ctx = (await databaseForTest()).ctx();
  await Promise.all([seedReasons(ctx), seedReasons(ctx)]);
  const first = await listReasons(ctx);
  expect(new Set(first.map((r) => r.label)).size).toBe(first.length);
  expect(first.findIndex((r) => r.label === "Arrived damaged")).toBeGreaterThan(first.findIndex((r) => r.label === "Delivery"));
  const lid = first.find((r) => r.label === "Arrived damaged")!;
  await changeReason(ctx, lid.id, lid.version, { label: "Broken on arrival", active: false });
  await seedReasons(ctx);
  const after = await listReasons(ctx, undefined, { retired: true });
  expect(after).toHaveLength(first.length);
  expect(after.find((r) => r.id === lid.id)).toMatchObject({ label: "Broken on arrival", active: false, parent: "Delivery" });
  expect((await listReasons(ctx, "case")).some((r) => r.id === lid.id)).toBe(false);
}); // prettier-ignore

test("one reason explains a case and a return alike, is found by its label, and made when it is missing", async () => {
  const ctx = (await databaseForTest()).ctx();
  const [a, b] = await Promise.all(
    ["Lid leaks", "lid LEAKS"].map((label) => inTransaction(ctx, (tx) => reasonNamed(tx, label, "case"))),
  );
  expect(a).toBe(b);
  expect(await inTransaction(ctx, (tx) => reasonNamed(tx, "lid leaks", "return"))).toBe(a);
  expect(await listReasons(ctx, "return")).toMatchObject([{ id: a, applies_to: ["case", "return"] }]);
  await expect(inTransaction(ctx, (tx) => checkReason(tx, a!, "lost"))).rejects.toMatchObject({ code: "reason.other-use" }); // prettier-ignore
  await changeReason(ctx, a!, undefined, { active: false, applies_to: ["case"] });
  await expect(inTransaction(ctx, (tx) => checkReason(tx, a!, "case"))).rejects.toMatchObject({ code: "reason.retired" }); // prettier-ignore
  expect((await historyOf(ctx, "reason", a!))[0]?.fields).toEqual({
    active: [true, false],
    applies_to: [["case", "return"], ["case"]],
  });
});

test("two levels, one label, an order people choose", async () => {
  const ctx = (await databaseForTest()).ctx();
  const group = await addReason(ctx, { label: "Product", applies_to: ["case"] });
  const [x, y] = [
    await addReason(ctx, { label: "Lid", applies_to: ["case"], parent_id: group }),
    await addReason(ctx, { label: "Jar", applies_to: ["case"], parent_id: group }),
  ];
  expect((await listReasons(ctx)).map((r) => r.label)).toEqual(["Product", "Lid", "Jar"]);
  const version = await reasonsVersion(ctx);
  await orderReasons(ctx, version, [y, x]);
  await expect(orderReasons(ctx, version, [x, y])).rejects.toMatchObject({ code: "reasons.stale" });
  expect((await listReasons(ctx)).map((r) => r.label)).toEqual(["Product", "Jar", "Lid"]);
  await expect(addReason(ctx, { label: "JAR", applies_to: ["lost"] })).rejects.toMatchObject({ fields: [{ field: "label" }] }); // prettier-ignore
  for (const attempt of [
    () => addReason(ctx, { label: "Thread", applies_to: ["case"], parent_id: x }),
    () => changeReason(ctx, group, undefined, { parent_id: x }),
    () => changeReason(ctx, x, undefined, { parent_id: x }),
  ])
    await expect(attempt()).rejects.toMatchObject({ fields: [{ field: "parent_id" }] });
  for (const bad of [{ label: " ", applies_to: ["case"] }, { label: "A", applies_to: [] }, { label: "A", applies_to: ["fun"] }, { label: "A".repeat(101), applies_to: ["case"] }])
    expect(reasonsApi.create.input.safeParse(bad).success).toBe(false); // prettier-ignore
});
