import { expect, test } from "vitest";
import { cleaned, languages, type Company } from "./company.ts";

const northwind: Company = {
  name: "Northwind Goods",
  currency: "EUR",
  time_zone: "Europe/Berlin",
  locale: "de",
  lens: "seven_stages",
  version: 3,
  currency_locked: false,
};

test("spaces around a name do not count", () => {
  expect(cleaned({ ...northwind, name: " Northwind Goods " })).toEqual(northwind);
  expect(cleaned({ ...northwind, name: "Northwind ", locale: "de-AT" })).toEqual({ ...northwind, name: "Northwind", locale: "de-AT" }); // prettier-ignore
});

test("a way of writing that nobody thought of stays choosable, once", () => {
  expect(languages("rm-CH").filter((one) => one.value === "rm-CH")).toHaveLength(1);
  expect(languages("de").filter((one) => one.value === "de")).toHaveLength(1);
  expect(languages("de").find((one) => one.value === "de")?.label).toContain("1.234,50");
});
