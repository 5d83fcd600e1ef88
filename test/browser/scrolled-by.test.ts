import { expect, test } from "vitest";
import { begun } from "./company.ts";
import { meterOf, painted, scrollToEnd } from "./figures.ts";

const limit = 15; // MB (research/frontend.md section 8)

test("100,000 rows scrolled by leave little behind", { timeout: 300_000 }, async () => {
  const { page, url } = await begun();
  const meter = await meterOf(page);
  // A low window and one column: what is measured is the list, not the painting of it.
  await page.setViewportSize({ width: 500, height: 240 });
  await page.evaluate(() => localStorage.setItem("rondo.columns.contacts", JSON.stringify({ cols: ["name"] })));
  await page.goto(`${url}/dev/kit/table?rows=100000`);
  await painted(page, ".row[data-i='0'] bdi");
  const before = await meter.heap();
  await scrollToEnd(page, 100_000);
  expect((await meter.heap()) - before).toBeLessThanOrEqual(limit);
});
