import { sql } from "kysely";
import { expect, test } from "vitest";
import { newId } from "#kernel/id";
import { addMembers, segmentType } from "#attract/audience";
import { giveConsent, withdrawConsent } from "#customers";
import { sendDue, sendUnknownAgain } from "#attract/channels";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord } from "#records";
import { recordAll } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { daysBefore, meet, type Who } from "../../../../test/world.ts";
import { campaignsApi as api } from "./api.ts";
import { campaignsDue } from "./due.ts";
import { runCampaigns } from "./run.ts";
import "./write.ts";

const agreeing = async (ctx: Ctx, ...who: Who[]): Promise<string[]> => {
  const ids: string[] = [];
  for (const w of who) {
    const { id } = await meet(ctx, w);
    await inTransaction(ctx, (tx) => giveConsent(tx, { contact_id: id, purpose: "newsletter", source: "form" }));
    ids.push(id);
  }
  return ids;
};
const segmentOf = async (ctx: Ctx, ids: readonly string[]): Promise<string> => {
  const { id } = await createRecord(ctx, segmentType, { name: `S ${newId()}`, kind: "static" });
  await inTransaction(ctx, (tx) => addMembers(tx, id, [...ids]));
  return id;
};
const draft = async (ctx: Ctx, segment_id: string, more: Record<string, unknown> = {}) =>
  api.create.run(ctx, api.create.input.parse({ name: "Harvest week", segment_id, ...more }));
const get = (ctx: Ctx, id: string) => api.get.run(ctx, { id });
const later = (ctx: Ctx, hours: number): Ctx => ({ ...ctx, clock: () => new Date(Date.now() + hours * 3_600_000) });

test("a campaign goes to those of the segment who agreed, each by name, and ends as sent", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const people = await agreeing(ctx, "ana", "bo");
  const { id: cleo } = await meet(ctx, "cleo");
  const made = await draft(ctx, await segmentOf(ctx, [...people, cleo]), {
    subject: "Jars for {{ contact.given_name | default: 'you' }}",
  });
  expect([made.ready, made.problems]).toEqual([true, []]);
  expect(await api.start.run(ctx, { id: made.id })).toEqual({ planned: 2 });
  await runCampaigns(ctx);
  expect((await get(ctx, made.id)).state).toBe("sending");
  await sendDue(ctx);
  await runCampaigns(ctx);
  const told = await get(ctx, made.id);
  expect(told).toMatchObject({
    state: "sent",
    member_count: 3,
    without_consent: 1,
    planned_count: 2,
    counts: [{ state: "sent", code: null, n: 2 }],
  });
  expect(t.mails.map((m) => m.subject).toSorted()).toEqual(["Jars for Ana", "Jars for Bo"]);
  expect(t.mails[0]!.html).toContain("/u/");
  expect(t.mails[0]!.text).toContain("Hello ");
  expect(t.mails[0]!.text).not.toContain("<");
});

test("started twice at once it starts once, and then nothing of the mail changes", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const { id, version } = await draft(ctx, await segmentOf(ctx, await agreeing(ctx, "ana")));
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, async () => api.start.run(ctx, { id })));
  expect(outcomes.filter((o) => o.status === "fulfilled")).toHaveLength(1);
  await expect(api.update.run(ctx, { id, version: version + 1, subject: "Other" })).rejects.toThrow(
    "can no longer change",
  );
  await sendDue(ctx);
  expect(t.mails).toHaveLength(1);
});

test("who leaves between the start and the sending gets nothing; the numbers add up", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const [ana = "", ...others] = await agreeing(ctx, "ana", "bo", "priya");
  const { id } = await draft(ctx, await segmentOf(ctx, [ana, ...others]));
  await api.start.run(ctx, { id });
  await api.pause.run(ctx, { id });
  expect(await sendDue(ctx)).toBe(0);
  await inTransaction(ctx, (tx) => withdrawConsent(tx, { contact_id: ana, purpose: "newsletter", source: "phone" }));
  await api.resume.run(ctx, { id });
  await sendDue(ctx);
  expect(t.mails).toHaveLength(2);
  const { counts, planned_count } = await get(ctx, id);
  expect(counts.reduce((sum, c) => sum + c.n, 0)).toBe(planned_count);
  const { items } = await (
    await import("#attract/channels")
  ).sendsOf(ctx, { source: "campaign", source_id: id }, { state: "held" }, { limit: 10 });
  expect(items).toMatchObject([{ contact_id: ana, code: "withdrawn" }]);
  // Called off before anything left: nothing leaves.
  const { id: off } = await draft(ctx, await segmentOf(ctx, others));
  await api.start.run(ctx, { id: off });
  expect(await api.cancel.run(ctx, { id: off })).toEqual({ cancelled: 2 });
  await sendDue(ctx);
  expect(t.mails).toHaveLength(2);
  expect((await get(ctx, off)).state).toBe("cancelled");
  // What was called off sends nothing more, not even what is in doubt.
  await expect(inTransaction(ctx, (tx) => sendUnknownAgain(tx, { source: "campaign", source_id: off }))).rejects.toMatchObject({ code: "campaign.over" }); // prettier-ignore
});

test("it is scheduled by the company's clock, starts by itself, and not when its hour has long passed", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const segment = await segmentOf(ctx, await agreeing(ctx, "ana"));
  const inTwoDays = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const [early, late] = [await draft(ctx, segment), await draft(ctx, segment)];
  for (const { id } of [early, late]) await api.schedule.run(ctx, { id, at: `${inTwoDays}T09:00` });
  expect((await get(ctx, early.id)).send_at_local).toBe(`${inTwoDays}T09:00`);
  await expect(api.schedule.run(ctx, { id: late.id, at: "2020-01-01T09:00" })).rejects.toThrow("has passed");
  await sql`update campaigns set send_at = now() - interval '7 hours' where id = ${late.id}`.execute(ctx.db);
  await runCampaigns(ctx);
  expect(await campaignsDue(ctx, { mine: true })).toMatchObject([
    { id: `campaign:${late.id}`, act: { to: `/campaigns/${late.id}` } },
  ]);
  expect(await get(ctx, late.id)).toMatchObject({
    state: "draft",
    note: expect.stringContaining("hour had long passed"),
  });
  expect((await get(ctx, early.id)).state).toBe("scheduled");
  await sql`update campaigns set send_at = now() where id = ${early.id}`.execute(ctx.db);
  await runCampaigns(later(ctx, 1));
  expect((await get(ctx, early.id)).state).toBe("sending");
});

test.each([
  ["a script", "<mjml><mj-body>\n<mj-raw><script>x()</script></mj-raw></mj-body></mjml>", 2, "may not stand"],
  ["a handler", '<mjml><mj-body><mj-raw><p onclick="x()">y</p></mj-raw></mj-body></mjml>', 1, "would run a script"],
  ["a file of the server", '<mjml><mj-body>\n\n<mj-include path="/etc/passwd" /></mj-body></mjml>', 3, "read a file"],
  [
    "an unknown field",
    "<mjml><mj-body>\n<mj-section><mj-column><mj-text>{{ contact.shoe_size }}</mj-text></mj-column></mj-section></mj-body></mjml>",
    2,
    "no field",
  ],
  ["broken Liquid", "<mjml><mj-body>\n\n<mj-text>{% if %}</mj-text></mj-body></mjml>", 3, ""],
  [
    "an unknown element",
    "<mjml><mj-body><mj-section>\n<mj-colunm></mj-colunm></mj-section></mj-body></mjml>",
    2,
    "mj-colunm",
  ],
])("a mail with %s is kept as a draft, says its line, and cannot be sent", async (_, body, line, words) => {
  const ctx = (await databaseForTest()).ctx();
  const made = await draft(ctx, await segmentOf(ctx, []), { body });
  expect(made.ready).toBe(false);
  const error = made.problems.find((p) => p.level === "error")!;
  expect([error.line, error.message]).toEqual([line, expect.stringContaining(words)]);
  await expect(api.start.run(ctx, { id: made.id })).rejects.toMatchObject({ code: "campaign.unready" });
});

test("what a contact calls herself cannot write markup or a header", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const [ana = ""] = await agreeing(ctx, "ana");
  await sql`update contacts set given_name = ${'<img src=x onerror="y">\nBcc: eve@evil.example {{ 1 }}'} where id = ${ana}`.execute(
    ctx.db,
  );
  const { id } = await draft(ctx, await segmentOf(ctx, [ana]), { subject: "Hi {{ contact.given_name }}" });
  await api.start.run(ctx, { id });
  await sendDue(ctx);
  expect(t.mails[0]!.subject).not.toContain("\n");
  expect(t.mails[0]!.html).not.toContain("<img src=x");
  expect(t.mails[0]!.html).toContain("&lt;img src=x");
});

test("a test goes to whoever asks, marked as one, and counts nothing", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await sql`insert into rondo.users (id, name, email) values (${ctx.actor.id}, 'Mira Okafor', 'mira@northwind.example') on conflict do nothing`.execute(
    ctx.db,
  );
  const [ana = ""] = await agreeing(ctx, "ana");
  const { id } = await draft(ctx, await segmentOf(ctx, [ana]));
  expect(await api.test.run(ctx, { id, contact_id: ana })).toEqual({ to: "mira@northwind.example" });
  expect(t.mails[0]).toMatchObject({ to: "mira@northwind.example", subject: "[Test] A word from Northwind Goods" });
  expect(t.mails[0]!.html).toContain("Hello Ana");
  expect(t.mails[0]!.html).not.toContain("/t/");
  expect((await sql`select 1 from sends`.execute(ctx.db)).rows).toEqual([]);
});

test("a paid order belongs to the first and the last campaign she clicked in before it, within the days", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const [ana = ""] = await agreeing(ctx, "ana");
  const segment = await segmentOf(ctx, [ana]);
  const [first, last, after] = [
    await draft(ctx, segment, { cost: 5000 }),
    await draft(ctx, segment),
    await draft(ctx, segment),
  ];
  const ago = (days: number): Date => daysBefore(ctx.clock(), days);
  const click = (campaign_id: string, days: number) => ({
    name: "campaign.clicked" as const,
    contact_id: ana,
    campaign_id,
    occurred_at: ago(days),
    payload: { campaign: "C", campaign_id },
  });
  const order = { order_id: newId(), number: "N-1", amount: 9900, currency: "EUR", base_amount: 9900 };
  await inTransaction(ctx, (tx) =>
    recordAll(tx, [
      click(last.id, 50), click(first.id, 20), click(last.id, 12), click(after.id, 9.5),
      { name: "order.placed", contact_id: ana, occurred_at: ago(10), payload: { ...order, lines: 1 } },
      { name: "order.paid", contact_id: ana, occurred_at: ago(9), payload: order },
    ]),
  ); // prettier-ignore
  const report = (id: string) => api.report.run(ctx, { id, days: 30 });
  expect(await report(first.id)).toMatchObject({
    first: { orders: 1, revenue: 9900 },
    last: { orders: 0, revenue: 0 },
    cost_per_order: null,
  });
  expect(await report(last.id)).toMatchObject({ first: { orders: 0 }, last: { orders: 1, revenue: 9900 } });
  expect(await report(after.id)).toMatchObject({ first: { orders: 0 }, last: { orders: 0 } });
  const { items } = await api.orders.run(ctx, { id: first.id, days: 30, touch: "first" });
  expect(items).toMatchObject([{ number: "N-1", contact_id: ana, amount: 9900 }]);
});
