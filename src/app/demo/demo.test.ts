import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "kysely";
import { contactType, lenses, ringOf, stages } from "#customers";
import { placeOrder } from "#deliver/orders";
import { receivePayment } from "#deliver/payments";
import { findJob, moveJob, type JobKind } from "#platform/jobs";
import { createRecord, findByExternalId, updateRecord } from "#records";
import { chainOf, record, timelineOf } from "#timeline";
import { inTransaction } from "#platform/context";
import { databaseForTest, testDatabase, type TestDatabase } from "../../../test/database.ts";
import { fates } from "./company/fate.ts";
import { modules } from "../modules.ts";
import { myDayApi } from "../my-day.ts";
import { loadJob } from "./load.ts";
import { begunAt, ownCompany, sampleForTest } from "./sample-for-tests.ts";
import { loadSample, wipeSample } from "./order.ts";
import { everything, picture, work } from "./reading-for-tests.ts";
import { stateOf } from "./sample.ts";
import { wipeJob } from "./wipe.ts";

const today = new Date("2026-03-10T00:00:00Z");
const dayMs = 86_400_000;
const ago = (days: number): Date => new Date(today.getTime() - days * dayMs);
const after = (hours: number): Date => new Date(today.getTime() + hours * 3_600_000);
const jobs = [loadJob, wipeJob];
const slow = 300_000;
/** The whole sample. */
let t: TestDatabase;
let leave: () => Promise<void>;

beforeAll(async () => {
  t = await sampleForTest((end) => (leave = end));
}, slow);
afterAll(() => leave());

test("every stage has the customers it should have, by the rules alone", async () => {
  const ctx = t.ctx("owner", { at: after(9) });
  expect(await stateOf(ctx)).toEqual({ state: "loaded", customers: 2005 });
  const { rows } = await sql<{
    stage: (typeof stages)[number];
    n: number;
  }>`select lifecycle_stage as stage, count(*)::int as n from contacts where name <> 'Anna R.' group by 1`.execute(
    ctx.db,
  );
  const seen = Object.fromEntries(rows.map((r) => [r.stage, r.n]));
  for (const stage of stages)
    expect(Math.abs(seen[stage]! - fates[stage]), `${stage}: ${seen[stage]}`).toBeLessThan(12);
  const { rows: byHand } =
    await sql`select 1 from lifecycle_transitions where rule = 'by-hand' or withdrawn_at is not null`.execute(ctx.db);
  expect(byHand).toEqual([]);
});

test.each([90, 365])("in %i days somebody moved along every link of every lens", async (days) => {
  const ctx = t.ctx("viewer", { at: after(9) });
  for (const lens of lenses) {
    const ring = await ringOf(ctx, { lens: lens.key, from: ago(days), until: after(9) });
    const still = ring.links.filter((l) => l.moved === 0).map((l) => `${lens.key} ${l.key}`);
    // From product to support one only falls, and falling is no progress.
    expect(still.filter((l) => l !== "four_departments product>support")).toEqual([]);
    expect(ring.steps.filter((s) => s.count === 0).map((s) => `${lens.key} ${s.key}`)).toEqual([]);
    expect(ring.closing.referrals).toBeGreaterThan(0);
  }
});

test("my day begins with those who wait for an answer, and an overdue invoice waits for all of them", async () => {
  const ctx = t.ctx("owner", { at: after(9) });
  const { items } = await myDayApi(modules).get.run(ctx, { mine: false });
  const kinds = items.map((due) => due.id.split(":")[0]!);
  const first = [...new Set(kinds)].filter((kind) => kind !== "quote" && kind !== "proposal" && kind !== "announce");
  expect(first.slice(0, 6).toSorted()).toEqual(["case", "lead", "onboarding", "opportunity", "ship", "task"]);
  expect(new Set(first.slice(0, 2))).toEqual(new Set(["case", "lead"]));
  expect(first.indexOf("improvement")).toBeGreaterThan(first.indexOf("invoice"));
  expect(new Set(kinds.slice(0, 10)).size).toBeGreaterThanOrEqual(5);
});

test("all six stages of the cycle are told, causes come before what they cause, and nothing lies ahead of today", async () => {
  const ctx = t.ctx("viewer", { at: after(9) });
  const { rows } = await sql<{ late: number; ahead: number; uncaused: number; kinds: number; total: number }>`
    select count(*) filter (where c.occurred_at > f.occurred_at)::int as late, count(*) filter (where f.occurred_at >= ${today} and f.actor_name = 'Sample company')::int as ahead,
           count(*) filter (where f.caused_by is not null and c.id is null)::int as uncaused, count(distinct f.name)::int as kinds, count(*)::int as total
      from facts f left join facts c on c.id = f.caused_by join external_ids e on e.record_id = f.contact_id and e.system = 'sample'
     where f.name not like 'segment.%'`.execute(ctx.db);
  expect(rows[0]).toMatchObject({ late: 0, ahead: 0, uncaused: 0 });
  expect(rows[0]!.kinds).toBeGreaterThan(27);
  expect(rows[0]!.total).toBeGreaterThan(40_000);
});

test("Bo's timeline says why he is leaving", async () => {
  const ctx = t.ctx("agent", { at: after(9) });
  const id = await findByExternalId(ctx, "contact", "sample", "bo");
  const { items } = await timelineOf(ctx, { contact_id: id! }, { limit: 200 });
  // Segments are computed, and told, when the sample is there; points go on by themselves.
  expect(
    items
      .filter((i) => !/^(segment|points|tier|reward|file)\./.test(i.name))
      .slice(0, 7)
      .map((i) => i.sentence),
  ).toEqual([
    "opened case C-8100: Lid does not close, a third time",
    "became at risk",
    "case C-7064 resolved in 110.4 h",
    // The last bill in part: the rest waits for somebody to speak with him.
    expect.stringMatching(/^paid €[\d.,]+ of order NW-\d+$/),
    "answered “How likely are you to recommend us?”: 3, “Second time the lid leaks, and nobody called me back.”",
    "was asked “How likely are you to recommend us?”",
    "opened case C-7064: Lid does not close, again",
  ]);
  expect(items.find((i) => i.name === "form.submitted")?.caused_by?.sentence).toBe("recommended us to Bo Lind");
  const files = items.flatMap((i) => (i.name === "file.added" ? [i.payload.name] : []));
  expect(files).toEqual(["Call about the lids.txt", "Lid that does not close.png"]);
  expect(items.findLast((i) => i.name === "case.opened")?.caused_by?.name).toBe("order.delivered");
});

test("Sam's story goes around the whole ring, each step because of the one before", async () => {
  const ctx = t.ctx("agent", { at: after(9) });
  const id = (await findByExternalId(ctx, "contact", "sample", "sam"))!;
  const { items } = await timelineOf(ctx, { contact_id: id }, { limit: 200 });
  const steps: [string, string][] = [
    ["form.submitted", "referral.made"], ["lead.opened", "form.submitted"], ["lead.qualified", "lead.opened"], ["opportunity.opened", "lead.converted"], ["quote.sent", "opportunity.opened"],
    ["opportunity.won", "quote.accepted"], ["order.placed", "quote.accepted"], ["shipment.sent", "order.placed"], ["order.delivered", "shipment.delivered"], ["invoice.issued", "order.placed"],
    ["order.paid", "order.placed"], ["reward.earned", "order.paid"], ["onboarding.started", "order.delivered"], ["case.opened", "order.delivered"], ["survey.sent", "order.delivered"],
    ["survey.answered", "survey.sent"], ["insight.joined", "case.opened"], ["improvement.announced", "insight.joined"], ["referral.joined", "referral.made"],
  ]; // prettier-ignore
  const told = items.map((i) => `${i.name} < ${i.caused_by?.name}`);
  for (const [name, cause] of steps) expect(told).toContain(`${name} < ${cause}`);
  const order = items.findLast((i) => i.name === "order.placed")!.payload.order_id as string;
  const chain = await chainOf(ctx, { contact_id: id }, "order", order);
  expect(chain.because.map((f) => f.name)).toEqual(["quote.accepted", "shipment.delivered"]);
  expect(chain.led_to.map((f) => f.name)).toEqual(expect.arrayContaining(["shipment.sent", "invoice.issued", "onboarding.started", "case.opened"])); // prettier-ignore
});

test("the sample has an improvement of each verdict, reached by its own figures", async () => {
  const { rows } = await sql<{ name: string; verdict: string }>`
    select name, verdict from improvements where verdict is not null order by name`.execute(t.ctx().db);
  expect(Object.fromEntries(rows.map((r) => [r.name, r.verdict]))).toMatchObject({
    "Delivery text message": "worked",
    "Asking on the day after delivery": "worse",
    "A reminder after four weeks": "no_effect",
  });
  expect(rows.map((r) => r.verdict)).toContain("too_early");
});

test("forms and consents agree with what is told", async () => {
  const ctx = t.ctx("owner", { at: after(9) });
  const { rows } = await sql<{
    told: number;
    kept: number;
    spam: number;
    counted: number;
    readers: number;
    given: number;
  }>`
    select (select count(*)::int from facts where name = 'form.submitted') as told,
           (select count(*)::int from form_submissions s join facts f on f.id = s.fact_id and f.payload ->> 'submission_id' = s.id::text and f.payload ->> 'form_id' = s.form_id::text
             and f.contact_id = s.contact_id and f.occurred_at = s.submitted_at) as kept,
           (select count(*)::int from form_submissions where verdict = 'spam') as spam,
           (select sum(submission_count)::int from forms) as counted,
           (select count(distinct contact_id)::int from facts f where name = 'newsletter.subscribed' and not exists (select from facts u where u.contact_id = f.contact_id and u.name = 'newsletter.unsubscribed')) as readers,
           (select count(*)::int from consents where status = 'given' and purpose = 'newsletter') as given`.execute(
    ctx.db,
  );
  const { told, kept, spam, counted, readers, given } = rows[0]!;
  expect(told).toBeGreaterThan(500);
  expect({ kept, counted }).toEqual({ kept: told, counted: told });
  expect(given).toBe(readers);
  expect(spam).toBe(6);
});

test("a second load is refused, and so is a retried one that was overtaken", async () => {
  const ctx = t.ctx("owner", { at: after(9) });
  await expect(loadSample(ctx)).rejects.toThrow("The sample company is here already");
  const other = await testDatabase();
  try {
    const early = other.ctx("owner", { at: after(1) });
    await expect(wipeSample(early)).rejects.toThrow("There is no sample company");
    const { job_id } = await loadSample(early);
    await expect(loadSample(early)).rejects.toThrow("is being loaded");
    await moveJob(early, job_id, "cancel");
    await loadSample(other.ctx("owner", { at: after(2) }));
    await moveJob(early, job_id, "retry");
    await sql`update jobs set due_at = null`.execute(early.db); // after a fault it waits
    await work(early, jobs);
    expect(await findJob(early, job_id)).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("since; start anew"),
    });
  } finally {
    await other.close();
  }
});

/** A company of one's own in which the first customers of the sample were loaded; what it had before. */
async function withPart(kinds: readonly JobKind[]): Promise<{ own: TestDatabase; mine: string; before: Map<string, string[]>; job_id: string }> {
  const own = await databaseForTest();
  const ctx = own.ctx("owner", { at: begunAt });
  for (const m of modules) await m.onStart?.(ctx);
  const mine = await ownCompany(ctx);
  await work(ctx, jobs);
  const before = await everything(ctx);
  const { job_id } = await loadSample(ctx, { customers: 300 });
  await work(ctx, kinds);
  return { own, mine, before, job_id };
} // prettier-ignore

test(
  "a load that was stopped goes on where it was and looks the same as any other of that day; wiping takes the sample and what was attached to it, and leaves everything else as it was",
  async () => {
    const { own, mine, before, job_id } = await withPart([stumbling(4)]);
    const at = (hours: number) => own.ctx("owner", { at: after(hours) });
    const early = own.ctx("owner", { at: begunAt });
    expect(await findJob(early, job_id)).toMatchObject({ state: "queued", done: 205 });
    await work(early, jobs);
    expect(await findJob(early, job_id)).toMatchObject({ state: "done", done: 405, total: 405 });
    const other = await withPart(jobs);
    expect(await picture(at(9), today)).toEqual(await picture(other.own.ctx("owner", { at: after(9) }), today));

    const bo = (await findByExternalId(at(3), "contact", "sample", "bo"))!;
    const vertex = (await findByExternalId(at(3), "account", "sample", "vertex"))!;
    const jar = (await findByExternalId(at(3), "product", "sample", "NW-JAR-01"))!;
    // Own namesakes are neither filled nor mistaken for the sample's.
    expect(
      (await sql`select name from accounts where name like 'Initech%' order by name`.execute(at(3).db)).rows,
    ).toEqual([{ name: "Initech" }, { name: "Initech (sample)" }]);
    const attached = await placeOrder(at(3), {
      contact_id: bo,
      lines: [{ product_id: jar, quantity: "2", unit_price: "3" }],
    });
    await receivePayment(at(3), attached, { amount: 100, method: "card" });
    await inTransaction(at(3), (tx) =>
      record(tx, { name: "page.visited", contact_id: bo, payload: { title: "About Northwind" } }),
    );
    const ours = await createRecord(at(3), contactType, { name: "Nora Own", account_id: vertex });
    const kept = await placeOrder(at(3), {
      contact_id: ours.id,
      account_id: vertex,
      lines: [{ product_id: jar, description: "Jar", quantity: "1", unit_price: "3" }],
    });
    await updateRecord(at(3), contactType, bo, undefined, { city: "Halle" });
    await work(at(3), jobs);
    const ids = await sampleIds(at(3));
    await wipeSample(at(4));
    await work(at(4), jobs);
    expect(await stateOf(at(4))).toEqual({ state: "absent", customers: 0 });
    expect((await sql`select name from files where kept_at is not null`.execute(at(4).db)).rows).toEqual([]);
    const left = await everything(at(4));
    const clocks = new Set(["consumers", "prediction_runs"]); // how far was read, and when was learnt
    for (const [table, rows] of before)
      if (!clocks.has(table)) expect(left.get(table), table).toEqual(expect.arrayContaining(rows));
    const mentions = [...left].flatMap(([table, rows]) => rows.flatMap((row) => row.match(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{22}/g) ?? []).filter((id) => ids.has(id)).map((id) => `${table} ${id}`)); // prettier-ignore
    expect(mentions).toEqual([]);
    expect([...left.values()].flat().filter((row) => row.includes("sample,") || row.includes("(sample)"))).toEqual([]);
    // What is one's own among the sample's things stays, on its own.
    const { rows } =
      await sql`select c.account_id, o.account_id as at, l.product_id, l.description from contacts c join orders o on o.contact_id = c.id join order_lines l on l.order_id = o.id where o.id = ${kept}`.execute(
        at(4).db,
      );
    expect(rows).toEqual([{ account_id: null, at: null, product_id: null, description: "Jar" }]);
    expect((await sql`select 1 from orders where id = any(${[attached, mine]})`.execute(at(4).db)).rows).toHaveLength(
      1,
    );
    await loadSample(at(5));
    expect((await stateOf(at(5))).state).toBe("loading");
  },
  slow,
);

/** A load in which the lights go out after so many steps. */
function stumbling(after: number): JobKind {
  let steps = 0;
  const run: JobKind["run"] = (ctx, job, control) =>
    loadJob.run(ctx, job, {
      advance: async (tx, step) => {
        await control.advance(tx, step);
        if ((steps += 1) === after) throw new Error("the lights went out");
      },
    });
  return { ...loadJob, run };
}

async function sampleIds(ctx: ReturnType<TestDatabase["ctx"]>): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select record_id as id from external_ids where system = 'sample'
    union select f.id from facts f join external_ids e on e.record_id = f.contact_id and e.system = 'sample'
    union select p.id from payments p join external_ids e on e.record_id = p.contact_id and e.system = 'sample'
    union select l.id from order_lines l join orders o on o.id = l.order_id join external_ids e on e.record_id = o.contact_id and e.system = 'sample'
    union select m.id from lifecycle_transitions m join external_ids e on e.record_id = m.subject_id and e.system = 'sample'`.execute(
    ctx.db,
  );
  return new Set(rows.map((r) => r.id));
}
