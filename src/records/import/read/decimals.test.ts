import fc from "fast-check";
import { expect, test } from "vitest";
import { type DecimalStyle, decimalStyles, parseDecimal } from "./decimals.ts";

const marks: Record<DecimalStyle, [group: string, point: string]> = {
  "1,234.56": [",", "."],
  "1.234,56": [".", ","],
  "1 234,56": ["\u00a0", ","],
  "1'234.56": ["'", "."],
};

test("an exact number survives every style, grouped or not, however long", () => {
  const digits = fc.stringMatching(/^[1-9]\d{0,24}$/);
  const fraction = fc.stringMatching(/^\d{0,20}$/);
  const dress = fc.constantFrom(
    (n: string) => n,
    (n: string) => `£${n}`,
    (n: string) => `${n} €`,
    (n: string) => `USD ${n}`,
  );
  fc.assert(
    fc.property(
      digits,
      fraction,
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom(...decimalStyles),
      dress,
      (whole, part, grouped, negative, style, wear) => {
        const [group, point] = marks[style];
        const left = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, group) : whole;
        const text = `${negative ? "-" : ""}${wear(part === "" ? left : left + point + part)}`;
        expect(parseDecimal(text, style)).toMatchObject({
          value: `${negative ? "-" : ""}${part === "" ? whole : `${whole}.${part}`}`,
        });
      },
    ),
  );
});

test.each([
  ["(5.00)", "-5.00"],
  ["5.00-", "-5.00"],
  ["£-5", "-5"],
  ["-£1,234.5", "-1234.5"],
  ["(1,000.00 EUR)", "-1000.00"],
  ["\u22125", "-5"],
  ["+7", "7"],
  [".5", "0.5"],
  ["5.", "5"],
  ["007", "7"],
  ["-0.00", "0.00"],
  ["1.5E-5", "0.000015"],
  ["9.78e+12", "9780000000000"],
  ["12,34,567.8", "1234567.8"],
])("%s is %s", (text, value) => {
  expect(parseDecimal(text, "1,234.56")).toMatchObject({ value });
});

test("the currency written beside a number is handed on", () => {
  expect(parseDecimal("12,50 €", "1.234,56")).toEqual({ value: "12.50", unit: "€" });
  expect(parseDecimal("USD 3", "1,234.56")).toEqual({ value: "3", unit: "USD" });
});

test.each([
  "",
  "-",
  "abc",
  "1,23",
  "1,2345",
  "1.2.3",
  "--5",
  "(-5)",
  "5 5",
  "1e999",
  "£",
  "0x10",
  "٣",
  "NaN",
  "Infinity",
])("'%s' is no number", (text) => {
  expect(parseDecimal(text, "1,234.56")).toHaveProperty("problem");
});

test("the reason helps: another style, a percentage, too many digits", () => {
  const problem = (text: string) => {
    const read = parseDecimal(text, "1,234.56");
    return "problem" in read ? read.problem : undefined;
  };
  expect(problem("1.234,56")?.message).toBe("'1.234,56' is not a number written as 1,234.56; it looks like 1.234,56");
  expect(problem("19 %")?.code).toBe("percent");
  expect(problem("9".repeat(61))?.code).toBe("number-too-long");
  expect(problem("9".repeat(100_000))?.message.length).toBeLessThan(200);
});
