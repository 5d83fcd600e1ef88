import { sql } from "kysely";
import { expect, test } from "vitest";
import { logCall } from "#convert/activities";
import { contactType } from "#customers";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx } from "#platform/context";
import { addReasonForTest, leadNow, people, readLeads, submitForm } from "./leads-for-tests.ts";
import { createRecord, trashRecord, updateRecord } from "#records";
import { timelineOf } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { meet } from "../../../../test/world.ts";
import { leadsApi } from "./api.ts";
import { leadsDue } from "./due.ts";
import { contactLead, forgetLeadsOf, leadType, openLead, qualifyLead, reopenLead, unqualifyLead } from "./index.ts";
import { restoreLead, takeBackMove } from "./move.ts";

const dayMs = 86_400_000;
const told = async (ctx: Ctx, contact_id: string, prefix = "lead.") =>
  (await timelineOf(ctx, { contact_id })).items.filter((i) => i.name.startsWith(prefix)).map((i) => i.name);

test("a form opens a lead: caused by it, owned, scored, with a day to answer; the second one joins", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const [mira] = await people(ctx, ["agent"]);
  const cleo = await meet(ctx, "cleo");
  const form = await submitForm(ctx, cleo.id, { form: "Ask for a demo", message: "Could you show me the jars?" });
  await readLeads(ctx);
  const { items } = await timelineOf(ctx, { contact_id: cleo.id }, { names: ["lead.opened"] });
  expect(items).toMatchObject([{ caused_by: { id: form }, payload: { owner: "agent 1" } }]);
  const lead = await leadNow(ctx, cleo.id);
  expect(lead).toMatchObject({ status: "open", owner_id: mira, interest: "Ask for a demo", message: "Could you show me the jars?", asks: 1, account_id: cleo.account_id }); // prettier-ignore
  expect(lead.score).toBeGreaterThan(0);
  expect(lead.first_response_due!.getTime()).toBeGreaterThan(lead.asked_at.getTime());
  const second = await submitForm(ctx, cleo.id, { form: "Call me back" });
  await readLeads(ctx);
  await readLeads(ctx);
  expect(await leadNow(ctx, cleo.id)).toMatchObject({ id: lead.id, asks: 2, owner_id: mira });
  const joined = (await timelineOf(ctx, { contact_id: cleo.id }, { names: ["lead.joined"] })).items;
  expect(joined).toMatchObject([{ caused_by: { id: second }, payload: { lead_id: lead.id } }]);
  await submitForm(ctx, cleo.id, { form: "Newsletter", opens_lead: false });
  await readLeads(ctx);
  expect(await leadNow(ctx, cleo.id)).toMatchObject({ asks: 2 });
});

test("twenty askings at once by twenty people are spread evenly; twenty by one person are one lead", async () => {
  const ctx = (await databaseForTest()).ctx();
  const sellers = await people(ctx, ["agent", "agent", "manager", "manager", "viewer"]);
  const contacts = await Promise.all(
    Array.from({ length: 20 }, (_, i) => createRecord(ctx, contactType, { name: `Guest ${i}` })),
  );
  await Promise.all(contacts.map(({ id }) => openLead(ctx, { contact_id: id, source: "a fair" })));
  const { rows } = await sql<{ owner_id: string; n: number }>`select owner_id, count(*)::int as n from leads group by 1`.execute(ctx.db); // prettier-ignore
  expect(new Map(rows.map((r) => [r.owner_id, r.n]))).toEqual(new Map(sellers.slice(0, 4).map((id) => [id, 5])));
  const one = contacts[0]!.id;
  const again = await Promise.all(
    Array.from({ length: 20 }, () => openLead(ctx, { contact_id: one, source: "a fair" })),
  );
  expect(new Set(again.map((a) => a.id)).size).toBe(1);
  expect(await leadNow(ctx, one)).toMatchObject({ asks: 21 });
});

test("the pool decides who takes turns, and the person's own colleague goes first", async () => {
  const ctx = (await databaseForTest()).ctx();
  const [a, b, viewer] = await people(ctx, ["agent", "agent", "viewer"]);
  const settings = await leadsApi.settings.run(ctx, {});
  await expect(leadsApi.changeSettings.run(ctx, { ...settings, pool: [viewer!] })).rejects.toMatchObject({ kind: "invalid" }); // prettier-ignore
  await leadsApi.changeSettings.run(ctx, { ...settings, pool: [b!] });
  await expect(leadsApi.changeSettings.run(ctx, settings)).rejects.toMatchObject({ kind: "stale" });
  const bo = await meet(ctx, "bo");
  const { id } = await openLead(ctx, { contact_id: bo.id, source: "a fair" });
  expect(await leadNow(ctx, bo.id)).toMatchObject({ owner_id: b });
  await updateRecord(ctx, leadType, id, undefined, { owner_id: a });
  expect(await told(ctx, bo.id, "lead.assigned")).toHaveLength(1);
  await leadsApi.changeSettings.run(ctx, { ...settings, version: 2, pool: null });
  const ana = await meet(ctx, "ana");
  await updateRecord(ctx, contactType, ana.id, undefined, { owner_id: b });
  await openLead(ctx, { contact_id: ana.id, source: "a fair" });
  expect(await leadNow(ctx, ana.id)).toMatchObject({ owner_id: b });
});

test("a call that reached her answers the lead, one that did not does not; my day says whom to answer and why", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const cleo = await meet(ctx, "cleo");
  const { id } = await openLead(ctx, { contact_id: cleo.id, source: "Ask for a demo", interest: "Ask for a demo", asked_at: new Date(Date.now() - 12 * 60_000) }); // prettier-ignore
  const [due] = await leadsDue(ctx, { mine: false });
  expect(due).toMatchObject({ id: `lead:${id}`, title: "Answer Cleo Okafor", act: { label: "reply", to: `/leads/${id}` } }); // prettier-ignore
  expect(due!.reason).toMatch(/^Ask for a demo, 12 min ago · score \d+$/);
  await logCall(ctx, { contact_id: cleo.id, outcome: "no_answer", minutes: 0, text: null });
  await readLeads(ctx);
  expect(await leadNow(ctx, cleo.id)).toMatchObject({ status: "open", responded_at: null });
  await logCall(ctx, { contact_id: cleo.id, outcome: "reached", minutes: 4, text: null });
  await readLeads(ctx);
  expect(await leadNow(ctx, cleo.id)).toMatchObject({ status: "working", responded_at: expect.any(Date) });
  const [contacted] = (await timelineOf(ctx, { contact_id: cleo.id }, { names: ["lead.contacted"] })).items;
  expect(contacted).toMatchObject({ caused_by: { name: "call.logged" }, sentence: "answered by call, 12 min after asking" }); // prettier-ignore
  expect(await leadsDue(ctx, { mine: false })).toEqual([]);
  await submitForm(ctx, cleo.id, { form: "Call me back" });
  await readLeads(ctx);
  const { rows } = await sql<{ title: string }>`select title from tasks where status = 'open'`.execute(ctx.db);
  expect(rows).toEqual([{ title: "Answer Cleo Okafor again" }]);
});

test("each move can be taken back exactly, and what it told leaves the timeline", async () => {
  const ctx = (await databaseForTest()).ctx();
  const reason_id = await addReasonForTest(ctx);
  const bo = await meet(ctx, "bo");
  const { id } = await openLead(ctx, { contact_id: bo.id, source: "a fair" });
  const before = await leadNow(ctx, bo.id);
  for (const move of [() => contactLead(ctx, id, "mail"), () => qualifyLead(ctx, id), () => unqualifyLead(ctx, id, { reason_id })]) {
    await move();
    await takeBackMove(ctx, id);
    const after = await leadNow(ctx, bo.id);
    for (const field of ["status", "responded_at", "qualified_at", "closed_at", "unqualified_reason", "score"] as const)
      expect(after[field]).toEqual(before[field]);
    expect(await told(ctx, bo.id)).toEqual(["lead.opened"]);
  } // prettier-ignore
  await expect(takeBackMove(ctx, id)).rejects.toMatchObject({ code: "lead.nothing-to-undo" });
  await qualifyLead(ctx, id);
  await expect(qualifyLead(ctx, id)).rejects.toMatchObject({ code: "lead.status" });
});

test("set aside with a reason of the taxonomy, it comes back as due on its day and opens again with a new clock", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const reason_id = await addReasonForTest(ctx);
  const bo = await meet(ctx, "bo");
  const { id } = await openLead(ctx, { contact_id: bo.id, source: "a fair" });
  const recycle_at = new Date(Date.now() + 30 * dayMs);
  await expect(unqualifyLead(ctx, id, { reason_id: newId() })).rejects.toMatchObject({ kind: "invalid" });
  await unqualifyLead(ctx, id, { reason_id, recycle_at });
  const [unqualified] = (await timelineOf(ctx, { contact_id: bo.id }, { names: ["lead.unqualified"] })).items;
  expect(unqualified).toMatchObject({ payload: { reason_id, reason: "Too small an order" }, caused_by: { name: "lead.opened" } }); // prettier-ignore
  expect(await leadsDue(ctx, { mine: false })).toEqual([]);
  const later = t.ctx("owner", { at: new Date(recycle_at.getTime() + dayMs) });
  expect(await leadsDue(later, { mine: false })).toMatchObject([{ title: "Look at Bo Lind again", act: { call: { endpoint: "leads.reopen" } } }]); // prettier-ignore
  await reopenLead(later, id);
  expect(await leadNow(ctx, bo.id)).toMatchObject({ status: "open", recycle_at: null });
  await unqualifyLead(later, id, { reason_id });
  const other = await openLead(later, { contact_id: bo.id, source: "a friend" });
  expect(other.joined).toBe(false);
  await expect(reopenLead(later, id)).rejects.toMatchObject({ code: "lead.another-open" });
  await trashRecord(later, leadType, other.id);
  await reopenLead(later, id);
  await expect(restoreLead(later, other.id)).rejects.toMatchObject({ code: "lead.another-open" });
});

test("hostile input is refused, and whoever is forgotten takes leads along", async () => {
  const ctx = (await databaseForTest()).ctx();
  const bo = await meet(ctx, "bo");
  await expect(leadsApi.create.run(ctx, { source: "x" })).rejects.toMatchObject({ kind: "invalid" });
  await expect(leadsApi.create.run(ctx, { source: "x", contact_id: newId() })).rejects.toMatchObject({ kind: "invalid" }); // prettier-ignore
  expect(leadsApi.create.input.safeParse({ source: " ", contact_id: bo.id }).success).toBe(false);
  expect(leadsApi.create.input.safeParse({ source: "x", contact_id: bo.id, message: "x".repeat(5001) }).success).toBe(false); // prettier-ignore
  expect(leadsApi.update.input.safeParse({ id: bo.id, version: 1, status: "qualified" }).success).toBe(false);
  await leadsApi.create.run(ctx, { source: "a fair", person: { name: "Nadia", email: "nadia@kim.example" } });
  await openLead(ctx, { contact_id: bo.id, source: "a fair" });
  await inTransaction(ctx, (tx) => forgetLeadsOf(tx, { contacts: [bo.id], accounts: [] }));
  const { rows } = await sql<{ name: string }>`select name from leads`.execute(ctx.db);
  expect(rows).toEqual([{ name: "Nadia" }]);
});

test("around a lead stand its score with reasons, other episodes, how to reach the person, and what waits in all", async () => {
  const ctx = (await databaseForTest()).ctx();
  const reason_id = await addReasonForTest(ctx);
  const bo = await meet(ctx, "bo");
  const first = await openLead(ctx, { contact_id: bo.id, source: "a fair" });
  await unqualifyLead(ctx, first.id, { reason_id });
  const { id } = await openLead(ctx, { contact_id: bo.id, source: "a friend", asked_at: new Date(Date.now() - 30 * dayMs) }); // prettier-ignore
  const around = await leadsApi.around.run(ctx, { id });
  expect(around).toMatchObject({ contact: { name: "Bo Lind", email: "bo.lind@vertex.example" }, episodes: [{ id: first.id, reason: "Too small an order" }], can_take_back: false, opportunity: null }); // prettier-ignore
  expect(around.score.reasons.map((r) => r.label)).toContain("belongs to a company");
  expect(await leadsApi.tally.run(ctx, {})).toEqual({ unanswered: 1, late: 1, open: 1 });
  await expect(leadsApi.around.run(ctx, { id: newId() })).rejects.toMatchObject({ kind: "not-found" });
  const listed = JSON.parse((await leadsApi.list.run(ctx, { limit: 10, sort: "first_response_due" })).json) as { items: { contact: { title: string } }[] }; // prettier-ignore
  expect(listed.items.map((i) => i.contact.title)).toEqual(["Bo Lind", "Bo Lind"]);
});
