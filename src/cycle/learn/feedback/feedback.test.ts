import { sql } from "kysely";
import { expect, test } from "vitest";
import { addMembers, segmentType } from "#attract/audience";
import { withdrawConsent } from "#customers";
import { openCase } from "#engage/support";
import { inTransaction } from "#platform/context";
import { createRecord } from "#records";
import { consumeAll } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { meet } from "../../../../test/world.ts";
import { deliver, invitations, linksIn, makeSurvey, on, responses, settle, start, tell, visitor } from "./asking-for-tests.ts"; // prettier-ignore
import { askSegment, callOff } from "./invite.ts";
import { ofCustomer } from "./queries.ts";
import { resultsOf } from "./results.ts";
import { surveysConsumer } from "./index.ts";
import { unhappyDue } from "./due.ts";
import { recountSurveys } from "./forget.ts";
import { surveysApi } from "./api.ts";

const period = { from: new Date(start.getTime() - 86_400_000), until: new Date(start.getTime() + 400 * 86_400_000) };

test("a delivery asks, an angry answer opens a case with a due date, and each line says what it follows from", async () => {
  const t = await databaseForTest();
  const { id: sam } = await meet(on(t, 0), "sam");
  const survey = await makeSurvey(on(t, 0), { delay_hours: 72 });
  await deliver(on(t, 0), sam);
  await settle(on(t, 2));
  expect(t.mails).toHaveLength(0);
  await settle(on(t, 3));
  await settle(on(t, 3));
  expect(t.mails.map((m) => m.to)).toEqual(["sam.moreau@vertex.example"]);
  expect((await ofCustomer(on(t, 3), { contact_id: sam })).pending).toMatchObject([{ survey: "After a delivery", state: "sent" }]); // prettier-ignore
  const link = linksIn(t.mails[0]!.text).get(3)!;
  const v = await visitor(on(t, 4));
  const page = await v.see(link);
  expect(page.text).toMatch(/value="3" required checked/);
  const sent = await v.send(link, { score: "3", comment: "Nobody told me the delivery moved" });
  expect(sent.status).toBe(303);
  expect((await v.see(link)).text).toContain("You answered 3 of 10.");
  const ctx = on(t, 4);
  const { rows: chain } = await sql<{ line: string }>`
    with recursive up as (
      select id, name, caused_by, 0 as depth from facts where name = 'case.opened'
      union all select f.id, f.name, f.caused_by, depth + 1 from facts f join up on f.id = up.caused_by)
    select string_agg(name, ' < ' order by depth) as line from up`.execute(ctx.db);
  expect(chain[0]!.line).toBe("case.opened < survey.answered < survey.sent < order.delivered");
  const [due] = await unhappyDue(ctx, { mine: true });
  expect(due).toMatchObject({ title: "Call a detractor: Sam Moreau, 3", reason: "“Nobody told me the delivery moved” · After a delivery", act: { label: "call" } }); // prettier-ignore
  expect(new Date(due!.due_at!).getTime()).toBeGreaterThan(ctx.clock().getTime());
  const { rows: cases } = await sql`select c.channel, c.priority, r.label from cases c join reasons r on r.id = c.reason_id`.execute(ctx.db); // prettier-ignore
  expect(cases).toEqual([{ channel: "survey", priority: "high", label: "Low survey score" }]);
  expect(await resultsOf(ctx, survey, period)).toMatchObject({ sent: 1, answered: 1, few: true, figures: { n: 1, value: -100 } }); // prettier-ignore
});

test("an angry answer opens its case though its product lies in the trash and its colleague has left", async () => {
  const t = await databaseForTest();
  const { id: sam } = await meet(on(t, 0), "sam");
  await makeSurvey(on(t, 0));
  await deliver(on(t, 0), sam);
  await settle(on(t, 0));
  const ctx = on(t, 1);
  // Somebody who is no member any more looks after him, and what he bought is gone.
  await sql`update contacts set owner_id = '01900000-0000-7000-8000-0000000000ee' where id = ${sam}`.execute(ctx.db);
  await sql`update orders set deleted_at = now()`.execute(ctx.db);
  const v = await visitor(ctx);
  expect((await v.send(linksIn(t.mails[0]!.text).get(2)!, { score: "2" })).status).toBe(303);
  const { rows } = await sql`select owner_id, order_id, contact_id from cases`.execute(ctx.db);
  expect(rows).toEqual([{ owner_id: null, order_id: null, contact_id: sam }]);
});

test("whoever opens the link, a mail gateway too, records nothing; sent twenty times at once it is one answer and one case", async () => {
  const t = await databaseForTest();
  const { id: bo } = await meet(on(t, 0), "bo");
  await makeSurvey(on(t, 0));
  await deliver(on(t, 0), bo);
  await settle(on(t, 0));
  const links = linksIn(t.mails[0]!.text);
  expect([...links.keys()].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(t.mails[0]!.html.match(/\?score=\d+/g)).toHaveLength(11);
  const v = await visitor(on(t, 1));
  const before = await sql<{ n: number }>`select count(*)::int as n from facts`.execute(on(t, 1).db);
  for (const link of links.values()) for (const how of ["GET", "HEAD"] as const) expect((await v.see(link, how)).status).toBe(200); // prettier-ignore
  expect(await responses(on(t, 1))).toEqual([]);
  expect((await sql<{ n: number }>`select count(*)::int as n from facts`.execute(on(t, 1).db)).rows).toEqual(before.rows); // prettier-ignore
  await Promise.all(Array.from({ length: 20 }, (_, i) => v.send(links.get(2)!, { score: String(i % 6), comment: "Late" }))); // prettier-ignore
  expect(await responses(on(t, 1))).toHaveLength(1);
  const counts = await sql`select (select count(*)::int from cases) as cases, (select count(*)::int from facts where name = 'survey.answered') as answers, (select answer_count from surveys) as n`.execute(on(t, 1).db); // prettier-ignore
  expect(counts.rows).toEqual([{ cases: 1, answers: 1, n: 1 }]);
});

test("the score stays, more can be said later, and a promoter opens nothing", async () => {
  const t = await databaseForTest();
  const { id: ana } = await meet(on(t, 0), "ana");
  await makeSurvey(on(t, 0));
  await deliver(on(t, 0), ana);
  await settle(on(t, 0));
  const link = linksIn(t.mails[0]!.text).get(10)!;
  const v = await visitor(on(t, 1));
  await v.send(link, { score: "10", comment: "" });
  await v.send(link, { score: "1", comment: "You answer within the hour." });
  expect(await responses(on(t, 1))).toMatchObject([{ score: 10, comment: "You answer within the hour.", case_id: null }]); // prettier-ignore
  const { rows } = await sql<{ name: string; cause: string }>`select f.name, c.name as cause from facts f join facts c on c.id = f.caused_by where f.name like 'survey.%' order by f.occurred_at, f.id`.execute(on(t, 1).db); // prettier-ignore
  expect(rows.map((r) => `${r.cause} > ${r.name}`)).toEqual(["order.delivered > survey.sent", "survey.sent > survey.answered", "survey.answered > survey.commented"]); // prettier-ignore
  expect(await unhappyDue(on(t, 1), { mine: false })).toEqual([]);
});

test("forged, cut, foreign, unsent, expired and malformed: each is refused clearly, the unknown all in the same words", async () => {
  const t = await databaseForTest();
  const { id: bo } = await meet(on(t, 0), "bo");
  await makeSurvey(on(t, 0));
  await deliver(on(t, 0), bo);
  await settle(on(t, 0));
  const path = linksIn(t.mails[0]!.text).get(9)!.split("?")[0]!;
  const token = path.slice(3);
  const v = await visitor(on(t, 1));
  const unknown = [`${token}x`, token.slice(0, -2), `x.${token}`, "x", "%00", `${crypto.randomUUID()}.${token.split(".")[1]}`]; // prettier-ignore
  const answers = await Promise.all(unknown.map((one) => v.see(`/s/${one}`)));
  expect(new Set(answers.map((a) => a.status))).toEqual(new Set([404]));
  expect(new Set(answers.map((a) => a.text.replaceAll(/nonce="[^"]+"/g, ""))).size).toBe(1);
  for (const score of ["", "11", "-1", "3.5", "ten", "１０", "999999"]) expect((await v.send(path, { score, comment: "kept" })).text, score).toContain("Please choose one of the numbers."); // prettier-ignore
  const long = await v.send(path, { score: "9", comment: "x".repeat(2001) });
  expect([long.status, long.text.includes("at most 2000")]).toEqual([422, true]);
  expect((await v.send(path, { score: "9", comment: "x".repeat(400_000) })).status).toBe(413);
  expect((await v.send(path, { score: "9", comment: `<script>alert("1")</script>\u0000` })).status).toBe(303);
  expect((await v.see(path)).text).not.toContain("<script>");
  expect(await responses(on(t, 1))).toHaveLength(1);
  const late = await (await visitor(on(t, 50))).see(path);
  expect([late.status, late.text.includes("takes no answers any more")]).toEqual([409, true]);
  await sql`update contacts set deleted_at = now()`.execute(on(t, 1).db);
  expect((await v.see(path)).status).toBe(404);
});

test("nobody is asked with an open case, after a no, twice in a while, or by chance; each time it is written down and told", async () => {
  const t = await databaseForTest();
  const [ana, bo, sam, priya] = await Promise.all((["ana", "bo", "sam", "priya"] as const).map(async (who) => (await meet(on(t, 0), who)).id)); // prettier-ignore
  const survey = await makeSurvey(on(t, 0));
  await openCase(on(t, 0), { subject: "Lid leaks", contact_id: bo! });
  await inTransaction(on(t, 0), (tx) => withdrawConsent(tx, { contact_id: sam!, purpose: "surveys", source: "phone" }));
  for (const who of [ana, bo, sam]) await deliver(on(t, 0), who!);
  await settle(on(t, 0));
  await deliver(on(t, 30), ana!);
  await settle(on(t, 30));
  await sql`update surveys set sample = 1`.execute(on(t, 0).db);
  for (let i = 0; i < 12; i++) await deliver(on(t, 31), priya!);
  await settle(on(t, 31));
  const held = (await invitations(on(t, 31))).filter((i) => i.state === "held");
  expect(held.filter((i) => i.contact_id !== priya).map((i) => [i.code, i.reason])).toEqual([["open-case", "has an open case: 1001"], ["withdrawn", "does not want it any more"], ["asked-lately", "was asked this 30 days ago"]]); // prettier-ignore
  expect(held.filter((i) => i.contact_id === priya && i.code === "not-drawn").length).toBeGreaterThan(8);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from facts where name = 'survey.held'`.execute(on(t, 31).db); // prettier-ignore
  expect(rows[0]!.n).toBe(held.filter((i) => i.code !== "not-drawn").length);
  const { held: told } = await resultsOf(on(t, 31), survey, period);
  expect(told.find((h) => h.code === "open-case")).toEqual({ code: "open-case", words: "has an open case", n: 1 });
});

test("a case's own question is asked after its end, not when it was resolved without asking, and the relationship goes first", async () => {
  const t = await databaseForTest();
  const [ana, bo, sam] = await Promise.all((["ana", "bo", "sam"] as const).map(async (who) => (await meet(on(t, 0), who)).id)); // prettier-ignore
  await makeSurvey(on(t, 0), { name: "Case", kind: "csat", trigger: "case.resolved" });
  await makeSurvey(on(t, 0), { name: "NPS" });
  const opened = { ana: await openCase(on(t, 0), { subject: "A", contact_id: ana! }), bo: await openCase(on(t, 0), { subject: "B", contact_id: bo! }), sam: await openCase(on(t, 0), { subject: "S", contact_id: sam! }) }; // prettier-ignore
  // All were settled late: that speaks against every question but the one about that case.
  await sql`update cases set status = 'resolved', resolved_at = ${start}, reopened = 1`.execute(on(t, 0).db);
  const resolved = (who: string, c: { id: string; number: string }, survey: boolean) => tell(on(t, 0), { name: "case.resolved", contact_id: who, payload: { case_id: c.id, number: c.number, hours: 2, survey } }); // prettier-ignore
  await resolved(ana!, opened.ana, true);
  await resolved(bo!, opened.bo, false);
  await deliver(on(t, 0), ana!);
  await settle(on(t, 0));
  const states = async () => (await invitations(on(t, 0))).map((i) => i.code ?? i.state);
  expect(await states()).toEqual(["sent", "not-wanted", "bad-resolution"]);
  // Sam's parcel came when both could be asked: NPS goes, the case's question does not.
  await sql`update cases set reopened = 0`.execute(on(t, 0).db);
  await deliver(on(t, 0), sam!);
  await resolved(sam!, opened.sam, true);
  await settle(on(t, 0));
  expect((await states()).slice(3).toSorted()).toEqual(["outranked", "sent"]);
  expect(t.mails.map((m) => m.to)).toEqual(["ana.ruiz@initech.example", "sam.moreau@vertex.example"]);
  expect(linksIn(t.mails[0]!.text).size).toBe(5);
});

test("one reminder to who did not answer, none to who did or has trouble since", async () => {
  const t = await databaseForTest();
  const [ana, bo, sam] = await Promise.all((["ana", "bo", "sam"] as const).map(async (who) => (await meet(on(t, 0), who)).id)); // prettier-ignore
  await makeSurvey(on(t, 0));
  for (const who of [ana, bo, sam]) await deliver(on(t, 0), who!);
  await settle(on(t, 0));
  const v = await visitor(on(t, 1));
  const mail = t.mails.find((m) => m.to.startsWith("ana"))!;
  await v.send(linksIn(mail.text).get(9)!, { score: "9" });
  await openCase(on(t, 2), { subject: "Broken", contact_id: sam! });
  for (const days of [5, 6, 12, 40]) await settle(on(t, days));
  expect(t.mails.slice(3).map((m) => [m.to, m.subject.startsWith("A short reminder")])).toEqual([["bo.lind@vertex.example", true]]); // prettier-ignore
  expect((await invitations(on(t, 40))).find((i) => i.contact_id === sam)!.reminder_held).toBe(
    "has an open case: 1001",
  );
});

test("facts read again ask nobody twice, a budget that is used up holds back, and old news asks nobody", async () => {
  const t = await databaseForTest();
  const [ana, bo] = await Promise.all((["ana", "bo"] as const).map(async (who) => (await meet(on(t, 0), who)).id));
  await makeSurvey(on(t, 0));
  await sql`insert into contact_budgets (contact_id, times) values (${bo}, array_fill(${start}::timestamptz, array[8]))`.execute(on(t, 0).db); // prettier-ignore
  for (const who of [ana, bo]) await deliver(on(t, 2), who!);
  await tell(on(t, 2), { name: "order.delivered", contact_id: ana!, occurred_at: new Date(start.getTime() - 30 * 86_400_000), payload: { order_id: crypto.randomUUID(), number: "1" } }); // prettier-ignore
  await settle(on(t, 2));
  await sql`update consumers set epoch = 0, tx = 0, seq = 0 where name = 'surveys'`.execute(on(t, 2).db);
  await Promise.all([consumeAll(on(t, 2), surveysConsumer), consumeAll(on(t, 2), surveysConsumer)]);
  await settle(on(t, 2));
  expect((await invitations(on(t, 2))).map((i) => [i.contact_id === bo, i.state, i.code])).toEqual([[false, "sent", null], [true, "held", "budget"]]); // prettier-ignore
  expect(t.mails).toHaveLength(1);
});

test("a segment is asked by hand, can be called off in time, and of one wave only the latest answer counts", async () => {
  const t = await databaseForTest();
  const ctx = on(t, 0);
  const { id: ana } = await meet(ctx, "ana");
  const survey = await makeSurvey(ctx, { trigger: "by_hand", rest_days: 0 });
  const { id: segment } = await createRecord(ctx, segmentType, { name: "Regulars", kind: "static" });
  await addMembers(ctx, segment, [ana]);
  const first = await askSegment(ctx, survey, segment);
  expect(first.asked).toBe(1);
  await settle(ctx);
  expect([await callOff(ctx, survey, first.wave), await callOff(ctx, survey, first.wave)]).toEqual([1, 0]);
  await settle(on(t, 1));
  expect(t.mails).toHaveLength(0);
  await askSegment(on(t, 1), survey, segment);
  await settle(on(t, 2));
  await (await visitor(on(t, 2))).send(linksIn(t.mails[0]!.text).get(4)!, { score: "4" });
  const month = on(t, 3);
  expect((await resultsOf(month, survey, { ...period, segment_id: segment })).figures).toMatchObject({ n: 1, detractors: 1 }); // prettier-ignore
  await sql`update survey_responses set wave = 'w'`.execute(month.db);
  await sql`insert into survey_invitations (id, survey_id, contact_id, wave, state, due_at, created_at) select gen_random_uuid(), survey_id, contact_id, 'w', 'sent', due_at, now() from survey_invitations`.execute(month.db); // prettier-ignore
  await sql`
    insert into survey_responses (id, survey_id, invitation_id, contact_id, wave, kind, question_version, score, scale, at, fact_id)
    select gen_random_uuid(), r.survey_id, i.id, r.contact_id, 'w', 'nps', 1, 10, '{0,10}', r.at + interval '1 hour', r.fact_id from survey_responses r join survey_invitations i on i.wave = 'w'`.execute(month.db); // prettier-ignore
  expect((await resultsOf(month, survey, period)).figures).toMatchObject({ n: 1, promoters: 1, value: 100 });
  await inTransaction(month, recountSurveys);
  const { rows } = await sql`select sent_count, answer_count from surveys`.execute(month.db);
  expect(rows).toEqual([{ sent_count: 2, answer_count: 2 }]);
});

test("new words are a new version, told apart in the trend; the scale stays once somebody was asked", async () => {
  const t = await databaseForTest();
  const { id: bo } = await meet(on(t, 0), "bo");
  const survey = await makeSurvey(on(t, 0));
  await deliver(on(t, 0), bo);
  await settle(on(t, 0));
  const update = (version: number, values: Record<string, unknown>) => surveysApi.update.run(on(t, 1), surveysApi.update.input.parse({ id: survey, version, ...values })); // prettier-ignore
  const { rows } = await sql<{ version: number }>`select version from surveys`.execute(on(t, 1).db);
  await update(rows[0]!.version, { question: "Would you tell a friend about us?" });
  expect((await sql`select version from survey_wordings order by version`.execute(on(t, 1).db)).rows).toHaveLength(2);
  // Whoever was asked in the old words sees the old words.
  const v = await visitor(on(t, 1));
  expect((await v.see(linksIn(t.mails[0]!.text).get(9)!)).text).toContain("How likely are you to recommend us");
  await expect(update(rows[0]!.version + 1, { kind: "csat" })).rejects.toMatchObject({ code: "survey.kind" });
  await expect(update(rows[0]!.version + 1, { sample: 0 })).rejects.toMatchObject({ code: "field.invalid" });
});
