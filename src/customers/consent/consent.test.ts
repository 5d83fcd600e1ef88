import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx } from "#platform/context";
import { databaseForTest } from "../../../test/database.ts";
import {
  consentOf,
  consentsOfContact,
  contactType,
  logConsents,
  giveConsent,
  withdrawConsent,
  askConsent,
} from "../index.ts";
import { createRecord } from "#records";
import { consentsApi } from "./api.ts";
import { consentStatuses, type ConsentStatus } from "./purpose.ts";

const contactNamed = async (ctx: Ctx, name: string): Promise<string> =>
  (await createRecord(ctx, contactType, { name, email: `${name.toLowerCase()}@rivera.example` })).id;

const factsOf = async (ctx: Ctx, id: string): Promise<string[]> =>
  (await sql<{ name: string }>`select name from facts where contact_id = ${id} and name <> 'contact.created' order by seq`.execute(ctx.db)).rows.map((r) => r.name); // prettier-ignore

test("a yes keeps its words, where and when; a no counts from then on; both are facts", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const ana = await contactNamed(ctx, "Ana");
  const wording = "Send me the newsletter once a month.";
  await inTransaction(ctx, (tx) => giveConsent(tx, { contact_id: ana, purpose: "newsletter", wording, source: "Form “Newsletter”", ip: "192.0.2.7", user_agent: "Firefox" })); // prettier-ignore
  expect(await consentOf(ctx, [ana, newId()], "newsletter")).toEqual(new Map([[ana, "given"]]));
  const again = await inTransaction(ctx, (tx) => giveConsent(tx, { contact_id: ana, purpose: "newsletter", wording, source: "shop" })); // prettier-ignore
  expect(again).toEqual({ status: "given", fact_id: null });
  await inTransaction(ctx, (tx) => withdrawConsent(tx, { contact_id: ana, purpose: "newsletter", source: "link in a mail" })); // prettier-ignore
  expect(await factsOf(ctx, ana)).toEqual(["newsletter.subscribed", "newsletter.unsubscribed"]);
  const { items, log } = await consentsOfContact(ctx, ana);
  expect(items).toMatchObject([{ purpose: "newsletter", label: "Newsletter", status: "withdrawn", source: "link in a mail" }]); // prettier-ignore
  expect(log.map((l) => l.status)).toEqual(["withdrawn", "given", "given"]);
  expect(log[2]).toMatchObject({ wording, ip: "192.0.2.7", user_agent: "Firefox", by: "Mira Okafor" });
});

test("asking again does not undo a yes, and a question is no yes", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const bo = await contactNamed(ctx, "Bo");
  const said = { contact_id: bo, purpose: "newsletter" as const, source: "form" };
  expect((await inTransaction(ctx, (tx) => askConsent(tx, said)))?.status).toBe("pending");
  expect(await factsOf(ctx, bo)).toEqual([]);
  await inTransaction(ctx, (tx) => giveConsent(tx, said));
  expect((await inTransaction(ctx, (tx) => askConsent(tx, said)))?.status).toBe("given");
  await inTransaction(ctx, (tx) => withdrawConsent(tx, said));
  expect((await inTransaction(ctx, (tx) => askConsent(tx, said)))?.status).toBe("pending");
});

test("twenty who answer at once leave one truth and one fact for each change", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const ida = await contactNamed(ctx, "Ida");
  const said = { contact_id: ida, purpose: "surveys" as const, source: "form" };
  await Promise.all(Array.from({ length: 20 }, () => inTransaction(ctx, (tx) => giveConsent(tx, said))));
  expect(await factsOf(ctx, ida)).toEqual(["consent.given"]);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from consent_log`.execute(ctx.db);
  expect(rows[0]!.n).toBe(20);
});

test("whatever comes in whatever order, the status is the fold of the log", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const said = fc.record({ status: fc.constantFrom(...consentStatuses), minute: fc.integer({ min: 0, max: 50 }) });
  const foldOf = (all: readonly { status: ConsentStatus; minute: number }[]): ConsentStatus =>
    all.toSorted((a, b) => a.minute - b.minute).reduce<ConsentStatus>((now, { status }, i) =>
      status === "pending" && now === "given" && i > 0 ? now : status, "pending"); // prettier-ignore
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(said, { minLength: 1, maxLength: 8, selector: (s) => s.minute }), async (all) => {
      const contact_id = await contactNamed(ctx, `P${newId()}`);
      const start = Date.now() - 86_400_000;
      for (const { status, minute } of all)
        await inTransaction(ctx, (tx) => logConsents(tx, status, [{ contact_id, purpose: "offers", source: "x", at: new Date(start + minute * 60_000) }])); // prettier-ignore
      expect((await consentOf(ctx, [contact_id], "offers")).get(contact_id)).toBe(foldOf(all));
    }),
    { numRuns: 40 },
  );
});

test("by hand needs a reason and somebody who is there", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("agent");
  const priya = await contactNamed(ctx, "Priya");
  const input = consentsApi.say.input;
  expect(input.safeParse({ id: priya, purpose: "newsletter", status: "given", reason: " " }).success).toBe(false);
  expect(input.safeParse({ id: priya, purpose: "horoscopes", status: "given", reason: "told me" }).success).toBe(false);
  const asked = input.parse({ id: priya, purpose: "newsletter", status: "given", reason: "Said so at the fair." });
  const { items } = await consentsApi.say.run(ctx, asked);
  expect(items).toMatchObject([{ status: "given", evidence: "Said so at the fair.", source: "by hand" }]);
  await expect(consentsApi.say.run(ctx, { ...asked, id: newId() })).rejects.toThrow("no such contact");
});
