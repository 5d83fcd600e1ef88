import { expect, test } from "vitest";
import { bootWith } from "../kit/boot.ts";
import { date } from "../kit/format.ts";
import { sampleBoot } from "../dev/sample.ts";
import { movedWords } from "./moved.ts";
import { customersSearch, tableSearch } from "./view.ts";

bootWith(sampleBoot());
const day = 86_400_000; // ms
const now = new Date();
const ago = (days: number): string => new Date(now.getTime() - days * day).toISOString();
const moved = { lens: "six_steps", from: "provided", to: "paid", since: ago(365), until: ago(0) };
const step = (key: string, name: string) => ({ key, name, tone: "blue" as const, stages: [] });
const lens = { key: "six_steps", name: "Six steps", steps: [step("provided", "Provided"), step("paid", "Paid")] };

test("a link of the ring is part of the address of a table of customers, and of no other table", () => {
  expect(customersSearch({ moved, sort: "name" })).toEqual({ moved, sort: "name" });
  expect(tableSearch({ moved })).toEqual({});
});

test("a question about moves that was cut or tampered with is left out", () => {
  const { to: _to, ...cut } = moved;
  for (const broken of [
    "x",
    5,
    null,
    [],
    {},
    cut,
    { ...moved, lens: 7 },
    { ...moved, from: "a'b" },
    { ...moved, since: "soon" },
    { ...moved, until: "2026-99-99T00:00:00Z" },
  ])
    // prettier-ignore
    expect(customersSearch({ moved: broken })).toEqual({});
  expect(customersSearch({ moved: { ...moved, more: 1 } })).toEqual({ moved });
  const flowed = { stood: "active", stands: "at_risk", since: ago(90), until: ago(0) };
  expect(customersSearch({ moved: { ...flowed, more: 1 } })).toEqual({ moved: flowed });
  expect(customersSearch({ moved: { ...flowed, stands: 7 } })).toEqual({});
});

test("the chip speaks the words of the lens and of the period", () => {
  expect(movedWords(moved, lens, now)).toBe("moved from Provided to Paid in 1 year");
  expect(movedWords({ ...moved, since: ago(30) }, lens, now)).toBe("moved from Provided to Paid in 30 days");
  expect(movedWords({ ...moved, since: "1990-01-01T00:00:00.000Z" }, lens, now)).toBe("moved from Provided to Paid so far"); // prettier-ignore
  const flowed = { stood: "active", stands: "at_risk", since: ago(90), until: ago(0) };
  expect(movedWords(flowed, undefined, now)).toBe("went from Active to At risk in 90 days");
  expect(movedWords({ ...flowed, stood: "unknown" }, undefined, now)).toBe("became known and At risk in 90 days");
  expect(movedWords({ ...flowed, stands: "active" }, undefined, now)).toBe("began and ended in Active in 90 days");
  const march = { ...moved, since: "2025-03-01T12:00:00Z", until: "2025-03-31T12:00:00Z" };
  expect(movedWords(march, lens, now)).toBe(
    `moved from Provided to Paid between ${date("2025-03-01")} and ${date("2025-03-31")}`,
  );
  expect(movedWords(moved, undefined, now)).toContain("from provided to paid");
});
