import { expect, test } from "vitest";
import { standing } from "./clock-words.ts";
import type { Target } from "./told.ts";

const now = new Date("2026-01-12T10:00:00Z");
const target = (more: Partial<Target>): Target => ({ id: "t", kind: "first_response", policy: "Normal", clock: "business", seconds: 3600, started_at: "2026-01-12T08:00:00Z", due_at: null, ended_at: null, outcome: null, late_by: null, ...more }); // prettier-ignore

test.each([
  [{ due_at: "2026-01-12T10:40:00Z" }, "due in 40 min", "red"],
  [{ due_at: "2026-01-12T15:00:00Z" }, "due in 5 h", "blue"],
  [{ due_at: "2026-01-12T09:30:00Z" }, "30 min late", "red"],
  [{}, "stands while we wait", "amber"],
  [{ outcome: "met" as const, ended_at: "2026-01-12T09:00:00Z" }, "in time", "green"],
  [{ outcome: "missed" as const, ended_at: "2026-01-12T09:00:00Z", late_by: 5400 }, "90 min late", "red"],
  [{ outcome: "missed" as const, ended_at: "2026-01-12T09:00:00Z", late_by: 0 }, "late", "red"],
  [{ outcome: "cancelled" as const, ended_at: "2026-01-12T09:00:00Z" }, "not owed any more", "gray"],
])("a target says how it stands: %o", (more, words, tone) => {
  expect(standing(target(more), now)).toEqual({ words, tone });
});
