import { expect, test } from "vitest";
import { sql } from "kysely";
import { inTransaction } from "#platform/context";
import { databaseForTest } from "../../../../test/database.ts";
import { meet } from "../../../../test/world.ts";
import { at, factsOf, monday, outcomes, see, targetsOf, tokenOf, write } from "./desk-for-tests.ts";
import { nextTellAt, tellDue } from "./breach.ts";
import { casesDue } from "./due.ts";
import { openCase } from "./open.ts";
import { changePromises, promisesOf } from "./policy.ts";
import { reapply } from "./rematch.ts";
import { reply, writeNote } from "./reply.ts";
import { dismissCase, moveCase, reopenCase, resolveCase } from "./status.ts";
import { unsay } from "./unsay.ts";
import { casesApi } from "./api.ts";

const key = "01900000-0000-7000-8000-00000000000";

test("a case is opened, answered in time, waits for the customer, goes on, and is resolved", async () => {
  const t = await databaseForTest();
  const ctx = at(t.ctx(), monday("09:00"));
  const { id: contact_id } = await meet(ctx, "bo");
  const { id, number } = await openCase(ctx, { subject: "Wrong lid again", contact_id, priority: "normal" });
  expect(number).toBe("1001");
  // Four hours for the first response; 40 for the resolution: the same time on Friday, at closing.
  expect((await targetsOf(ctx, id)).map((x) => x.due_at)).toEqual([monday("13:00"), monday("17:00", 4)]);
  await writeNote(at(ctx, monday("09:10")), id, "He called, too.");
  const first = await reply(at(ctx, monday("12:59")), id, { body: "Which jar is it?" });
  expect(await outcomes(ctx, id)).toEqual(["first_response met", "resolution runs"]);
  // Waiting from Monday 12:59 until Tuesday 10:59 costs 4 h 01 min and 1 h 59 min of open time.
  const token = tokenOf(ctx, { id, contact_id });
  expect(await see(ctx, token)).not.toContain("He called");
  await write(at(ctx, monday("10:59", 1)), token, { body: ["The large one.\r\n<b>Really</b>"], key: [`${key}1`] });
  await write(at(ctx, monday("11:30", 1)), token, { body: ["Please hurry."], key: [`${key}2`] });
  const running = (await targetsOf(ctx, id)).filter((x) => x.outcome === null);
  expect(running).toMatchObject([{ kind: "resolution", due_at: monday("15:00", 7) }, { kind: "next_response", due_at: monday("10:59", 2) }]); // prettier-ignore
  await reply(at(ctx, monday("11:59", 2)), id, { body: "A new one is on its way.", status: "open" });
  await resolveCase(at(ctx, monday("12:00", 2)), id, { survey: false });
  expect(await outcomes(ctx, id)).toEqual(["first_response met", "resolution met", "next_response missed 60 min late"]);
  const facts = await factsOf(ctx, id);
  expect(facts.map((f) => f.name)).toEqual(["case.opened", "case.near-breach", "case.replied", "case.answered", "case.answered", "case.near-breach", "case.breached", "case.replied", "case.resolved"]); // prettier-ignore
  expect(facts[6]!.occurred_at).toEqual(monday("10:59", 2));
  const named = new Map(facts.map((f) => [f.id, f.name]));
  expect(named.get(facts[2]!.caused_by!)).toBe("case.opened");
  expect(facts[7]!.caused_by).toBe(facts[3]!.id);
  expect(facts[3]!.actor_name).toBe("Bo Lind");
  const { rows: mails } = await sql<{ address: string; headers: Record<string, string>; message_id: string; body: string }>`select address, headers, message_id, body from sends order by created_at, id`.execute(ctx.db); // prettier-ignore
  expect(mails.map((m) => m.address)).toEqual(["bo.lind@vertex.example", "bo.lind@vertex.example"]);
  expect(mails[1]!.headers).toEqual({ "In-Reply-To": mails[0]!.message_id, References: mails[0]!.message_id });
  expect(mails[0]!.message_id).toContain(`${id}.${first}`);
  expect(mails[0]!.body).toContain(token);
});

test("the first response cannot be paused, and a note or an automatic mail is none", async () => {
  const ctx = at((await databaseForTest()).ctx(), monday("09:00"));
  const { id: contact_id } = await meet(ctx, "ana");
  const { id } = await openCase(ctx, { subject: "Where is it?", contact_id, acknowledge: true });
  await writeNote(ctx, id, "Look into it.");
  await moveCase(at(ctx, monday("09:30")), id, "waiting");
  expect(await targetsOf(ctx, id)).toMatchObject([{ due_at: monday("13:00") }, { due_at: null }]);
  await moveCase(at(ctx, monday("16:30")), id, "open");
  expect(await targetsOf(ctx, id)).toMatchObject([{ due_at: monday("13:00") }, { due_at: monday("16:00", 7) }]);
  await reply(at(ctx, monday("14:30")), id, { body: "It left today." });
  expect(await outcomes(ctx, id)).toEqual(["first_response missed 90 min late", "resolution runs"]);
});

test("whether the timer ran or not, the same history is told, at the true instants", async () => {
  const t = await databaseForTest();
  const stories = [];
  for (const ran of [true, false]) {
    const ctx = at(t.ctx(), monday("09:00"));
    const { id: contact_id } = await meet(ctx, ran ? "bo" : "ana");
    const { id } = await openCase(ctx, { subject: "Broken", contact_id, priority: "urgent" });
    if (ran) {
      expect(await nextTellAt(ctx)).toEqual(monday("09:48"));
      expect(await tellDue(at(ctx, monday("09:47")))).toBe(0);
      await tellDue(at(ctx, monday("09:50")));
      // Exactly on time is on time.
      expect(await tellDue(at(ctx, monday("10:00")))).toBe(0);
      await Promise.all([tellDue(at(ctx, monday("11:00"))), tellDue(at(ctx, monday("11:00")))]);
    }
    await reply(at(ctx, monday("11:30")), id, { body: "Sorry." });
    stories.push((await factsOf(ctx, id)).map((f) => `${f.name} ${f.occurred_at.toISOString()}`));
    expect((await outcomes(ctx, id))[0]).toBe("first_response missed 90 min late");
  }
  expect(stories[0]).toEqual(stories[1]);
  expect(stories[0]!.slice(1, 3)).toEqual(["case.near-breach 2026-01-12T08:48:00.000Z", "case.breached 2026-01-12T09:00:00.000Z"]); // prettier-ignore
});

test("reopened within the days it goes on with what was left; later the customer's word opens a new case", async () => {
  const ctx = at((await databaseForTest()).ctx(), monday("09:00"));
  const { id: contact_id } = await meet(ctx, "sam");
  const { id } = await openCase(ctx, { subject: "Late parcel", contact_id, priority: "urgent" });
  await reply(at(ctx, monday("09:30")), id, { body: "On its way.", status: "open" });
  await resolveCase(at(ctx, monday("11:00")), id);
  const token = tokenOf(ctx, { id, contact_id });
  await write(at(ctx, monday("15:00", 2)), token, { body: ["It never came."], key: [`${key}3`] });
  // Two of eight hours were used: six are left, from Wednesday 15:00.
  expect((await targetsOf(ctx, id)).find((x) => x.kind === "resolution")).toMatchObject({ outcome: null, due_at: monday("13:00", 3) }); // prettier-ignore
  await resolveCase(at(ctx, monday("14:00", 3)), id);
  expect(await outcomes(ctx, id)).toEqual(["first_response met", "resolution missed 60 min late", "next_response missed 300 min late"]); // prettier-ignore
  const late = at(ctx, monday("10:00", 20));
  await tellDue(late);
  const form = { body: ["And again."], key: [`${key}4`] };
  const [first, second] = [await write(late, token, form), await write(late, token, form)];
  expect(second).toBe(first);
  const { rows } = await sql<{ n: number; status: string }>`select (select count(*)::int from cases where previous_id = ${id}) as n, status from cases where id = ${id}`.execute(ctx.db); // prettier-ignore
  expect(rows[0]).toEqual({ n: 1, status: "closed" });
  await expect(reopenCase(late, id)).rejects.toMatchObject({ code: "case.closed" });
});

test("what was no case cancels its promises, and taking that back owes them again", async () => {
  const ctx = at((await databaseForTest()).ctx(), monday("09:00"));
  const { id: contact_id } = await meet(ctx, "bo");
  const { id } = await openCase(ctx, { subject: "Buy watches", contact_id });
  await dismissCase(at(ctx, monday("16:00")), id, "spam");
  expect(await outcomes(ctx, id)).toEqual(["first_response cancelled", "resolution cancelled"]);
  await expect(see(ctx, tokenOf(ctx, { id, contact_id }))).rejects.toMatchObject({ kind: "not-found" });
  await reopenCase(at(ctx, monday("16:30")), id);
  expect(await targetsOf(ctx, id)).toMatchObject([{ outcome: null, due_at: monday("13:00") }, { outcome: null, due_at: monday("09:30", 7) }]); // prettier-ignore
});

test("a reply is taken back before its mail leaves, and its clock runs on", async () => {
  const ctx = at((await databaseForTest()).ctx(), monday("09:00"));
  const { id: contact_id } = await meet(ctx, "bo");
  const { id } = await openCase(ctx, { subject: "Question", contact_id });
  const said = (await reply(at(ctx, monday("10:00")), id, { body: "Oops", form_key: `${key}5` }))!;
  expect(await reply(at(ctx, monday("10:00")), id, { body: "Oops", form_key: `${key}5` })).toBeNull();
  await unsay(at(ctx, monday("10:00")), id, said);
  expect(await outcomes(ctx, id)).toEqual(["first_response runs", "resolution runs"]);
  expect((await factsOf(ctx, id)).map((f) => f.name)).toEqual(["case.opened", "case.unsaid"]);
  const { rows } = await sql`select status, waiting_since from cases where id = ${id}`.execute(ctx.db);
  expect(rows[0]).toEqual({ status: "open", waiting_since: monday("09:00") });
  const again = (await reply(at(ctx, monday("10:05")), id, { body: "Yes." }))!;
  await sql`update sends set state = 'sent' where source_id = ${again}`.execute(ctx.db);
  await expect(unsay(ctx, id, again)).rejects.toMatchObject({ code: "reply.sent" });
});

test("priority changes what is owed; new promises reach only new cases, unless applied", async () => {
  const ctx = at((await databaseForTest()).ctx(), monday("09:00"));
  const { id: contact_id } = await meet(ctx, "bo");
  const { id } = await openCase(ctx, { subject: "Lid", contact_id });
  const due = async () => (await targetsOf(ctx, id)).map((x) => x.due_at);
  const update = casesApi.update.input.parse({ id, version: 1, priority: "urgent" });
  await casesApi.update.run(ctx, update);
  expect(await due()).toEqual([monday("10:00"), monday("17:00")]);
  const { version, ...now } = await promisesOf(ctx);
  await changePromises(ctx, version, { ...now, policies: [{ name: "All", priorities: [], types: [], clock: "elapsed", first_response: 30, next_response: null, resolution: null, pause_waiting: true }] }); // prettier-ignore
  expect(await due()).toEqual([monday("10:00"), monday("17:00")]);
  expect([await reapply(ctx, [id]), await reapply(ctx)]).toEqual([1, 0]);
  expect(await outcomes(ctx, id)).toEqual(["first_response runs", "resolution cancelled"]);
  expect((await due())[0]).toEqual(monday("09:30"));
});

test("my day says which case breaches first, and that it is the second about this product", async () => {
  const ctx = at((await databaseForTest()).ctx(), monday("09:00"));
  const { id: contact_id } = await meet(ctx, "bo");
  const product_id = "01900000-0000-7000-8000-000000000077";
  await sql`insert into products (id, name) values (${product_id}, 'Jar 1 l')`.execute(ctx.db);
  const open = (subject: string, priority: "normal" | "urgent") => openCase(ctx, { subject, contact_id, product_id, priority }); // prettier-ignore
  await open("Lid leaks", "normal");
  const { number } = await open("Lid does not close", "urgent");
  const [first] = await casesDue(at(ctx, monday("09:20")), { mine: true });
  expect(first).toMatchObject({ title: `Case ${number} breaches in 40 min`, act: { label: "reply" } });
  expect(first!.reason).toBe("Bo Lind: Lid does not close · second case about Jar 1 l this month · urgent priority");
  expect((await casesDue(at(ctx, monday("10:30")), { mine: true }))[0]!.title).toBe(
    `Case ${number} breached 30 min ago`,
  );
});

test("twenty messages at once start one clock, and two agents resolve once", async () => {
  const ctx = at((await databaseForTest()).ctx(), monday("09:00"));
  const { id: contact_id } = await meet(ctx, "bo");
  const { id } = await openCase(ctx, { subject: "Lid", contact_id });
  await reply(ctx, id, { body: "Hello" });
  const token = tokenOf(ctx, { id, contact_id });
  const form = (n: number) => ({ body: [`Answer ${n}`], key: [`${key}${n % 10}`] });
  await Promise.all(Array.from({ length: 20 }, (_, n) => write(at(ctx, monday("10:00")), token, form(n))));
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from case_messages where case_id = ${id} and inbound`.execute(ctx.db); // prettier-ignore
  expect(rows[0]!.n).toBe(10);
  expect((await outcomes(ctx, id)).filter((o) => o.startsWith("next"))).toEqual(["next_response runs"]);
  const resolved = await Promise.allSettled([1, 2].map(() => resolveCase(at(ctx, monday("10:30")), id)));
  expect(resolved.map((r) => r.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect((await factsOf(ctx, id)).filter((f) => f.name === "case.resolved")).toHaveLength(1);
});

test("a case without somebody to answer takes notes only", async () => {
  const ctx = at((await databaseForTest()).ctx(), monday("09:00"));
  const { id } = await openCase(ctx, { subject: "Anonymous hint" });
  await expect(reply(ctx, id, { body: "Hello" })).rejects.toMatchObject({ code: "case.no-contact" });
  await inTransaction(ctx, (tx) => writeNote(tx, id, "Nobody to write to."));
  expect(await outcomes(ctx, id)).toEqual(["first_response runs", "resolution runs"]);
});

test("a long conversation from a server with a long name stays within what a header may hold", async () => {
  const base = (await databaseForTest()).ctx();
  const ctx = { ...base, outside: { ...base.outside, url: `https://crm.${"a".repeat(60)}.example` } };
  const { id: contact_id } = await meet(ctx, "bo");
  const { id } = await openCase(ctx, { subject: "Lid", contact_id });
  for (let n = 0; n < 8; n++) await reply(ctx, id, { body: `Answer ${n}` });
  const { rows } = await sql<{ longest: number }>`select max(length(headers ->> 'References'))::int as longest from sends`.execute(ctx.db);
  expect(rows[0]!.longest).toBeLessThanOrEqual(900);
  expect(rows[0]!.longest).toBeGreaterThan(600);
}); // prettier-ignore
