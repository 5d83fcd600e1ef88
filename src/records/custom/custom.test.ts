import { expect, test } from "vitest";
import { contactType } from "#customers";
import { databaseForTest } from "../../../test/database.ts";
import { createRecord, findRecord, updateRecord, listRecords } from "../index.ts";
import { colleague, roleWith } from "../../../test/access-world.ts";
import { historyOf } from "../changes.ts";
import { recordAsOf } from "../history/as-of.ts";
import { changeField, defineField, listFields, restoreField, retireField } from "./fields.ts";
import { describedFor } from "./described.ts";

const contact = contactType.object;
type Told = { custom: Record<string, unknown>; [name: string]: unknown };
const told = async (asked: Promise<{ json: string }>): Promise<Told> => JSON.parse((await asked).json) as Told;

test("a field that an administrator adds is described, checked, kept under its key and told in the history", async () => {
  const ctx = (await databaseForTest()).ctx();
  const choices = [{ label: "Gold", value: "gold" }, { label: "Silber", value: "silver" }]; // prettier-ignore
  await defineField(ctx, { object: "contact", label: "Contract type", type: "choice", choices, preset: "silver" });
  await defineField(ctx, { object: "contact", label: "Seats", type: "number" });
  const described = await describedFor(ctx, contact);
  expect(described.fields.slice(-2).map((f) => f.name)).toEqual(["custom.contract_type", "custom.seats"]);

  const { id } = await createRecord(ctx, contactType, { name: "Ana Ruiz", custom: { seats: 4 } });
  expect((await told(findRecord(ctx, contact, id))).custom).toEqual({ contract_type: "silver", seats: 4 });
  await expect(updateRecord(ctx, contactType, id, undefined, { custom: { seats: "four" } })).rejects.toMatchObject({
    issues: [{ path: ["custom", "seats"] }],
  });
  await expect(updateRecord(ctx, contactType, id, undefined, { custom: { contract_type: "lead" } })).rejects.toThrow(/gold, silver/); // prettier-ignore
  await updateRecord(ctx, contactType, id, undefined, { custom: { contract_type: "gold", seats: null } });
  const [change] = await historyOf(ctx, "contact", id);
  expect(change?.fields).toEqual({ "custom.contract_type": ["silver", "gold"], "custom.seats": [4, null] });

  const filter = { field: "custom.contract_type", op: "is", value: "gold" } as const;
  const { items } = (await told(listRecords(ctx, contact, { limit: 10, filter }))) as unknown as { items: Told[] };
  expect(items.map((i) => i.id)).toEqual([id]);
});

test("a retired field is hidden and refused, its values are kept and come back", async () => {
  const ctx = (await databaseForTest()).ctx();
  const field = await defineField(ctx, { object: "contact", label: "Nickname", type: "text" });
  const { id } = await createRecord(ctx, contactType, { name: "Bo Lind", custom: { nickname: "Bo-Bo" } });
  await retireField(ctx, field);
  expect((await describedFor(ctx, contact)).fields.map((f) => f.name)).not.toContain("custom.nickname");
  expect((await told(findRecord(ctx, contact, id))).custom).toEqual({});
  await expect(updateRecord(ctx, contactType, id, undefined, { custom: { nickname: "B" } })).rejects.toMatchObject({ code: "custom-field.retired" }); // prettier-ignore
  await updateRecord(ctx, contactType, id, undefined, { name: "Bo Lindh", custom: { other: 1 } });
  await restoreField(ctx, field);
  await changeField(ctx, field, undefined, { label: "Spitzname" });
  expect((await told(findRecord(ctx, contact, id))).custom).toEqual({ nickname: "Bo-Bo", other: 1 });
  expect((await historyOf(ctx, "custom_field", field)).map((h) => Object.keys(h.fields ?? {}))).toEqual([
    ["label"],
    ["retired_at"],
    ["retired_at"],
    expect.arrayContaining(["key", "label", "object"]),
  ]);
});

test("what a role may not read under a key it learns from no history and no day in the past; a retired field is in neither", async () => {
  const t = await databaseForTest();
  const boss = t.ctx();
  for (const label of ["Salary", "Seats", "Gone"]) await defineField(boss, { object: "contact", label, type: "number" });
  const role = await roleWith(boss, "Seller", { contacts: { read: "all" } }, { contacts: { name: "read", "custom.seats": "read", "custom.gone": "read" } });
  const mira = await colleague(t, "Mira Okafor", role);
  const { id } = await createRecord(boss, contactType, { name: "Ana Ruiz", custom: { salary: 4321, seats: 1, gone: 7, loose: 8888 } });
  await updateRecord(boss, contactType, id, undefined, { custom: { salary: 5432, seats: 2, loose: 9999 } });
  const later = new Date(Date.now() + 60_000);
  const past = await recordAsOf(mira, contactType, id, later);
  expect(Object.keys(past.values).filter((name) => name.startsWith("custom."))).toEqual(["custom.seats", "custom.gone"]);
  await retireField(boss, (await listFields(boss, "contact")).find((f) => f.key === "gone")!.id);
  const told = [await recordAsOf(mira, contactType, id, later), await historyOf(mira, "contact", id), await findRecord(mira, contact, id)];
  expect(JSON.stringify(told)).toMatch(/seats/);
  expect(JSON.stringify(told)).not.toMatch(/4321|5432|8888|9999|salary|loose/);
  expect(Object.keys((await recordAsOf(boss, contactType, id, later)).values)).not.toContain("custom.gone");
}); // prettier-ignore

test("labels in any script give a key, two fields are never called the same, and a key is given once", async () => {
  const ctx = (await databaseForTest()).ctx();
  const label = "عقد 📄";
  await defineField(ctx, { object: "contact", label, type: "text" });
  await defineField(ctx, { object: "contact", label: "契約", type: "text" });
  const names = (await describedFor(ctx, contact)).fields.slice(-2).map((f) => f.name);
  expect(names).toEqual(["custom.field", "custom.field_2"]);
  await expect(defineField(ctx, { object: "contact", label, type: "text" })).rejects.toMatchObject({ code: "custom-field.label-taken" }); // prettier-ignore
  await expect(defineField(ctx, { object: "contact", label: "E-mail", key: "field", type: "text" })).rejects.toThrow();
  const twice = await Promise.allSettled([1, 2].map(() => defineField(ctx, { object: "contact", label: "Region", type: "text" }))); // prettier-ignore
  expect(twice.map((t) => t.status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("another process learns of a new definition within two seconds, and a hot path asks nothing in between", async () => {
  const t = await databaseForTest();
  const here = t.ctx();
  // The other process knows nothing of this one's memory: another control handle is another memory.
  const there = {
    ...here,
    control: here.control.withPlugin({ transformQuery: (a) => a.node, transformResult: async (a) => a.result }),
  };
  await describedFor(there, contact);
  await defineField(here, { object: "contact", label: "Region", type: "text" });
  const asked: string[] = [];
  await expect
    .poll(async () => (asked.push("?"), (await describedFor(there, contact)).fields.at(-1)?.name), {
      timeout: 2_000,
      interval: 50,
    })
    .toBe("custom.region");
  expect(asked.length).toBeGreaterThan(1);
});
