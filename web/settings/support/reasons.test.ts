import { expect, test } from "vitest";
import type { Reason } from "#records";
import { movedBy } from "./reasons.ts";

const reason = (id: string, parent_id: string | null): Reason => ({ id, label: id, applies_to: ["case"], parent_id, parent: parent_id, position: 0, active: true, version: 1 }); // prettier-ignore
const all = [reason("a", null), reason("a1", "a"), reason("a2", "a"), reason("b", null)];

test("a reason moves within its group, and stops at its ends", () => {
  expect(movedBy(all, "a2", -1)).toEqual(["a2", "a1"]);
  expect(movedBy(all, "a", 1)).toEqual(["b", "a"]);
  expect(movedBy(all, "a1", -1)).toBeNull();
  expect(movedBy(all, "gone", 1)).toBeNull();
});
