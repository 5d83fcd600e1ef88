import { expect, test } from "vitest";
import { finishTask, writeMail } from "#convert/activities";
import { convertLead, qualifyLead } from "#convert/leads";
import { openOpportunity } from "#convert/pipeline";
import { openCase } from "#engage/support";
import { placeOrder } from "#deliver/orders";
import { memberOf } from "#grow/loyalty";
import { redeemCode } from "#grow/offers";
import { announce, improvementType, startImprovement, type Plan } from "#learn/improvement";
import { findOut } from "#learn/insight";
import { createRecord } from "#records";
import { actOnStep } from "../../src/cycle/engage/onboarding/act.ts";
import { reply } from "../../src/cycle/engage/support/reply.ts";
import { resolveCase } from "../../src/cycle/engage/support/status.ts";
import { askToRefer } from "../../src/cycle/grow/advocacy/mail.ts";
import { agree, deliver } from "./buying.ts";
import { openCompany } from "./company.ts";
import { crowd, simulateOrders } from "./crowd.ts";
import { causesOf, contactOf, countRows, last, newest, stagesOf } from "./story.ts";
import { hiddenIn, linkIn, replayEverything, walk } from "./walk.ts";

const root = "/p/000000000001";
const dayMs = 86_400_000;
const ida = { name: "Ida Brandt", email: "ida.brandt@gmail.com" };
const leo = { name: "Leo Marsh", email: "leo.marsh@gmail.com" };
const newLids: Plan = {
  exposure: { fact: "order.placed" },
  scope: { field: "source", op: "is", value: "a fair" },
  metric: { kind: "share", fact: "case.opened", days: 10 },
  better: "lower",
  design: { kind: "randomised", treated: 0.5 },
  baseline_days: 60,
  smallest: 0.2,
};

test("a stranger on a form goes once around the ring, and every step follows from the one before", async () => {
  const w = await walk();
  const { product_id, theme_id } = await openCompany(w);
  const [sales, support, manager] = [w.as("mira"), w.as("jonas"), w.as("tom")];

  // Attract: the form, and her word that it was she.
  const form = await w.open(`${root}/f/ask-us?utm_source=fair&utm_campaign=autumn`);
  expect(form.status).toBe(200);
  await w.pass({ seconds: 20 });
  const sent = await w.send(`${root}/f/ask-us`, { ...hiddenIn(form), ...ida, wish: "Cherries, two hundred jars a week.", consent_newsletter: "1" });
  expect(sent.status, sent.text).toBe(303);
  await w.settle();
  const confirm = linkIn(w.mailTo(ida.email, /confirm/i), "/f-confirm/");
  expect((await w.open(confirm)).text).toContain("Was it you?");
  expect((await w.send(confirm, {})).status).toBe(200);
  await w.settle();
  const contact_id = await contactOf(sales, ida.email);

  // Convert: a lead with an owner and a due, answered, qualified, an opportunity, a quote she accepts.
  const lead = await last<{ id: string; owner_id: string | null; first_response_due: Date }>(sales, "leads", { contact_id });
  expect(lead.owner_id).not.toBeNull();
  expect(lead.first_response_due.getTime()).toBeGreaterThan(w.now().getTime());
  await w.pass({ hours: 1 });
  await writeMail(sales, { contact_id, subject: "Your cherries", text: "Hello Ida, gladly. When may I call you?", key: "1" });
  await w.settle();
  w.mailTo(ida.email, "Your cherries");
  expect(await last(sales, "leads", { contact_id })).toMatchObject({ status: "working" });
  await qualifyLead(sales, lead.id);
  const { opportunity_id } = await convertLead(sales, lead.id, { title: "Cherries" });
  const order = await agree(w, ida, { opportunity_id, product_id });

  // Deliver: the order nobody retyped is sent, asked for, arrives and is paid.
  await deliver(w, ida, order);

  // Engage: the onboarding that the paid order began, ours and hers; a question, answered by mail and on its page.
  const start = linkIn(w.mailTo(ida.email, /start|first jars/i), "/start/");
  const onboarding = await last<{ id: string }>(support, "onboardings", { contact_id });
  await actOnStep(support, onboarding.id, "call", { act: "done" }, "us");
  expect((await w.open(start)).text).toContain("How many hobs?");
  expect((await w.send(`${start}/steps/kitchen`, { answer: "Six." })).status).toBe(303);
  const { id: case_id } = await openCase(support, { subject: "How do I clean it?", contact_id, order_id: order.id });
  await reply(support, case_id, { body: "With warm water, Ida. Does that do?" });
  await w.pass({ seconds: 30 });
  const casePage = linkIn(w.mailTo(ida.email, "How do I clean it?"), "/cases/");
  const conversation = await w.open(casePage);
  expect(conversation.text).toContain("With warm water");
  expect((await w.send(casePage, { ...hiddenIn(conversation), body: "It does, thank you." })).status).toBe(303);
  await resolveCase(support, case_id);
  await w.settle();
  expect(await last(support, "onboardings", { contact_id })).toMatchObject({ status: "completed" });

  // Learn: she answers 3, which is a case at once; what she and others say is an insight, an improvement with its effect, and word to her.
  await w.pass({ days: 3 });
  const question = linkIn(w.mailTo(ida.email, /recommend/i), "/s/").replace(/score=\d+/, "score=3");
  expect((await w.open(question)).text).toMatch(/value="3"[^>]*checked/);
  for (let press = 0; press < 2; press++)
    expect((await w.send(question.replace(/\?.*/, ""), { score: "3", comment: "The lids leak." })).status).toBe(303);
  await w.settle();
  const unhappy = await last<{ id: string; priority: string }>(support, "cases", { contact_id, channel: "survey" });
  await reply(support, unhappy.id, { body: "I am sorry. New lids are on their way." });
  await resolveCase(support, unhappy.id, { survey: false });
  const insight_id = await findOut(manager, { title: "The lids of the kit leak", about: { kind: "theme", theme_id }, days: 90 });
  const improvement_id = (await createRecord(manager, improvementType, { name: "New lids", hypothesis: "A tighter lid is asked about less", insight_id, plan: newLids })).id;
  const guests = await crowd(manager, 300);
  await startImprovement(manager, improvement_id, new Date(w.now().getTime() + 30 * dayMs));
  await w.pass({ days: 2 });
  await simulateOrders(manager, improvement_id, guests, w);
  await w.pass({ days: 30 });
  expect(await last(manager, "improvements", { id: improvement_id })).toMatchObject({ state: "review", verdict: "worked" });
  expect(await announce(manager, improvement_id, { subject: "You told us", text: "Dear {name}, the lids close now." })).toEqual({ told: 1, held: 0 });
  await w.settle();
  expect(w.mailTo(ida.email, "You told us").text).toContain("Dear Ida Brandt");
  expect(await causesOf(sales, contact_id, "improvement.announced")).toEqual([
    "improvement.announced", "insight.joined", "survey.answered", "survey.sent", "order.delivered", "shipment.delivered", "shipment.sent",
    "order.placed", "quote.accepted", "quote.viewed", "quote.sent", "opportunity.opened", "lead.converted", "lead.opened", "form.submitted",
  ]);

  // Grow: she falls silent; time alone puts her at risk, the play opens a task, and she comes back.
  await w.pass({ days: 170 });
  const task = await last<{ id: string; title: string }>(sales, "tasks", { contact_id, status: "open" });
  expect(task.title).toBe("Call Ida Brandt before they go");
  await finishTask(sales, task.id, "Wants another kit, and knows somebody");
  const again = await openOpportunity(sales, { name: "Cherries again", contact_id, type: "win_back", source_fact: await newest(sales, contact_id, "task.done") });
  await deliver(w, ida, await agree(w, ida, { opportunity_id: again, product_id }));
  expect(await last(sales, "play_runs", { contact_id })).toMatchObject({ outcome: "saved" });

  // And she recommends us: a friend comes by her link, buys, keeps it past the return window, and she is rewarded.
  await w.pass({ days: 10 });
  expect(await askToRefer(sales, contact_id)).toHaveProperty("send_id");
  await w.settle();
  const own = await w.open(linkIn(w.mailTo(ida.email, "Would you recommend"), "/advocate/"));
  const invitation = /\/p\/[0-9a-f]{12}\/r\/[a-z2-9]{10}/.exec(own.text)![0];
  expect((await w.open(invitation)).text).toContain("Ida");
  const join = (await w.send(invitation, {})).to;
  await w.pass({ seconds: 20 });
  expect((await w.send(`${invitation}/join`, { ...hiddenIn(await w.open(join)), ...leo })).to).toContain("/thanks");
  await w.settle();
  const code = /first order: (\S+)/.exec(w.mailTo(leo.email, "recommended").text)![1]!;
  const friend_id = await contactOf(sales, leo.email);
  const friend = await last<{ id: string; source: string }>(sales, "leads", { contact_id: friend_id });
  expect(friend.source).toBe("referral");
  const bought = await placeOrder(sales, { contact_id: friend_id, lines: [{ product_id, quantity: "2" }], caused_by: await newest(sales, friend_id, "lead.opened") });
  await redeemCode(sales, bought, code);
  const his = await last<{ id: string; total: number }>(sales, "orders", { id: bought });
  expect(his.total).toBe(44_820);
  await deliver(w, leo, his);
  const points = async () => (await memberOf(sales, { contact: contact_id }))!.available;
  await w.pass({ days: 28 });
  expect(await last(sales, "referrals", { friend_id })).toMatchObject({ state: "holding" });
  const before = await points();
  await w.pass({ days: 4 });
  expect(await last(sales, "referrals", { friend_id })).toMatchObject({ state: "rewarded" });
  expect(await points()).toBe(before + 200);
  expect(await causesOf(sales, contact_id, "reward.earned")).toEqual([
    "reward.earned", "referral.rewarded", "referral.qualified", "order.paid", "order.placed", "lead.opened", "form.submitted", "referral.joined", "referral.made",
    "mail.sent", "order.paid", "order.placed", "quote.accepted", "quote.viewed", "quote.sent", "opportunity.opened", "task.done", "task.opened", "play.started", "customer.stage-changed",
    "order.placed", "quote.accepted", "quote.viewed", "quote.sent", "opportunity.opened", "lead.converted", "lead.opened", "form.submitted",
  ]);
  expect(await stagesOf(sales, contact_id)).toEqual([
    "identified: became known",
    "lead: asked for something",
    "opportunity: an opportunity was opened, or the lead was qualified",
    "customer: placed an order",
    "active: ordered again, completed onboarding, or kept and paid the first order for 30 days",
    "at_risk: no order for 180 days, and the usual gap is 90",
    "active: ordered again while at risk",
    "advocate: recommended us or gave five stars",
  ]);

  // Every mail she got, once.
  const question10 = "How likely are you to recommend us to a friend or colleague?";
  expect(w.mails.filter((m) => m.to === ida.email).map((m) => m.subject)).toEqual([
    "Please confirm: mails from Northwind Goods", "Your cherries", "Quote QU-1001 from Northwind Goods", "Invoice INV-1001 from Northwind Goods", "First jars: your next steps",
    "How do I clean it? [1001]", question10, `Your answer 3 of 10: ${question10} [1002]`, "You told us", "Quote QU-1002 from Northwind Goods", "Invoice INV-1002 from Northwind Goods",
    "First jars: your next steps", question10, `A short reminder: ${question10}`, "Would you recommend Northwind Goods?",
  ]);

  // Nothing twice when everything is read again.
  const rows = await countRows(sales);
  const left = w.mails.length;
  await replayEverything(w);
  expect(await countRows(sales)).toEqual(rows);
  expect(w.mails).toHaveLength(left);
}, 300_000); // prettier-ignore
