import type { Page } from "playwright-core";
import { ask } from "./company.ts";
import { linkIn, type Post } from "./post.ts";
import type { Visit } from "./rondo.ts";

export const password = "seven blue kettles";
export const staff = {
  sara: { name: "Sara Lund", email: "sara@northwind.example", role: "owner" },
  mira: { name: "Mira Okafor", email: "mira@northwind.example", role: "agent" },
  jonas: { name: "Jonas Falk", email: "jonas@northwind.example", role: "agent" },
  tom: { name: "Tom Weber", email: "tom@northwind.example", role: "manager" },
} as const;
export type Colleague = keyof typeof staff;

const company = { company: "Northwind Goods", currency: "EUR", time_zone: "Europe/Berlin", lens: "seven_stages" };

/** Sets the company up and invites everybody; each works in a browser of their own. Answers their pages. */
export async function hire({ page, url, complaints }: Visit, mailbox: Post): Promise<Record<Colleague, Page>> {
  await page.goto(url);
  await ask(page, "POST /session/first-run", { ...company, ...staff.sara, password });
  const team: Partial<Record<Colleague, Page>> = { sara: page };
  for (const who of ["mira", "jonas", "tom"] as const) {
    const { email, role, name } = staff[who];
    await ask(page, "POST /invitations", { email, role });
    const token = linkIn(await mailbox.letterTo(email, "Northwind Goods"), "/").searchParams.get("token");
    const theirs = await (await page.context().browser()!.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" })).newPage(); // prettier-ignore
    listen(theirs, complaints);
    await theirs.goto(url);
    await ask(theirs, "POST /session/accept-invitation", { token, name, password });
    team[who] = theirs;
  }
  return team as Record<Colleague, Page>;
}

/** Keeps what this page's browser complains about. */
export function listen(page: Page, complaints: string[]): void {
  page.on("console", (m) => m.type() === "error" && complaints.push(`${page.url()}: ${m.text()}`));
  page.on("pageerror", (e) => complaints.push(`${page.url()}: ${e.message}`));
}

/** Somebody whose session ended while time passed signs in again; who is signed in still stays so. */
export async function signInAgain(page: Page, url: string, who: Colleague): Promise<void> {
  await page.goto(url);
  const address = page.getByLabel("E-mail");
  const inside = page.getByRole("link", { name: "My day" });
  await address.or(inside).first().waitFor();
  if (await inside.first().isVisible()) return;
  await address.fill(staff[who].email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await inside.first().waitFor();
}
