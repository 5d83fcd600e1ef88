import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ask, begun } from "./company.ts";

const shots = process.env["SHOTS"];

test("a file comes in by a saved mapping, changes whom it names, is taken back, and a filtered view leaves as a file", async () => {
  const { page, url, complaints, accessible } = await begun();
  const folder = mkdtempSync(join(tmpdir(), "rondo-moving-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const shot = async (name: string): Promise<void> => {
    if (!shots) return;
    await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.screenshot({ path: `${shots}/${name}-360.png`, fullPage: true });
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  const bring = async (name: string, text: string): Promise<void> => {
    writeFileSync(join(folder, name), text);
    await page.goto(`${url}/import`);
    await page.getByText("can be imported; what yours holds is guessed").waitFor();
    await page.locator("input[type=file]").setInputFiles(join(folder, name));
    await page.getByText("Which column is what").waitFor();
  };
  await page.goto(url);

  // Headers that nobody could guess: the saved mapping knows them.
  const mapping = { Wer: { field: "name" }, Anschrift: { field: "email" }, Ort: { field: "city" } };
  await ask(page, "POST /import-mappings", { object: "contacts", name: "Trade fair", columns: ["Wer", "Anschrift", "Ort"], mapping, options: { match: "email" } }); // prettier-ignore
  await bring("contacts.csv", "Wer,Anschrift,Ort\nAna Ruiz,ana@initech.example,Austin\nBo Lind,bo@vertex.example,Berlin\n=SUM(A1),sum@vertex.example,Berlin\n"); // prettier-ignore
  await page.getByRole("combobox", { name: "Saved mapping" }).waitFor();
  await accessible("the columns with a saved mapping");
  await shot("mapping");
  await page.getByRole("button", { name: /^Import/ }).click();
  await page.getByText("3 new records").waitFor({ timeout: 30_000 });

  await bring(
    "contacts.csv",
    "Wer,Anschrift,Ort\nAna Ruiz,ana@initech.example,Leeds\nCleo Okafor,cleo@kim.example,Leeds\n",
  );
  await page.getByRole("button", { name: /^Import/ }).click();
  await page.getByText("1 new records").waitFor({ timeout: 30_000 });
  await accessible("the result of an import");
  await shot("result");
  await page.getByRole("button", { name: "Undo this import" }).click();
  await page.getByText("This import is taken back").waitFor({ timeout: 30_000 });
  const cities = await ask<{ items: { name: string; city: string }[] }>(page, "GET /contacts?sort=name");
  expect(cities.items.map((c) => [c.name, c.city])).toEqual([["=SUM(A1)", "Berlin"], ["Ana Ruiz", "Austin"], ["Bo Lind", "Berlin"]]); // prettier-ignore

  const filter = JSON.stringify({ field: "city", op: "is", value: "Berlin" });
  await page.goto(`${url}/contacts?filter=${encodeURIComponent(filter)}&sort=name`);
  await page.getByRole("gridcell", { name: "Bo Lind" }).first().waitFor();
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByText("2 records, as this view filters and sorts them").waitFor();
  await accessible("the export of a view");
  await shot("export");
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  const file = join(folder, "out.csv");
  const download = await coming;
  await download.saveAs(file);
  expect(download.suggestedFilename()).toMatch(/^Contacts \d{4}-\d\d-\d\d\.csv$/);
  const [head, ...lines] = readFileSync(file, "utf8").trimEnd().split("\r\n");
  expect(head).toMatch(/^\ufeffName,Account,E-mail,/);
  expect(lines.map((line) => line.split(",")[0])).toEqual(["'=SUM(A1)", "Bo Lind"]);

  await page.goto(`${url}/settings/whole`);
  await page.getByRole("link", { name: "Download the file" }).waitFor();
  await accessible("the whole company as a file");
  await shot("whole");
  expect(complaints).toEqual([]);
}, 120_000);
