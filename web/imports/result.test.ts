import { expect, test } from "vitest";
import { headline, listOf } from "./result.ts";

const line = (key: string, count: number, amount?: number) => ({ key, label: key, count, ...(amount === undefined ? {} : { amount }) }); // prettier-ignore

test("the headline says what matters most about a file", () => {
  const first = {
    rows: 541_909,
    failed: 0,
    created: 20_000,
    lines: [line("orders", 18_440, 891_140_790), line("customers_new", 4_372)],
  };
  expect(headline(first)).toEqual({
    message: "{orders} orders worth {sum}, and {fresh} new customers",
    values: { orders: "18,440", sum: "€8,911,407.90", fresh: "4,372" },
  });
  expect(headline({ ...first, created: 0, lines: [line("orders", 0), line("already_here", 18_440)] }).message).toBe(
    "Everything in this file was here already; nothing changed",
  );
  expect(headline({ ...first, created: 0, lines: [line("orders", 0)] }).message).toBe(
    "Nothing new came out of this file",
  );
  expect(headline({ ...first, created: 7, lines: [line("contacts", 7)] })).toEqual({
    message: "{n} new records",
    values: { n: "7" },
  });
});

test("the list that opens after an import is that of what was imported", () => {
  const opens = (object: string, options = {}): string => listOf({ object, options });
  expect(["contacts", "orders", "custom/vehicles", "prices"].map((object) => opens(object))).toEqual(["/contacts", "/orders", "/custom/vehicles", "/price_lists"]); // prettier-ignore
  expect(opens("segment_members", { segment_id: "7" })).toBe("/segments/7");
});
