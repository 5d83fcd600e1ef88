import { expect, test } from "vitest";
import { readMoney, readNumber, writeMoney } from "./numbers.ts";
import { instantOf, wallClock } from "./zoned.ts";

test("numbers are read as their country writes them", () => {
  expect(readNumber("1,234.5", "en")).toBe(1234.5);
  expect(readNumber("1.234,5", "de")).toBe(1234.5);
  expect(readNumber("1 234,5", "fr")).toBe(1234.5);
  expect(readNumber("-7", "en")).toBe(-7);
});

test("what could mean two things is no number", () => {
  expect(readNumber("1,5", "en")).toBeUndefined();
  expect(readNumber("12,34,56", "en")).toBeUndefined();
  expect(readNumber("3 apples", "en")).toBeUndefined();
  expect(readNumber("", "en")).toBeUndefined();
});

test("money becomes whole minor units of its currency", () => {
  expect(readMoney("1.005", "EUR", "en")).toBe(101);
  expect(readMoney("19.99", "EUR", "en")).toBe(1999);
  expect(readMoney("1500", "JPY", "en")).toBe(1500);
  expect(readMoney("99999999999999999", "EUR", "en")).toBeUndefined();
  expect(writeMoney(123450, "EUR", "de")).toBe("1234,50");
});

test("a time is meant in the company's zone, summer or winter", () => {
  expect(instantOf("2026-01-15T12:00", "Europe/Berlin")).toBe("2026-01-15T11:00:00.000Z");
  expect(instantOf("2026-07-15T12:00", "Europe/Berlin")).toBe("2026-07-15T10:00:00.000Z");
  expect(instantOf("2026-03-29T03:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
  expect(instantOf("2026-03-08T12:00", "America/New_York")).toBe("2026-03-08T16:00:00.000Z");
  expect(wallClock("2026-07-15T10:00:00Z", "Europe/Berlin")).toBe("2026-07-15T12:00");
});

test("the hour that spring skips does not stay in the past", () => {
  expect(wallClock(instantOf("2026-03-29T02:30", "Europe/Berlin"), "Europe/Berlin")).toBe("2026-03-29T03:30");
});
