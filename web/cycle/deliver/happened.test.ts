import { expect, test } from "vitest";
import { happened } from "./happened.ts";
import type { Order } from "./told.ts";

const order: Order = {
  id: "o", number: "1042", contact_id: null, account_id: null, placed_at: "2026-03-01T10:00:00Z", created_at: "2026-03-01T10:00:00Z", status: "open",
  payment_status: "part_paid", return_status: "part", currency: "EUR", total: 2000, paid: 1500, refunded: 0, returned: 500, cancelled_at: null,
  cancel_reason: null, source: "by hand", fulfilment_status: "not_needed", promised_at: null, cancelled_total: 0, invoiced: 0, credited: 0, lines: [],
}; // prettier-ignore
const set = (set_id: string, at: string, action: string, fields: Record<string, [unknown, unknown]> | null, reason: string | null = null) => ({
  set_id, at, action, fields, reason, actor: { name: "Mira" },
}); // prettier-ignore

test("an order's story is told newest first, each part once", () => {
  const story = happened(
    order,
    [{ id: "p", number: "P1", kind: "payment", amount: 1500, currency: "EUR", method: "bank_transfer", reference: "RF18", received_at: "2026-03-02T10:00:00Z" }],
    [{ id: "r", number: "R1", returned_at: "2026-03-05T10:00:00Z", reason: "broken", currency: "EUR", total: 500, lines: [{ id: "l", description: "Jar", quantity: "1", total: 500 }] }],
    [
      set("s1", "2026-03-01T10:00:00Z", "created", {}),
      set("s2", "2026-03-03T10:00:00Z", "updated", { cancelled_at: [null, "x"] }, "wrong customer"),
      set("s3", "2026-03-04T10:00:00Z", "updated", { status: ["cancelled", "open"] }),
      set("s4", "2026-03-06T10:00:00Z", "updated", { version: [1, 2] }),
    ],
  ); // prettier-ignore
  expect(story.map((one) => [one.sentence, one.detail])).toEqual([
    ["Came back: 1 × Jar", "€5.00 · broken"],
    ["Opened again", "By Mira"],
    ["Cancelled: wrong customer", "By Mira"],
    ["€15.00 received", "Bank transfer · RF18"],
    ["Placed, €20.00", "By Mira"],
  ]);
});

test("an imported order says from which file it came", () => {
  expect(happened({ ...order, source: "online_retail.csv.gz" }, [], [], [])[0]?.detail).toBe(
    "From online_retail.csv.gz",
  );
});
