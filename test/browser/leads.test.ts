import { expect, test } from "vitest";
import { ask, begun } from "./company.ts";

const shots = process.env["SHOTS"];
test(
  "somebody who asked is answered, qualified, converted and taken back by keys alone; notes and tasks are written in place",
  { timeout: 240_000 },
  async () => {
    const { page, url, complaints, accessible: check } = await begun();
    // Colours fade for a moment when a button becomes ready.
    const accessible = (where: string): Promise<void> => page.waitForTimeout(300).then(() => check(where));
    const shot = async (name: string): Promise<void> =>
      void (shots && (await page.screenshot({ path: `${shots}/${name}.png` })));
    const cleo = await ask<{ id: string }>(page, "POST /contacts", { name: "Cleo Okafor", email: "cleo@kim.example", job_title: "Founder" }); // prettier-ignore
    const lead = await ask<{ id: string; contact_id: string }>(page, "POST /leads", { contact_id: cleo.id, source: "Ask for a demo", interest: "Ask for a demo", message: "Could you show me the 500 ml jars?" }); // prettier-ignore
    await ask(page, "POST /leads", { person: { name: "Bo Lind" }, source: "a fair" });

    await page.goto(`${url}/leads?which=answer&sort=first_response_due`);
    await page.getByRole("gridcell").filter({ hasText: "Cleo Okafor" }).first().click();
    await page.keyboard.press("Space");
    await page.getByText("decides or buys").waitFor();
    await accessible("leads with a look at one");
    await shot("leads");

    await page.keyboard.press("e");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("How").selectOption("call");
    await accessible("answer");
    await shot("answer");
    await dialog.getByRole("button", { name: "Answered" }).click();
    await page.getByText("Cleo Okafor was answered").waitFor();

    await page.goto(`${url}/leads/${lead.id}`);
    await page.getByText("Contacted").first().waitFor();
    await page.keyboard.press("q");
    await page.getByText("Cleo Okafor is qualified").waitFor();
    await page.keyboard.press("x");
    await dialog.getByText("Set Cleo Okafor aside").waitFor();
    await accessible("set aside");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await accessible("lead");
    await shot("lead");
    await page.keyboard.press("v");
    await dialog.getByText(/The account Kim \(kim.example\) is made/).waitFor();
    await accessible("convert");
    await shot("convert");
    await dialog.getByRole("button", { name: "Convert" }).click();
    await page.waitForURL(/\/opportunities\/.+/);
    await page.getByText("Cleo Okafor became an opportunity").waitFor();
    await page.keyboard.press("Control+z");
    await page.waitForURL(/\/leads\/.+/);
    await page.getByRole("button", { name: "Convert" }).waitFor();

    await page.goto(`${url}/contacts/${lead.contact_id}`);
    await page.getByRole("tab", { name: "Write a note…" }).click();
    await page.getByRole("textbox", { name: "Note" }).fill("Wants to see the lids, too.");
    await accessible("a note in place");
    await page.keyboard.press("Control+Enter");
    await page.getByText("note: Wants to see the lids, too.").first().waitFor();
    await page.keyboard.press("t");
    await page.getByLabel("What should be done").fill("Send sample lids");
    await page.getByRole("button", { name: "Open the task" }).click();
    await page.getByText("task “Send sample lids”").first().waitFor();
    await accessible("customer with lead, tasks and notes");
    await shot("customer");

    await page.goto(`${url}/tasks`);
    await page.getByRole("gridcell").filter({ hasText: "Send sample lids" }).first().click();
    await page.keyboard.press("Space");
    await page.getByText("Mira Okafor").first().waitFor();
    await accessible("tasks with a look at one");
    await shot("tasks");
    await page.keyboard.press("e");
    await page.getByText("“Send sample lids” is done").waitFor();

    await page.goto(`${url}/settings/lead-score`);
    await page.getByRole("button", { name: "Edit decides or buys" }).click();
    await page.getByLabel("Points", { exact: true }).fill("40");
    await accessible("a rule of the score");
    await page.getByRole("button", { name: "Keep" }).click();
    await page.getByRole("button", { name: "Preview" }).click();
    await page.getByText(/\+\d+ \/ −\d+ would be above 50/).waitFor();
    await accessible("what rules would do");
    await shot("score");
    await page.goto(`${url}/settings/leads`);
    await page.getByLabel("Somebody answered").fill("In conversation");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Changed how leads are worked").waitFor();
    await accessible("settings of leads");
    await shot("lead-settings");

    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 780 });
    for (const [path, words] of [[`/leads/${lead.id}`, "What they wrote"], [`/contacts/${lead.contact_id}`, "Write a note…"], ["/leads", "Bo Lind"]] as const) {
      await page.goto(`${url}${path}`);
      await page.getByText(words).first().waitFor();
      await accessible(`${path}, dark, 360 px`);
      await shot(`dark${path.split("/")[1]}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360);
    }
    expect(complaints).toEqual([]);
  },
); // prettier-ignore
