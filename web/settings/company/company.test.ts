import { expect, test } from "vitest";
import { changesOf, languages, type Company } from "./company.ts";

const northwind: Company = {
  name: "Northwind Goods",
  currency: "EUR",
  time_zone: "Europe/Berlin",
  locale: "de",
  lens: "seven_stages",
  version: 3,
  currency_locked: false,
};

test("only what differs is sent, and spaces around a name do not count", () => {
  expect(changesOf(northwind, { ...northwind, name: " Northwind Goods " })).toEqual({});
  expect(changesOf(northwind, { ...northwind, name: "Northwind ", locale: "de-AT" })).toEqual({
    name: "Northwind",
    locale: "de-AT",
  });
});

test("a way of writing that nobody thought of stays choosable, once", () => {
  expect(languages("rm-CH").filter((one) => one.value === "rm-CH")).toHaveLength(1);
  expect(languages("de").filter((one) => one.value === "de")).toHaveLength(1);
  expect(languages("de").find((one) => one.value === "de")?.label).toContain("1.234,50");
});
