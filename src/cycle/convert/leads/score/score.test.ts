import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { contactType } from "#customers";
import { inTransaction, type Ctx } from "#platform/context";
import { workOnce } from "#platform/jobs";
import { createRecord, updateRecord } from "#records";
import { record, type FactInput } from "#timeline";
import { pino } from "pino";
import { defineField } from "../../../../records/custom/fields.ts";
import { databaseForTest, type TestDatabase } from "../../../../../test/database.ts";
import { leadNow, readLeads } from "../leads-for-tests.ts";
import { openLead } from "../open.ts";
import { leadScoreApi } from "./api.ts";
import { defaultScore } from "./defaults.ts";
import { contributionsOf, rulesSchema, scoreOf, type ScoreRules } from "./rule.ts";
import { nextScoreAt, rescoreJob, runDueScores, subjectsOf } from "./rescore.ts";
import { currentScore } from "./rules.ts";
import { scoreTold } from "./told.ts";

const dayMs = 86_400_000;
const visit = (ctx: Ctx, contact_id: string, title = "About us") =>
  inTransaction(ctx, (tx) => record(tx, { name: "page.visited", contact_id, payload: { title } }));

const sendable = ({ rules, caps, hot_from }: ScoreRules) => ({ rules: [...rules], caps, hot_from });

/** What the score must be: judged from nothing, at that instant. */
async function recomputed(ctx: Ctx, contact_id: string): Promise<number> {
  const rules = await currentScore(ctx);
  const subject = (await subjectsOf(ctx, rules, [contact_id])).get(contact_id)!;
  return scoreOf(contributionsOf(rules, subject, ctx.clock()));
}
const logged = async (ctx: Ctx, id: string): Promise<number> =>
  (await sql<{ n: number }>`select coalesce(sum(points), 0)::int as n from lead_points where lead_id = ${id}`.execute(ctx.db)).rows[0]!.n; // prettier-ignore

test("two visits today count, and no longer when the day has passed: with nothing but time", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const { id: contact } = await createRecord(ctx, contactType, { name: "Cleo", email: "cleo@kim.example" });
  const { id } = await openLead(ctx, { contact_id: contact, source: "a fair" });
  expect(await leadNow(ctx, contact)).toMatchObject({ score: 0 });
  await visit(ctx, contact);
  const fact = await visit(ctx, contact, "Prices and delivery");
  await readLeads(ctx);
  const told = await scoreTold(ctx, id);
  expect(told.score).toBe(35);
  expect(told.reasons.map((r) => `${r.label} ${r.points}`)).toEqual(["two visits today 20", "looked at prices 15"]);
  expect(told.log.find((l) => l.label === "two visits today")).toMatchObject({ how: "fact", fact_id: fact });
  const flip = await nextScoreAt(ctx);
  expect(flip!.getTime()).toBeGreaterThan(Date.now() + dayMs / 2);
  await runDueScores(t.ctx("owner", { at: new Date(Date.now() + dayMs + 60_000) }));
  expect(await leadNow(ctx, contact)).toMatchObject({ score: 15 });
  expect((await scoreTold(ctx, id)).log[0]).toMatchObject({ label: "two visits today", points: -20, how: "time" });
});

test("a group counts up to its cap and says so", async () => {
  const ctx = (await databaseForTest()).ctx();
  const caps = { ...sendable(defaultScore), caps: { fit: 10, interest: 60 } };
  await leadScoreApi.apply.run(ctx, { ...caps, expected_version: 0, note: "" });
  const { id: contact } = await createRecord(ctx, contactType, {
    name: "Cleo",
    phone: "+49 30 555 0142",
    job_title: "Founder",
  });
  const { id } = await openLead(ctx, { contact_id: contact, source: "a fair" });
  expect(await scoreTold(ctx, id)).toMatchObject({ score: 10, reasons: [{ points: 15 }, { key: "cap:fit", points: -10 }, { points: 5 }] }); // prettier-ignore
});

test("rules are previewed by who would pass the mark, refused when they cannot work, and applied once for a version", async () => {
  const ctx = (await databaseForTest()).ctx();
  for (const n of [1, 2, 3]) {
    const { id } = await createRecord(ctx, contactType, { name: `Guest ${n}`, ...(n < 3 ? { job_title: "Founder" } : { phone: "+49 30 555 0142" }) }); // prettier-ignore
    await openLead(ctx, { contact_id: id, source: "a fair" });
  }
  const rules = { ...sendable(defaultScore), rules: defaultScore.rules.map((r) => (r.key === "decides" ? { ...r, points: 40 } : r)), hot_from: 40 }; // prettier-ignore
  expect(await leadScoreApi.preview.run(ctx, rules)).toMatchObject({ leads: 3, exact: true, up: 2, down: 0, changed: 2, samples: [{ before: 15, after: 40 }, {}] }); // prettier-ignore
  const wrong = {
    ...rules,
    rules: [{ ...rules.rules[0]!, when: { field: "shoe_size", op: "is" as const, value: 1 } }],
  };
  await expect(leadScoreApi.preview.run(ctx, wrong)).rejects.toMatchObject({ fields: [{ field: "rules.0.when" }] });
  const own = { ...rules, rules: [{ ...rules.rules[0]!, when: { fact: "lead.opened" } }] };
  await expect(leadScoreApi.preview.run(ctx, own)).rejects.toMatchObject({ code: "score.own-fact" });
  expect(rulesSchema.safeParse({ ...rules, rules: [rules.rules[0], rules.rules[0]] }).success).toBe(false);
  expect(rulesSchema.safeParse({ ...rules, rules: [{ ...rules.rules[0], points: 0 }] }).success).toBe(false);
  const both = await Promise.allSettled([1, 2].map(async () => leadScoreApi.apply.run(ctx, { ...rules, expected_version: 0, note: "" }))); // prettier-ignore
  expect(both.map((b) => b.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await workOnce(ctx, [rescoreJob], pino({ level: "silent" }))).toBe(true);
  const { rows } = await sql<{ score: number }>`select score from leads order by score`.execute(ctx.db);
  expect(rows.map((r) => r.score)).toEqual([5, 40, 40]);
});

test("a rule by a field that is worked out is refused by name, since nothing would tell the score when it changes", async () => {
  const ctx = (await databaseForTest()).ctx();
  await defineField(ctx, { object: "contact", label: "Seats", type: "number" });
  await defineField(ctx, { object: "contact", label: "Half", type: "formula", formula: "custom.seats / 2" });
  const by = (field: string) => ({ ...sendable(defaultScore), rules: [{ ...defaultScore.rules[0]!, when: { field, op: "gte" as const, value: 2 } }] }); // prettier-ignore
  const apply = (field: string) => leadScoreApi.apply.run(ctx, { ...by(field), expected_version: 0, note: "" });
  const refused = { code: "condition.worked-out", fields: [{ field: "rules.0.when", message: expect.stringContaining("“custom.half”") as unknown }] }; // prettier-ignore
  await expect(leadScoreApi.preview.run(ctx, by("custom.half"))).rejects.toMatchObject(refused);
  await expect(apply("custom.half")).rejects.toMatchObject(refused);
  // What somebody typed counts.
  const { id } = await createRecord(ctx, contactType, { name: "Cleo", custom: { seats: 4 } });
  await openLead(ctx, { contact_id: id, source: "a fair" });
  await apply("custom.seats");
  await workOnce(ctx, [rescoreJob], pino({ level: "silent" }));
  expect(await leadNow(ctx, id)).toMatchObject({ score: defaultScore.rules[0]!.points });
});

const acts = fc.oneof(
  fc.record({ do: fc.constantFrom("page.visited", "form.submitted", "campaign.clicked", "newsletter.subscribed", "newsletter.unsubscribed"), hours: fc.integer({ min: 0, max: 400 }), who: fc.nat(1) }), // prettier-ignore
  fc.record({ do: fc.constantFrom("phone", "title"), hours: fc.integer({ min: 0, max: 50 }), who: fc.nat(1) }),
  fc.record({ do: fc.constant("wait"), hours: fc.integer({ min: 1, max: 900 }), who: fc.nat(1) }),
);
const payloads: Record<string, FactInput["payload"]> = {
  "page.visited": { title: "Prices" },
  "form.submitted": { form: "Sample box", opens_lead: false },
  "campaign.clicked": { campaign: "Spring" },
  "newsletter.subscribed": { list: "News" },
  "newsletter.unsubscribed": { list: "News" },
};

test("property: after any history the kept score is the sum of its log, and what judging from nothing gives", async () => {
  const t: TestDatabase = await databaseForTest();
  const start = Date.now();
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 1, maxLength: 7 }), async (history) => {
      let at = new Date(start);
      const now = (): Ctx => t.ctx("owner", { at });
      const leads: { contact: string; id: string }[] = [];
      for (const name of ["Cleo", "Bo"]) {
        const { id: contact } = await createRecord(now(), contactType, { name });
        leads.push({ contact, id: (await openLead(now(), { contact_id: contact, source: "a fair" })).id });
      }
      for (const act of history) {
        at = new Date(at.getTime() + act.hours * 3_600_000);
        const ctx = now();
        const { contact } = leads[act.who]!;
        if (act.do === "phone") await updateRecord(ctx, contactType, contact, undefined, { phone: act.hours % 2 ? "+49 30 555 0142" : null }); // prettier-ignore
        else if (act.do === "title") await updateRecord(ctx, contactType, contact, undefined, { job_title: act.hours % 2 ? "Founder" : "Cook" }); // prettier-ignore
        else if (act.do !== "wait") await inTransaction(ctx, (tx) => record(tx, { name: act.do, contact_id: contact, payload: payloads[act.do] } as FactInput)); // prettier-ignore
        await readLeads(ctx);
        while ((await runDueScores(ctx)) > 0);
      }
      for (const { contact, id } of leads) {
        const { score } = await leadNow(now(), contact);
        expect(score).toBe(await recomputed(now(), contact));
        expect(score).toBe(await logged(now(), id));
      }
    }),
    { numRuns: 15, endOnFailure: true },
  );
}, 60_000);
