import { sql } from "kysely";
import { expect, test } from "vitest";
import { consentOf, consentsOfContact } from "#customers";
import type { Ctx } from "#platform/context";
import { updateRecord } from "#records";
import { databaseForTest } from "../../../../test/database.ts";
import { meet } from "../../../../test/world.ts";
import { formType } from "./form.ts";
import { acceptSpam } from "./not-spam.ts";
import { findForm, submissionsOf } from "./read.ts";
import { asked, makeForm, newsletterForm, tokenIn, visitor } from "./visiting-for-tests.ts";

const dayMs = 86_400_000;
const contacts = async (ctx: Ctx) => (await sql<{ id: string; name: string; email: string; phone: string | null; city: string | null; source: string }>`select * from contacts order by created_at`.execute(ctx.db)).rows; // prettier-ignore
const facts = async (ctx: Ctx) => (await sql<{ id: string; name: string; contact_id: string; caused_by: string | null; actor_kind: string; payload: Record<string, unknown> }>`select * from facts order by seq`.execute(ctx.db)).rows; // prettier-ignore

test("a stranger sends a form: she is a contact, it is a fact, and her consent counts once she clicked in the mail", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const id = await makeForm(ctx);
  const v = await visitor(t);
  const page = await v.open("/f/newsletter?utm_source=fair&utm_campaign=autumn", { referer: "https://blog.example/jars" }); // prettier-ignore
  expect(page.text).toContain("What do you preserve?");
  expect(page.text).toContain('name="utm_source" value="fair"');
  const stamp = /name="stamp" value="([^"]+)"/.exec(page.text)![1]!;
  v.wait(10_000);
  const sent = await v.send("/f/newsletter", { stamp, email: "Dora@Beans.example", name: "Dora Bean", city: "Leeds", wish: "Runner beans", consent_newsletter: "1", utm_source: "fair", utm_campaign: "autumn", referrer: "https://blog.example/jars" }); // prettier-ignore
  expect(sent).toMatchObject({ status: 303, location: "/p/000000000001/f/newsletter/thanks" });
  expect((await v.open("/f/newsletter/thanks")).text).toContain("Thanks for asking.");
  const [dora] = await contacts(ctx);
  expect(dora).toMatchObject({ name: "Dora Bean", email: "dora@beans.example", city: "Leeds", source: "Newsletter" });
  const submitted = (await facts(ctx)).find((f) => f.name === "form.submitted")!;
  const { items, counts } = await submissionsOf(ctx, id, { limit: 10 });
  expect(submitted).toMatchObject({ contact_id: dora!.id, actor_kind: "customer", payload: { form: "Newsletter", form_id: id, submission_id: items[0]!.id, opens_lead: false, source: "fair", message: "Runner beans" } }); // prettier-ignore
  expect(items[0]).toMatchObject({ contact: { title: "Dora Bean" }, verdict: "accepted", utm_campaign: "autumn", referrer: "https://blog.example/jars" }); // prettier-ignore
  expect(counts).toEqual({ accepted: 1, spam: 0, confirmed: 0 });
  expect((await consentOf(ctx, [dora!.id], "newsletter")).get(dora!.id)).toBe("pending");
  const [mail] = await asked(ctx);
  expect(mail).toMatchObject({ address: "dora@beans.example", state: "planned" });
  const link = `/f-confirm/${tokenIn(mail!.body)}`;
  for (let scan = 0; scan < 5; scan += 1) expect((await v.open(link)).text).toContain("Was it you?");
  expect((await consentOf(ctx, [dora!.id], "newsletter")).get(dora!.id)).toBe("pending");
  expect((await v.send(link, {}, { "user-agent": "Firefox" })).text).toContain("It is confirmed");
  expect((await v.send(link, {})).text).toContain("It is confirmed");
  const { items: now, log } = await consentsOfContact(ctx, dora!.id);
  expect(now).toMatchObject([{ status: "given", wording: "Send me the newsletter." }]);
  expect(log.map((l) => [l.status, l.form_version])).toEqual([["given", 1], ["pending", 1]]); // prettier-ignore
  expect(log[0]).toMatchObject({ user_agent: "Firefox", ip: "127.0.0.1" });
  const subscribed = (await facts(ctx)).filter((f) => f.name === "newsletter.subscribed");
  expect(subscribed).toMatchObject([{ caused_by: submitted.id, contact_id: dora!.id }]);
});

test("the same page sent twenty times at once is one submission, one contact, one fact, one mail", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const id = await makeForm(ctx);
  const v = await visitor(t);
  const stamp = await v.stampOf("newsletter");
  v.wait(10_000);
  const fields = { stamp, email: "dora@beans.example", consent_newsletter: "1" };
  const answers = await Promise.all(Array.from({ length: 20 }, () => v.send("/f/newsletter", fields)));
  expect(new Set(answers.map((a) => a.status))).toEqual(new Set([303]));
  expect((await submissionsOf(ctx, id, { limit: 50 })).counts.accepted).toBe(1);
  expect(await contacts(ctx)).toHaveLength(1);
  expect((await facts(ctx)).filter((f) => f.name === "form.submitted")).toHaveLength(1);
  expect(await asked(ctx)).toHaveLength(1);
  expect((await findForm(ctx, id)).submission_count).toBe(1);
});

test("a stranger who knows somebody's address changes nothing of them, fills only what was empty, and is answered like anybody", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const bo = await meet(ctx, "bo");
  await sql`update contacts set phone = null, phone_e164 = null where id = ${bo.id}`.execute(ctx.db);
  const id = await makeForm(ctx, { opens_lead: true });
  const v = await visitor(t);
  const send = async (email: string) => {
    const stamp = await v.stampOf("newsletter");
    v.wait(10_000);
    return v.send("/f/newsletter", { stamp, email, name: "Mallory", city: "Nowhere", phone: "+49 30 5550199", consent_newsletter: "1" }); // prettier-ignore
  };
  const known = await send("bo.lind@vertex.example");
  const unknown = await send("nobody@vertex.example");
  expect(known).toEqual(unknown);
  const people = await contacts(ctx);
  expect(people.find((c) => c.id === bo.id)).toMatchObject({ name: "Bo Lind", city: "Berlin", phone: "+49 30 5550199" }); // prettier-ignore
  const kept = (await submissionsOf(ctx, id, { limit: 10 })).items.find((s) => s.contact?.id === bo.id)!;
  expect(kept.answers).toContainEqual({ key: "name", label: "Name", value: "Mallory" });
});

test("a phone number does not put a stranger's address on somebody's record", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const bo = await meet(ctx, "bo");
  await sql`update contacts set email = null, phone = '+49 30 5550142', phone_e164 = '+49305550142' where id = ${bo.id}`.execute(ctx.db); // prettier-ignore
  await makeForm(ctx);
  const v = await visitor(t);
  await v.send("/f/newsletter", { email: "mallory@evil.example", phone: "+49 30 5550142" });
  const people = await contacts(ctx);
  expect(people.find((c) => c.id === bo.id)!.email).toBeNull();
  expect(people.map((c) => c.email)).toContain("mallory@evil.example");
});

test("an edited wording is another version, and a submission keeps the one it showed", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const id = await makeForm(ctx, { double_opt_in: false });
  const v = await visitor(t);
  const reword = async (wording: string) => {
    const { version, design } = await findForm(ctx, id);
    await updateRecord(ctx, formType, id, version, { design: { ...design, consents: [{ ...design.consents[0]!, wording }] } }); // prettier-ignore
    return (await findForm(ctx, id)).design.consents[0]!.version;
  };
  expect(await reword("Send me the newsletter.")).toBe(1);
  expect(await reword("Send me the monthly newsletter.")).toBe(2);
  await v.send("/f/newsletter", { email: "old@page.example", consent_newsletter: "1" });
  await v.send("/f/newsletter", { email: "plain@page.example", consent_newsletter: "on" });
  const wordings = await sql<{ wording: string }>`select wording from consent_log order by recorded_at`.execute(ctx.db);
  expect(wordings.rows.map((r) => r.wording)).toEqual(["Send me the newsletter.", "Send me the monthly newsletter."]);
  expect(await asked(ctx)).toEqual([]);
});

test("machines are answered like people, kept aside, and let in when a person says so", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const id = await makeForm(ctx);
  const v = await visitor(t);
  const quick = await v.send("/f/newsletter", { stamp: await v.stampOf("newsletter"), email: "quick@fingers.example" });
  const trapped = await v.send("/f/newsletter", { email: "bot@spam.example", homepage: "https://spam.example" });
  const links = await v.send("/f/newsletter", { email: "links@spam.example", wish: "https://a.example ".repeat(9) });
  expect([quick, trapped, links].map((a) => a.status)).toEqual([303, 303, 303]);
  expect(await contacts(ctx)).toEqual([]);
  const { items, counts } = await submissionsOf(ctx, id, { limit: 10, verdict: "spam" });
  expect(counts).toMatchObject({ spam: 3, accepted: 0 });
  const person = items.find((s) => s.why === "was sent within two seconds")!;
  await acceptSpam(ctx, person.id);
  await expect(acceptSpam(ctx, person.id)).rejects.toThrow("no longer");
  expect((await contacts(ctx)).map((c) => c.email)).toEqual(["quick@fingers.example"]);
  expect((await submissionsOf(ctx, id, { limit: 10 })).counts).toMatchObject({ spam: 2, accepted: 1 });
});

test("a page left open too long keeps what was typed; a link works for seven days", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await makeForm(ctx);
  const v = await visitor(t);
  const stamp = await v.stampOf("newsletter");
  v.wait(2 * dayMs);
  const again = await v.send("/f/newsletter", { stamp, email: "slow@reader.example", wish: "Plums & pears", consent_newsletter: "1", utm_source: "fair" }); // prettier-ignore
  expect(again.status).toBe(422);
  expect(again.text).toContain("open for a long time");
  for (const kept of ["slow@reader.example", "Plums &amp; pears", 'name="utm_source" value="fair"'])
    expect(again.text).toContain(kept);
  const fresh = /name="stamp" value="([^"]+)"/.exec(again.text)![1]!;
  v.wait(5000);
  await v.send("/f/newsletter", { stamp: fresh, email: "slow@reader.example", consent_newsletter: "1" });
  const link = `/f-confirm/${tokenIn((await asked(ctx))[0]!.body)}`;
  v.wait(8 * dayMs);
  expect((await v.open(link)).text).toContain("7 days");
  expect((await v.send(link, {})).status).toBe(409);
  const [contact] = await contacts(ctx);
  expect((await consentOf(ctx, [contact!.id], "newsletter")).get(contact!.id)).toBe("pending");
});

test("a form that is closed or gone is not there, and its key stays taken", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const id = await makeForm(ctx);
  const v = await visitor(t);
  await updateRecord(ctx, formType, id, undefined, { active: false });
  for (const path of ["/f/newsletter", "/f/newsletter.js", "/f/newsletter/thanks", "/f/nothing"])
    expect((await v.open(path)).status, path).toBe(404);
  expect((await v.send("/f/newsletter", { email: "a@b.example" })).status).toBe(404);
  await expect(makeForm(ctx, newsletterForm)).rejects.toThrow("is, or was, a form");
  await expect(updateRecord(ctx, formType, id, undefined, { key: "other" })).rejects.toThrow("key stays");
});
