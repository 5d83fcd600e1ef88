import { test } from "vitest";
import type { Page } from "playwright-core";
import { ask } from "./company.ts";
import { visit } from "./rondo.ts";

/*
 * An administrator makes a role in the browser and gives it to somebody whose pages are open in another one: what the role does not
 * reach is gone from them at once, without a reload.
 */
const owner = {
  name: "Mira Okafor",
  email: "mira@northwind.example",
  password: "seven blue kettles",
  company: "Northwind Goods",
  currency: "EUR",
  time_zone: "Europe/Berlin",
  lens: "seven_stages",
};

async function tomsBrowser(page: Page, url: string): Promise<{ context: ReturnType<Page["context"]>; id: string }> {
  const { link } = await ask<{ link: string }>(page, "POST /invitations", { email: "tom@northwind.example", role: "agent" }); // prettier-ignore
  const context = await page.context().browser()!.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" }); // prettier-ignore
  const door = await context.newPage();
  await door.goto(url);
  const token = new URL(link).searchParams.get("token");
  await ask(door, "POST /session/accept-invitation", { token, name: "Tom Weber", password: owner.password });
  const { person } = await ask<{ person: { id: string } }>(door, "GET /session");
  await door.close();
  return { context, id: person.id };
}

test("a role made and given in the browser holds at once on the open pages of whoever gets it", { timeout: 240_000 }, async () => {
  const { page, url, accessible } = await visit();
  await page.goto(url);
  await ask(page, "POST /session/first-run", owner);
  const tom = await tomsBrowser(page, url);
  const ana = await ask<{ id: string }>(page, "POST /contacts", { given_name: "Ana", family_name: "Ruiz", phone: "+49 30 5550142" }); // prettier-ignore
  await ask(page, "POST /opportunities", { name: "Jars for Kiel", owner_id: tom.id, contact_id: ana.id });
  await ask(page, "POST /opportunities", { name: "Lids for Bonn", contact_id: ana.id });
  // Tom's pages, as an agent who sees everything.
  const [person, deals] = [await tom.context.newPage(), await tom.context.newPage()];
  await person.goto(`${url}/contacts/${ana.id}`);
  await person.getByText("5550142").first().waitFor();
  await deals.goto(`${url}/opportunities/table`);
  await deals.getByText("Lids for Bonn").first().waitFor();

  // "Own deals only, no phone numbers".
  await page.goto(`${url}/settings/roles`);
  await page.getByRole("button", { name: "New role" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Own deals, no phones");
  await dialog.getByLabel("See Opportunities").selectOption("own");
  await dialog.getByLabel("Edit Opportunities").selectOption("own");
  await dialog.getByLabel("Fields of").selectOption("contacts");
  await dialog.getByRole("button", { name: "Choose fields" }).click();
  await dialog.getByLabel("Right to Phone").selectOption("none");
  await accessible("a new role");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("0 people").waitFor();
  await page.goto(`${url}/settings/people`);
  await page.getByLabel("Role of Tom Weber").selectOption({ label: "Own deals, no phones" });

  await deals.getByText("Lids for Bonn").first().waitFor({ state: "detached" });
  await deals.getByText("Jars for Kiel").first().waitFor();
  await person.getByText("5550142").first().waitFor({ state: "detached" });
  await person.getByRole("heading", { name: "Ana Ruiz" }).first().waitFor();
}); // prettier-ignore
