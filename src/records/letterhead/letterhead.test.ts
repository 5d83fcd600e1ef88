import { expect, test } from "vitest";
import { databaseForTest } from "../../../test/database.ts";
import { letterheadApi } from "./api.ts";
import { changeLetterhead, letterheadOf } from "./letterhead.ts";

test("Sara writes the letterhead; until then the company's name stands on paper", async () => {
  const ctx = (await databaseForTest()).ctx("admin");
  expect(await letterheadOf(ctx)).toMatchObject({ legal_name: "Northwind Goods", tax_rates: [], version: 1 });
  const { version, ...change } = letterheadApi.update.input.parse({
    version: 1,
    legal_name: " Northwind Goods GmbH ",
    tax_rates: [{ label: "VAT 19 %", percent: "19" }],
  });
  const now = await changeLetterhead(ctx, version, change);
  expect(now).toMatchObject({ legal_name: "Northwind Goods GmbH", tax_rates: [{ label: "VAT 19 %", percent: "19" }], version: 2 }); // prettier-ignore
  await expect(changeLetterhead(ctx, 1, { footer: "x" })).rejects.toMatchObject({ code: "letterhead.stale" });
  expect(await changeLetterhead(ctx, 2, { tax_rates: now.tax_rates })).toMatchObject({ version: 2 });
});

test("rates that are no rates are refused", () => {
  const rates = (...percents: string[]) =>
    letterheadApi.update.input.safeParse({
      version: 1,
      tax_rates: percents.map((percent) => ({ label: "VAT", percent })),
    }).success;
  expect(rates("19", "7", "0", "8.875")).toBe(true);
  for (const bad of [["19", "19.0"], ["-1"], ["101"], ["1e2"], ["x"], Array.from({ length: 13 }, (_, i) => `${i}`)])
    expect(rates(...bad), bad.join()).toBe(false);
});
