import { expect, test } from "vitest";
import { ask, begun } from "./company.ts";

const shots = process.env.RONDO_SHOTS;

test("a name typed wrong is found; a double is hinted at, merged field by field by keyboard, and comes back", async () => {
  const { page, url, complaints, accessible } = await begun();
  const shot = async (name: string) => void (shots && (await page.screenshot({ path: `${shots}/${name}.png` })));
  const marta = await ask<{ id: string }>(page, "POST /contacts", {
    name: "Marta Kowalczyk",
    phone: "030 5550142",
    city: "Berlin",
  });
  const double = await ask<{ id: string }>(page, "POST /contacts", {
    name: "Martha Kowalczyk",
    phone: "+49 30 555-0142",
    city: "Potsdam",
    job_title: "Buyer",
  });

  await page.goto(`${url}/contacts`);
  await page.getByText("Martha Kowalczyk").first().waitFor();
  await page.keyboard.press("c");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("M. Kowalczyk");
  await page.getByLabel("Phone").fill("0049 30 5550142");
  await page.getByText("There already, perhaps:").waitFor();
  await shot("hint");
  await accessible("a new contact who is there already");
  await page.getByRole("button", { name: "Discard" }).click();

  // The words that help against slips are read every ten seconds.
  await page.keyboard.press("Control+k");
  const box = page.getByRole("textbox", { name: "Search, go to or do" });
  const found = page.getByRole("button", { name: /Marta Kowalczyk.*spelled alike/ }).first();
  await expect
    .poll(
      async () => {
        await box.fill("");
        await box.fill("kowlaczyk");
        return found.waitFor({ timeout: 1500 }).then(() => true, () => false); // prettier-ignore
      },
      { timeout: 40_000 },
    )
    .toBe(true);
  await shot("palette");
  await page.keyboard.press("Escape");

  await page.goto(`${url}/contacts/duplicates`);
  await page.getByText("Same phone number, names alike").first().waitFor();
  await page.getByRole("radio", { name: "City: Potsdam" }).check();
  await shot("pair");
  await accessible("a pair of duplicates");
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await shot("pair-phone");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("radio", { name: "City: Potsdam" }).blur();
  await page.keyboard.press("m");
  await page.getByText("Martha Kowalczyk was merged into Marta Kowalczyk").first().waitFor();
  expect(await ask(page, `GET /contacts/${marta.id}`)).toMatchObject({
    name: "Marta Kowalczyk",
    city: "Potsdam",
    job_title: "Buyer",
  });
  await page.getByRole("button", { name: "Undo" }).last().click();
  await page
    .getByText(/^Taken back:/)
    .first()
    .waitFor();
  expect(await ask(page, `GET /contacts/${marta.id}`)).toMatchObject({ city: "Berlin", job_title: null });

  // An old link leads to the one that stayed.
  await ask(page, `POST /contacts/${marta.id}/merge`, { losers: [double.id] });
  await page.goto(`${url}/contacts/${double.id}`);
  await page.waitForURL(`**/contacts/${marta.id}*`);
  expect(complaints).toEqual([]);
});
