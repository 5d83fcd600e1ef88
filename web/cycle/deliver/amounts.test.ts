import { expect, test } from "vitest";
import { decimalText, less, lineTotal, plus, toCancel, toInvoice, toReturn, toShip, worthOf } from "./amounts.ts";

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

test("what comes back is worth its share of discount and tax, and parts of a line add up to it", () => {
  const line = { quantity: "3", unit_price: "10", discount: 300, tax: 513 };
  expect(worthOf(line, "3", "EUR")).toBe(3000 - 300 + 513);
  expect(worthOf(line, "1", "EUR")).toBe(1071);
  const odd = { quantity: "7", unit_price: "1.11", discount: 100, tax: 13 };
  const steps = ["1", "2.5", "3.5"].map((part, i, all) => {
    const before = all.slice(0, i).reduce(plus, "0");
    return worthOf(odd, plus(before, part), "EUR") - worthOf(odd, before, "EUR");
  });
  expect(steps.reduce((sum, one) => sum + one, 0)).toBe(worthOf(odd, "7", "EUR"));
  expect([worthOf(line, "x", "EUR"), worthOf({ ...line, quantity: "0" }, "1", "EUR")]).toEqual([0, 0]);
});

test("numbers are taken as they are written here and sent as the server reads them", () => {
  expect(decimalText("1,5", "de")).toBe("1.5");
  expect(decimalText("1.234,50", "de")).toBe("1234.5");
  expect(decimalText("0.000001", "en")).toBe("0.000001");
  expect([decimalText("-1", "en"), decimalText("", "en"), decimalText("two", "en"), decimalText("0.0000001", "en")]).toEqual([
    undefined, undefined, undefined, undefined,
  ]); // prettier-ignore
});

test("what is left of a line has no dust", () => {
  expect(less("3", "1")).toBe("2");
  expect(less("10", "0")).toBe("10");
  expect(less("2.5", "0.25")).toBe("2.25");
  expect(less("0.3", "0.1")).toBe("0.2");
  expect(less("100", "100")).toBe("0");
  expect(less("5", "1", "1.5")).toBe("2.5");
  expect(less("1", "2")).toBe("0");
});

test("what can be done with a line follows from its ledger", () => {
  const line = { quantity: "5", cancelled_quantity: "1", shipped_quantity: "2", returned_quantity: "1", invoiced_quantity: "2", ships: true };
  expect([toShip(line), toCancel(line), toInvoice(line), toReturn(line)]).toEqual(["2", "2", "1", "1"]);
  const advice = { ...line, shipped_quantity: "0", ships: false };
  expect([toShip(advice), toCancel(advice), toInvoice(advice), toReturn(advice)]).toEqual(["0", "3", "1", "3"]);
}); // prettier-ignore
