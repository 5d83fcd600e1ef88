import { expect, test } from "vitest";
import { createWorkspaceFor } from "../index.ts";
import { owner, settledHouse } from "../../../../test/house.ts";

test("settings change by the version one has seen", async () => {
  const h = await settledHouse();
  const before = await h.mira.send("GET /workspace");
  expect(before.json()).toMatchObject({ name: owner.company, currency: "EUR", version: 1, currency_locked: false });
  expect(before.headers.etag).toBe('"1"');
  const changed = await h.mira.send(
    "PATCH /workspace",
    { name: "Northwind & Sons", time_zone: "Asia/Tokyo", locale: "de-AT" },
    { "if-match": '"1"' },
  );
  expect(changed.json()).toMatchObject({
    name: "Northwind & Sons",
    time_zone: "Asia/Tokyo",
    locale: "de-AT",
    version: 2,
  });
  expect((await h.mira.send("PATCH /workspace", { name: "Late" }, { "if-match": '"1"' })).statusCode).toBe(412);
  expect((await h.mira.send("PATCH /workspace", { name: "Late" }, { "if-match": "garbage" })).statusCode).toBe(422);
  expect((await h.mira.send("PATCH /workspace", { name: "Unseen" })).json().errors[0]).toMatchObject({
    field: "version",
  });
  expect((await h.mira.send("GET /session")).json().workspace.name).toBe("Northwind & Sons");
  expect((await h.mira.send("PATCH /workspace", { name: "Northwind & Sons", version: 2 })).json().version).toBe(2);
});

test("what the company cannot be is refused at its field", async () => {
  const h = await settledHouse({ hooks: { isLens: (_, key) => key === "seven_stages" } });
  for (const [field, value] of Object.entries({
    currency: "eur",
    time_zone: "+02:00",
    locale: "no such!",
    lens: "crystal_ball",
    name: " ",
  })) {
    const answer = await h.mira.send("PATCH /workspace", { [field]: value, version: 1 });
    expect([answer.statusCode, answer.json().errors[0].field]).toEqual([422, field]);
  }
  expect((await h.mira.send("PATCH /workspace", { schema: "w_000000000001", version: 1 })).statusCode).toBe(422);
});

test("the currency stays once amounts are stored in it", async () => {
  let stored = false;
  const h = await settledHouse({ hooks: { canChangeCurrency: () => Promise.resolve(!stored) } });
  expect((await h.mira.send("PATCH /workspace", { currency: "USD", version: 1 })).json().currency).toBe("USD");
  stored = true;
  expect((await h.mira.send("PATCH /workspace", { currency: "GBP", version: 2 })).json().code).toBe("currency.locked");
  expect(
    (await h.mira.send("PATCH /workspace", { currency: "USD", name: "Same coin", version: 2 })).json(),
  ).toMatchObject({
    name: "Same coin",
    currency_locked: true,
  });
});

test("a second company has its own tables and the owner that was named", async () => {
  const h = await settledHouse();
  const wanted = { name: "Northwind Cargo", currency: "USD", time_zone: "America/Chicago" };
  await expect(createWorkspaceFor(h, { ...wanted, owner: "nobody@northwind.example" })).rejects.toMatchObject({
    code: "person.not-found",
  });
  const made = await createWorkspaceFor(h, { ...wanted, owner: owner.email });
  const there = await h.mira.send("GET /workspace", undefined, { "x-workspace": made.id });
  expect(there.json()).toMatchObject({ name: "Northwind Cargo", currency: "USD" });
  expect((await h.mira.send("GET /workspace")).json().name).toBe(owner.company);
});
