import { expect, test } from "vitest";
import { recordPath } from "./record.ts";

test("a fact leads to the record of its own noun first, then to another it names", () => {
  expect(recordPath("case.opened", { case_id: "c", order_id: "o" })).toBe("/cases/c");
  expect(recordPath("order.placed", { quote_id: "q", order_id: "o" })).toBe("/orders/o");
  expect(recordPath("payment.refunded", { payment_id: "p", order_id: "o" })).toBe("/orders/o");
  expect(recordPath("contact.created", { name: "Ana" })).toBeUndefined();
  // A survey asks many: its page is told whose answer one comes from.
  expect(recordPath("survey.answered", { survey_id: "s" }, "c")).toBe("/surveys/s?of=c");
  expect(recordPath("order.placed", { order_id: "o" }, "c")).toBe("/orders/o");
  expect(recordPath("task.done", { task_id: "../x?y" })).toBe("/tasks/..%2Fx%3Fy");
});
