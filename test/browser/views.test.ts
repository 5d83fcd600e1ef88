import { expect, test } from "vitest";
import { ask, begun } from "./company.ts";

const shots = process.env["SHOTS"] ?? "/tmp";

test(
  "a list is looked at in ways of one's own, by keyboard: filtered with a fact in a group, counted, saved, reset, in groups, as a board and a calendar",
  { timeout: 240_000 },
  async () => {
    const { page, url, complaints, accessible } = await begun();
    for (const [i, country] of ["DE", "DE", "FR", "US"].entries())
      await ask(page, "POST /contacts", { name: `Person ${i}`, country });

    // Nested: lives in Germany, or (never ordered and lives in France); built with Tab, arrows, Enter and letters alone.
    await page.goto(`${url}/contacts`);
    await page.getByText("Person 3").first().waitFor();
    await page.keyboard.press("Shift+F");
    const builder = page.getByRole("dialog", { name: "Filter contacts" });
    await builder.getByLabel("Field").focus();
    await builder.getByLabel("Field").selectOption("country");
    await builder.getByRole("combobox", { name: "Country" }).focus();
    await page.keyboard.type("Germ");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await builder.getByText("2 contacts").waitFor();
    await builder.getByLabel("Which must hold").selectOption("any");
    await builder.getByRole("button", { name: "Add a condition" }).press("Enter");
    await page.getByRole("menuitem", { name: "A group" }).press("Enter");
    const inner = builder.getByRole("group", { name: "Conditions" }).nth(1);
    await inner.getByLabel("Which must hold").selectOption("all");
    await inner.getByLabel("How often").selectOption("never");
    await inner.getByRole("button", { name: "Add a condition" }).press("Enter");
    await page.getByRole("menuitem", { name: "A field" }).press("Enter");
    await builder.getByText("4 contacts").waitFor();
    await inner.getByLabel("Field").selectOption("country");
    await inner.getByRole("combobox", { name: "Country" }).focus();
    await page.keyboard.type("Fran");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await builder.getByText("3 contacts").waitFor();
    await page.keyboard.press("Escape");
    await accessible("the builder");
    await page.screenshot({ path: `${shots}/views-builder.png` });
    await builder.getByRole("button", { name: "Filter", exact: true }).press("Enter");
    await page.getByRole("row").filter({ hasText: "Person 3" }).waitFor({ state: "detached" });

    const views = page.getByRole("navigation", { name: "Views" });
    await page.keyboard.press("Control+s");
    await page.getByRole("dialog", { name: "Save as a view" }).getByLabel("Name").fill("Germans and French");
    await page.keyboard.press("Enter");
    await views.getByRole("button", { name: "Germans and French" }).waitFor();
    await page.getByText("Not saved").waitFor({ state: "detached" });
    const address = page.url();
    expect(address).toMatch(/\?view=[0-9a-f-]{36}$/);

    // Another order is not saved, and says so; Shift R puts it back.
    await page.goto(`${address}&sort=-name`);
    await page.getByText("Not saved").waitFor();
    await accessible("a view that deviates");
    await page.screenshot({ path: `${shots}/views-deviates.png` });
    await page.keyboard.press("Shift+R");
    await page.waitForURL(address);
    await page.getByText("Not saved").waitFor({ state: "detached" });

    // A look at the side says why somebody is here; a cell narrows the list to its like.
    const grid = page.getByRole("grid", { name: "Contacts" });
    await grid.getByRole("gridcell").filter({ hasText: "Person 2" }).first().click();
    await page.getByRole("button", { name: "Why is it here?" }).press("Enter");
    await page.getByText("It meets the filter.").waitFor();
    await page.getByText("Country is one of France: yes (France)").waitFor();
    await page.screenshot({ path: `${shots}/views-why.png` });
    await page.keyboard.press("Escape");
    await grid.focus();
    await page.keyboard.press("Alt+Enter");
    await page.getByRole("menuitem", { name: "Name is Person 2", exact: true }).press("Enter");
    await page.getByRole("row").filter({ hasText: "Person 1" }).waitFor({ state: "detached" });
    await page.getByText("Not saved").waitFor();

    // In groups: two live in Germany, one in France.
    await page.goto(address);
    await page.getByLabel("Group by").selectOption("country");
    const germany = page.getByRole("button", { name: /^Germany 2/ });
    await germany.waitFor();
    await page.getByRole("grid", { name: "Germany" }).getByText("Person 1").waitFor();
    await germany.press("Enter");
    await page.getByRole("grid", { name: "Germany" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Unfold all" }).press("Enter");
    await page.getByRole("grid", { name: "France" }).getByText("Person 2").waitFor();
    await accessible("groups");
    await page.screenshot({ path: `${shots}/views-groups.png` });

    // Tasks as a board by kind, moved by keys and taken back.
    const noon = `${new Date().toISOString().slice(0, 8)}15T11:00:00Z`;
    for (const [i, kind] of ["call", "call", "mail"].entries())
      await ask(page, "POST /tasks", { title: `Task ${i}`, kind, due_at: noon });
    await page.goto(`${url}/tasks?whose=all`);
    await page.getByText("Task 2").first().waitFor();
    await page.getByText("Board", { exact: true }).click();
    const column = (name: string) => page.locator(".board-column").filter({ has: page.getByRole("heading", { name }) });
    await column("Call").getByText("Task 1").waitFor();
    await page.locator("[data-card] .board-card-link").filter({ hasText: "Task 1" }).focus();
    await page.keyboard.press("Alt+ArrowRight");
    await column("Mail").getByText("Task 1").waitFor();
    await page.getByText("Task 1 moved to Mail").first().waitFor();
    await accessible("a board of tasks");
    await page.screenshot({ path: `${shots}/views-board.png` });
    await page.keyboard.press("Control+z");
    await column("Call").getByText("Task 1").waitFor();
    await page.waitForTimeout(300);
    await page.locator("[data-card]").filter({ hasText: "Task 0" }).dragTo(column("Meeting"));
    await column("Meeting").getByText("Task 0").waitFor();
    await page.getByText("Task 0 moved to Meeting").first().waitFor();

    // As a calendar: moved a day on by keys, the time of day kept.
    await page.getByText("Calendar", { exact: true }).click();
    await page.getByLabel("Days by").selectOption("due_at");
    const entry = page.locator(".calendar-entry").filter({ hasText: "Task 2" });
    await entry.focus();
    await page.keyboard.press("Alt+ArrowRight");
    await page.locator(`[data-day$="-16"] .calendar-entry`).filter({ hasText: "Task 2" }).waitFor();
    await page
      .getByText(/Task 2 moved to/)
      .first()
      .waitFor();
    const due = async () =>
      (await ask<{ items: { due_at: string }[] }>(page, "GET /tasks?q=Task%202")).items[0]?.due_at;
    await expect.poll(due, { timeout: 15_000 }).toMatch(/-16T11:00:00/);
    await accessible("a calendar of tasks");
    await page.screenshot({ path: `${shots}/views-calendar.png` });

    // An object made here has the same: a board by its choice, a calendar by its day, a view that is shared with a team.
    await ask(page, "POST /custom-objects", { label: "Van", label_plural: "Vans" });
    const vans = "custom/vans";
    const states = ["In use", "In repair"];
    await ask(page, "POST /custom-fields", { object: vans, type: "choice", label: "State", choices: states.map((label) => ({ label })) }); // prettier-ignore
    await ask(page, "POST /custom-fields", { object: vans, type: "date", label: "Service" });
    for (const i of [1, 2])
      await ask(page, `POST /${vans}`, { name: `Van ${i}`, custom: { state: "In use", service: noon.slice(0, 10) } });
    const { id: team } = await ask<{ id: string }>(page, "POST /teams", { name: "Workshop", people: [] });
    await page.goto(`${url}/${vans}`);
    await page.getByRole("gridcell", { name: "In use" }).first().waitFor();
    await page.getByText("Board", { exact: true }).click();
    await column("In use").getByText("Van 1").waitFor();
    await page.locator("[data-card] .board-card-link").filter({ hasText: "Van 1" }).focus();
    await page.keyboard.press("Alt+ArrowRight");
    await column("In repair").getByText("Van 1").waitFor();
    await accessible("a board of an object made here");
    await page.screenshot({ path: `${shots}/views-own-board.png` });
    await page.getByText("Calendar", { exact: true }).click();
    const van = page.locator(".calendar-entry").filter({ hasText: "Van 2" });
    await van.focus();
    await page.keyboard.press("Alt+ArrowRight");
    await page.locator(`[data-day$="-16"] .calendar-entry`).filter({ hasText: "Van 2" }).waitFor();
    await accessible("a calendar of an object made here");
    const driven = async () => (await ask<{ items: { name: string; custom: object }[] }>(page, `GET /${vans}?sort=name`)).items.map((one) => one.custom); // prettier-ignore
    await expect.poll(driven, { timeout: 15_000 }).toMatchObject([{ state: "In repair" }, { service: expect.stringMatching(/-16$/) as unknown }]); // prettier-ignore
    await page.keyboard.press("Control+s");
    await page.getByRole("dialog", { name: "Save as a view" }).getByLabel("Name").fill("Services");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "More about the view Services" }).press("Enter");
    await page.getByRole("menuitem", { name: "Share with people and teams…" }).press("Enter");
    const share = page.getByRole("dialog", { name: "Share Services" });
    await share.getByText("Nobody else sees it yet.").waitFor();
    await page.keyboard.type("Work");
    await page.getByRole("option", { name: "Workshop" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await share.getByRole("button", { name: "Add" }).press("Enter");
    await share.getByLabel("What Workshop may do").selectOption("edit");
    await accessible("sharing a view");
    await page.screenshot({ path: `${shots}/views-share.png` });
    await share.getByRole("button", { name: "Save" }).press("Enter");
    await page.getByText("Sharing of Services changed").waitFor();
    const [services] = (await ask<{ items: { id: string; name: string }[] }>(page, `GET /views?object=${vans}`)).items;
    expect(await ask(page, `GET /views/${services!.id}/shares`)).toMatchObject({ shares: [{ team_id: team, can_edit: true }] }); // prettier-ignore

    await page.setViewportSize({ width: 360, height: 780 });
    await page.emulateMedia({ colorScheme: "dark" });
    await accessible("a calendar, dark, 360 px");
    await page.screenshot({ path: `${shots}/views-calendar-dark.png` });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.goto(`${address}&sort=-name&group=country`);
    await page.getByText("Not saved").waitFor();
    await page.getByRole("button", { name: /^Germany 2/ }).waitFor();
    await accessible("a view in groups, dark, 360 px");
    await page.screenshot({ path: `${shots}/views-dark.png` });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(complaints).toEqual([]);
  },
);
