import { expect, test } from "vitest";
import { actWords, detailOf } from "./acts.ts";

test("an act says old and new, and leaves out what only a computer reads", () => {
  expect(detailOf({ currency: ["EUR", "GBP"], time_zone: ["UTC", "Europe/Berlin"] })).toBe(
    "currency: EUR → GBP · time zone: UTC → Europe/Berlin",
  );
  expect(detailOf({ key: "01a2030e-8a58-7015-9586-64da1a0dde88", name: "Web shop" })).toBe("name: Web shop");
  expect(detailOf({ deep: { a: 1 } })).toBe("deep: —");
});

test("an act of a later server is still told", () => {
  expect(actWords("key.created")).toBe("An API key was made");
  expect(actWords("robot.hired")).toBe("robot.hired");
});
