import { expect, test } from "vitest";
import { currencyHere } from "./here.ts";

test.each([
  ["en-US", "USD"],
  ["de", "EUR"],
  ["de-CH", "CHF"],
  ["en-US@posix", "USD"],
  ["c", "EUR"],
  ["", "EUR"],
])("a browser that says %j is offered %s", (tag, currency) => {
  expect(currencyHere(tag)).toBe(currency);
});
