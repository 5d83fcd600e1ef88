import { expect, test } from "vitest";
import { decimalText, leftOf, lineTotal } from "./amounts.ts";

test("a line is counted exactly and rounded once, half up, in the currency's own coins", () => {
  expect(lineTotal("3", "0.10", "EUR")).toBe(30);
  expect(lineTotal("1", "0.005", "EUR")).toBe(1);
  expect(lineTotal("3", "0.335", "EUR")).toBe(101);
  expect(lineTotal("1.5", "1000", "JPY")).toBe(1500);
  expect(lineTotal("2", "0.0005", "BHD")).toBe(1);
  expect(lineTotal("9999999999999", "9999999999999", "EUR")).toBeUndefined();
  expect(lineTotal("x", "1", "EUR")).toBeUndefined();
  expect(lineTotal("1", undefined, "EUR")).toBeUndefined();
});

test("numbers are taken as they are written here and sent as the server reads them", () => {
  expect(decimalText("1,5", "de")).toBe("1.5");
  expect(decimalText("1.234,50", "de")).toBe("1234.5");
  expect(decimalText("0.000001", "en")).toBe("0.000001");
  expect([decimalText("-1", "en"), decimalText("", "en"), decimalText("two", "en"), decimalText("0.0000001", "en")]).toEqual([
    undefined, undefined, undefined, undefined,
  ]); // prettier-ignore
});

test("what can still come back of a line has no dust", () => {
  expect(leftOf("3", "1")).toBe("2");
  expect(leftOf("10", "0")).toBe("10");
  expect(leftOf("2.5", "0.25")).toBe("2.25");
  expect(leftOf("0.3", "0.1")).toBe("0.2");
  expect(leftOf("100", "100")).toBe("0");
});
