import { expect, test } from "vitest";
import type { Field } from "#records";
import { bootWith } from "../../kit/boot.ts";
import { sampleBoot } from "../../dev/sample.ts";
import { otherThan, sameAs } from "./cell.ts";
import { narrowed } from "./groups.ts";

bootWith({ ...sampleBoot(), workspace: { ...sampleBoot().workspace!, time_zone: "Europe/Berlin" } });
const field = (name: string, type: Field["type"]): Field => ({ name, label: name, type });

test("a cell filters by what it shows: a choice, nothing, a whole day on the company's clock, a custom value", () => {
  const record = { id: "1", stage: "won", note: "", at: "2026-03-28T23:30:00Z", paid: 0, custom: { tier: "gold" } };
  expect(sameAs(record, field("stage", "choice"))).toEqual({ field: "stage", op: "in", value: ["won"] });
  expect(sameAs(record, field("note", "text"))).toEqual({ field: "note", op: "is_empty" });
  expect(sameAs(record, field("paid", "money"))).toEqual({ field: "paid", op: "is", value: 0 });
  expect(sameAs(record, field("custom.tier", "text"))).toEqual({ field: "custom.tier", op: "is", value: "gold" });
  const day = sameAs(record, field("at", "datetime"));
  expect(day).toEqual({ all: [{ field: "at", op: "gte", value: "2026-03-28T23:00:00.000Z" }, { field: "at", op: "lt", value: "2026-03-29T22:00:00.000Z" }] }); // prettier-ignore
  expect(otherThan(day)).toEqual({ not: day });
  expect(otherThan({ field: "stage", op: "in", value: ["won"] })).toEqual({ field: "stage", op: "not_in", value: ["won"] }); // prettier-ignore
});

test("what is filtered by a cell must hold beside what was filtered before", () => {
  const a = { field: "a", op: "is_set" } as const;
  const b = { field: "b", op: "is_set" } as const;
  expect(narrowed(undefined, a)).toEqual(a);
  expect(narrowed({ any: [a, b] }, b)).toEqual({ all: [{ any: [a, b] }, b] });
});
