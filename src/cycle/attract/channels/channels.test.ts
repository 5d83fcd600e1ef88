import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { newId } from "#kernel/id";
import { askConsent, consentOf, giveConsent, withdrawConsent } from "#customers";
import { inTransaction, type Ctx } from "#platform/context";
import { createLog } from "#platform/log";
import { createMail, type Mail, type Submission } from "#platform/mail";
import { timelineOf } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { meet, type Who } from "../../../../test/world.ts";
import { cancelSends, pauseSends, queueMail, resumeSends, sendUnknownAgain, type QueuedMail } from "./index.ts";
import { nextSendAt } from "./claim.ts";
import { sendDue } from "./sender.ts";
import { changeSettings } from "./settings.ts";

const wanting = async (ctx: Ctx, who: Who): Promise<string> => {
  const { id } = await meet(ctx, who);
  await inTransaction(ctx, (tx) => giveConsent(tx, { contact_id: id, purpose: "newsletter", source: "form" }));
  return id;
};
const mailTo = (contact_id: string | null, more: Partial<QueuedMail> = {}): QueuedMail => {
  const source_id = newId();
  return { kind: "marketing", source: "letter", source_id, contact_id, subject: "Jars", text: "New jars.\n\nhttps://northwind.example/jars", unique_key: `letter:${source_id}`, ...more };
}; // prettier-ignore
const queue = (ctx: Ctx, mail: QueuedMail) => inTransaction(ctx, (tx) => queueMail(tx, mail));
const standing = async (ctx: Ctx): Promise<(string | null)[][]> =>
  (
    await sql<{ state: string; code: string | null }>`select state, code from sends order by created_at, id`.execute(
      ctx.db,
    )
  ).rows.map((r) => [r.state, r.code]);
const answering = (ctx: Ctx, answer: () => Submission): Ctx => ({
  ...ctx,
  outside: { ...ctx.outside, mail: { ...ctx.outside.mail, submit: () => Promise.resolve(answer()) } satisfies Mail },
});
const later = (ctx: Ctx, minutes: number): Ctx => ({ ...ctx, clock: () => new Date(Date.now() + minutes * 60_000) });
const factNames = async (ctx: Ctx, id: string): Promise<string[]> =>
  (await timelineOf(ctx, { contact_id: id })).items.map((i) => i.name).filter((n) => n.startsWith("mail."));

test("a mail to somebody who agreed leaves once, with a way out and a line on her timeline", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const ana = await wanting(ctx, "ana");
  const mail = mailTo(ana);
  const first = await queue(ctx, mail);
  expect(await queue(ctx, mail)).toEqual(first);
  expect(await nextSendAt(ctx)).toBeInstanceOf(Date);
  expect(await sendDue(ctx)).toBe(1);
  expect(await sendDue(ctx)).toBe(0);
  expect(await nextSendAt(ctx)).toBeNull();
  expect(t.mails).toHaveLength(1);
  const [sent] = t.mails;
  expect(sent).toMatchObject({
    to: "ana.ruiz@initech.example",
    subject: "Jars",
    from: { name: "Northwind Goods", address: "hello@northwind.example" },
  });
  expect(sent!.headers!["List-Unsubscribe"]).toMatch(
    /^<https:\/\/crm\.northwind\.example\/p\/000000000001\/u\/[\w.-]+>$/,
  );
  expect(sent!.headers!["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  expect(sent!.html).toContain("Stop such mails");
  expect(await factNames(ctx, ana)).toEqual(["mail.sent"]);
});

test("nobody who did not agree, left, is in the trash or has a dead address gets it; the reason is told", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const { id: bo } = await meet(ctx, "bo");
  expect(await queue(ctx, mailTo(bo))).toEqual({ held: "has not agreed to it" });
  const ana = await wanting(ctx, "ana");
  const priya = await wanting(ctx, "priya");
  for (const id of [ana, priya]) expect(await queue(ctx, mailTo(id))).toHaveProperty("send_id");
  // Between planning and sending she changes her mind.
  await inTransaction(ctx, (tx) => withdrawConsent(tx, { contact_id: ana, purpose: "newsletter", source: "phone" }));
  await sql`update contacts set deleted_at = now() where id = ${priya}`.execute(ctx.db);
  await sendDue(ctx);
  expect(t.mails).toEqual([]);
  expect(await standing(ctx)).toEqual([
    ["held", "no-consent"],
    ["held", "withdrawn"],
    ["held", "trashed"],
  ]);
  expect(await factNames(ctx, ana)).toEqual(["mail.held"]);
  expect(await queue(ctx, mailTo(ana, { kind: "service", text: "Your case" }))).toHaveProperty("send_id");
});

test("an address the server does not know gets nothing more; a refusal for now is tried again, six times", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const ana = await wanting(ctx, "ana");
  await queue(ctx, mailTo(ana, { kind: "service" }));
  const busy = (): Submission => ({ outcome: "rejected", how: "soft", reason: "421 busy" });
  for (let hours = 0; hours < 12; hours += 1) await sendDue(answering(later(ctx, hours * 60), busy));
  expect(await standing(ctx)).toEqual([["rejected", "soft"]]);
  await queue(ctx, mailTo(ana, { kind: "service" }));
  await sendDue(answering(ctx, () => ({ outcome: "rejected", how: "hard", reason: "550 5.1.1 no such user" })));
  expect(await queue(ctx, mailTo(ana, { kind: "service" }))).toEqual({ held: expect.stringContaining("5.1.1") });
  expect(t.mails).toEqual([]);
});

test("a policy refusal is our fault: the source pauses and nobody is suppressed; resumed, it goes on", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const source_id = newId();
  for (const who of ["ana", "bo"] as const)
    await queue(ctx, mailTo(await wanting(ctx, who), { source_id, unique_key: who }));
  await sendDue(
    answering(ctx, () => ({ outcome: "rejected", how: "policy", reason: "550 5.7.26 not authenticated" })),
    1,
  );
  expect(await sendDue(later(ctx, 60))).toBe(0);
  expect((await sql`select 1 from suppressions`.execute(ctx.db)).rows).toEqual([]);
  await inTransaction(ctx, (tx) => resumeSends(tx, { source: "letter", source_id }));
  await sendDue(ctx);
  expect(await standing(ctx)).toEqual([
    ["sent", null],
    ["sent", null],
  ]);
});

test("what broke off while it was handed over stays in doubt until a person decides; service mail goes again as the same mail", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const source_id = newId();
  await queue(ctx, mailTo(await wanting(ctx, "ana"), { source_id }));
  await queue(ctx, mailTo((await meet(ctx, "bo")).id, { kind: "service", source: "case" }));
  const broken: string[] = [];
  const breaking: Ctx = {
    ...ctx,
    outside: {
      ...ctx.outside,
      mail: {
        ...ctx.outside.mail,
        submit: (m) => (broken.push(m.message_id!), Promise.resolve({ outcome: "unknown", reason: "line broke" })),
      },
    },
  };
  await sendDue(breaking);
  expect(await standing(ctx)).toEqual([
    ["unknown", "unknown"],
    ["deferred", "unknown"],
  ]);
  await sendDue(later(ctx, 120));
  expect(t.mails.map((m) => m.to)).toEqual(["bo.lind@vertex.example"]);
  expect(broken).toContain(t.mails[0]!.message_id);
  expect(await inTransaction(ctx, (tx) => sendUnknownAgain(tx, { source: "letter", source_id }))).toBe(1);
  await sendDue(ctx);
  expect(t.mails.map((m) => m.to)).toEqual(["bo.lind@vertex.example", "ana.ruiz@initech.example"]);
});

test("however many workers send at once, nobody gets more than the budget and no mail goes twice", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await changeSettings(ctx, { budget_mails: 3, quiet_hours: 0 }, 1);
  const people = [await wanting(ctx, "ana"), await wanting(ctx, "bo"), await wanting(ctx, "priya")];
  for (let i = 0; i < 8; i += 1) for (const id of people) await queue(ctx, mailTo(id));
  const rounds = (): Promise<number[]> => Promise.all(Array.from({ length: 6 }, () => sendDue(ctx, 5)));
  while ((await rounds()).some((n) => n > 0));
  for (const to of ["ana.ruiz@initech.example", "bo.lind@vertex.example", "priya.kim@kim.example"])
    expect(t.mails.filter((m) => m.to === to)).toHaveLength(3);
  const codes = (await standing(ctx)).map(([state, code]) => `${state} ${code}`);
  expect(codes.filter((c) => c === "sent null")).toHaveLength(9);
  expect(codes.filter((c) => c === "held budget")).toHaveLength(15);
});

test("it is quiet between two mails, but not for what they asked for", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const ana = await wanting(ctx, "ana");
  await queue(ctx, mailTo(ana));
  await sendDue(ctx);
  expect(await queue(ctx, mailTo(ana, { kind: "relationship" }))).toEqual({
    held: "had a mail from us a short while ago",
  });
  await queue(ctx, mailTo(ana, { kind: "service" }));
  await queue(later(ctx, 21 * 60), mailTo(ana, { kind: "relationship" }));
  await sendDue(later(ctx, 22 * 60));
  expect(t.mails).toHaveLength(3);
});

test("paused nothing leaves, called off nothing leaves ever", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const of = { source: "letter", source_id: newId() };
  const ana = await wanting(ctx, "ana");
  await queue(ctx, mailTo(ana, of));
  await inTransaction(ctx, (tx) => pauseSends(tx, of, "wrong price"));
  expect(await sendDue(ctx)).toBe(0);
  expect(await inTransaction(ctx, (tx) => cancelSends(tx, of))).toBe(1);
  await inTransaction(ctx, (tx) => resumeSends(tx, of));
  expect(await sendDue(ctx)).toBe(0);
  expect(t.mails).toEqual([]);
  expect((await consentOf(ctx, [ana], "newsletter")).get(ana)).toBe("given");
});

test("a settings change that another made obsolete and a sender that servers refuse are turned down", async () => {
  const ctx = (await databaseForTest()).ctx();
  await expect(changeSettings(ctx, { from_address: "northwind@gmail.com" }, 1)).rejects.toThrow("free mailbox");
  await changeSettings(ctx, { from_address: "hello@northwind.example", budget_mails: 2 }, 1);
  await expect(changeSettings(ctx, { budget_mails: 9 }, 1)).rejects.toMatchObject({ kind: "stale" });
});

test("who said no stays left alone when somebody ticks a form in their name, until they confirm it themselves", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const { id: ana } = await meet(ctx, "ana");
  const said = { contact_id: ana, purpose: "surveys" as const, source: "form" };
  await inTransaction(ctx, (tx) => withdrawConsent(tx, said));
  await inTransaction(ctx, (tx) => askConsent(tx, said));
  const survey = () => queue(ctx, mailTo(ana, { kind: "relationship", source: "survey" }));
  expect(await survey()).toHaveProperty("held");
  await inTransaction(ctx, (tx) => giveConsent(tx, said));
  expect(await survey()).toHaveProperty("send_id");
});

test("an answer to a customer does not wait behind a newsletter to everybody", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const source_id = newId();
  for (const who of ["ana", "bo", "cleo"] as const)
    await queue(ctx, mailTo(await wanting(ctx, who), { source_id, unique_key: who, subject: "News" }));
  await queue(
    later(ctx, 1),
    mailTo((await meet(ctx, "priya")).id, { kind: "service", source: "case", subject: "Re: Lid" }),
  );
  await sendDue(later(ctx, 2), 1);
  expect(t.mails.map((m) => m.subject)).toEqual(["Re: Lid"]);
  await sendDue(later(ctx, 2));
  expect(t.mails).toHaveLength(4);
});

test("a sender whose domain is written in another script sends, with headers in ASCII", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await changeSettings(ctx, { from_address: "hallo@gläser.example" }, 1);
  await queue(ctx, mailTo(await wanting(ctx, "ana")));
  await sendDue(ctx);
  expect(t.mails[0]!.headers!["List-ID"]).toBe("<newsletter.000000000001.xn--glser-hra.example>");
  const dataDir = await mkdtemp(join(tmpdir(), "rondo-"));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const mail = createMail({ smtpUrl: null, mailFrom: "Rondo <rondo@northwind.example>", dataDir }, createLog("silent"));
  expect(await mail.submit(t.mails[0]!)).toMatchObject({ outcome: "accepted" });
});
