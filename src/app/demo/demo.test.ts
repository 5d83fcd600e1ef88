import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "kysely";
import { contactType, accountType, lenses, ringOf, stages } from "#customers";
import { productType } from "#convert/catalog";
import { placeOrder, returnGoods } from "#deliver/orders";
import { receivePayment } from "#deliver/payments";
import { findJob, moveJob, type JobKind } from "#platform/jobs";
import { createRecord, findByExternalId, updateRecord } from "#records";
import { record, timelineOf } from "#timeline";
import { inTransaction } from "#platform/context";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { people } from "../../../test/world.ts";
import { fates } from "./company/fate.ts";
import { loadJob } from "./load.ts";
import { loadSample, wipeSample } from "./order.ts";
import { everything, picture, work } from "./reading-for-tests.ts";
import { stateOf } from "./sample.ts";
import { wipeJob } from "./wipe.ts";

const today = new Date("2026-03-10T00:00:00Z");
const dayMs = 86_400_000;
const ago = (days: number): Date => new Date(today.getTime() - days * dayMs);
const after = (hours: number): Date => new Date(today.getTime() + hours * 3_600_000);
const jobs = [loadJob, wipeJob];
const slow = 180_000;
let t: TestDatabase;
/** The own company's order, and every row there was before the sample came. */
let mine: string;
let before: Map<string, string[]>;

beforeAll(async () => {
  t = await testDatabase();
  const ctx = t.ctx("owner", { at: after(0.2) });
  mine = await company(ctx);
  await work(ctx, jobs);
  before = await everything(ctx);
  await loadSample(ctx);
  await work(ctx, jobs);
}, slow);
afterAll(() => t.close());

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

test("all six stages of the cycle are told, causes come before what they cause, and nothing lies ahead of today", async () => {
  const ctx = t.ctx("viewer", { at: after(9) });
  const { rows } = await sql<{ late: number; ahead: number; uncaused: number; kinds: number; total: number }>`
    select count(*) filter (where c.occurred_at > f.occurred_at)::int as late, count(*) filter (where f.occurred_at >= ${today})::int as ahead,
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
  // Segments are computed, and told, when the sample is there.
  expect(
    items
      .filter((i) => !i.name.startsWith("segment."))
      .slice(0, 6)
      .map((i) => i.sentence),
  ).toEqual([
    "became at risk",
    "case C-7064 resolved in 110.4 h",
    expect.stringMatching(/^paid .* is settled$/),
    "answered “How likely are you to recommend us?”: 3, “Second time the lid leaks, and nobody called me back.”",
    "was asked “How likely are you to recommend us?”",
    "opened case C-7064: Lid does not close, again",
  ]);
  expect(items.find((i) => i.name === "form.submitted")?.caused_by?.sentence).toBe("recommended us to Bo Lind");
  expect(items.find((i) => i.name === "case.opened")?.caused_by?.name).toBe("order.delivered");
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
    await work(early, jobs);
    expect(await findJob(early, job_id)).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("since; start anew"),
    });
  } finally {
    await other.close();
  }
});

test(
  "a load that was stopped goes on where it was, and looks the same as any other of that day",
  async () => {
    const other = await testDatabase();
    try {
      const ctx = other.ctx("owner", { at: after(23.8) });
      await company(other.ctx("owner", { at: after(0.2) }));
      const { job_id } = await loadSample(ctx);
      let steps = 0;
      const stumbling: JobKind = {
        kind: loadJob.kind,
        run: (c, job, control) =>
          loadJob.run(c, job, {
            advance: async (tx, step) => {
              await control.advance(tx, step);
              if ((steps += 1) === 5) throw new Error("the lights went out");
            },
          }),
      };
      await work(ctx, [stumbling]);
      expect(await findJob(ctx, job_id)).toMatchObject({ state: "queued", done: 405 });
      await work(ctx, jobs);
      expect(await findJob(ctx, job_id)).toMatchObject({ state: "done", done: 2005, total: 2005 });
      expect(await picture(ctx, today)).toEqual(await picture(t.ctx("owner", { at: after(23.8) }), today));
    } finally {
      await other.close();
    }
  },
  slow,
);

test(
  "wiping takes the sample and what was attached to it, and leaves everything else as it was",
  async () => {
    const at = (hours: number) => t.ctx("owner", { at: after(hours) });
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
    const left = await everything(at(4));
    for (const [table, rows] of before)
      if (table !== "consumers") expect(left.get(table), table).toEqual(expect.arrayContaining(rows));
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

/** A small company of one's own, with namesakes of the sample's; answers its order. */
async function company(ctx: ReturnType<TestDatabase["ctx"]>): Promise<string> {
  const initech = await createRecord(ctx, accountType, { name: "Initech", is_vendor: true });
  const ana = await createRecord(ctx, contactType, {
    name: "Anna R.",
    email: people.ana.email,
    phone: people.bo.phone,
    account_id: initech.id,
  });
  const product = await createRecord(ctx, productType, {
    name: "Our own jar",
    sku: "NW-JAR-01",
    price: 500,
    vendor_id: initech.id,
  });
  const order = await placeOrder(ctx, {
    contact_id: ana.id,
    placed_at: ago(20),
    number: "NW-10001",
    lines: [{ product_id: product.id, quantity: "3", unit_price: "5" }],
  });
  await receivePayment(ctx, order, { amount: 1500, method: "card" });
  const { rows } = await sql<{ id: string }>`select id from order_lines where order_id = ${order}`.execute(ctx.db);
  await returnGoods(ctx, order, { lines: [{ order_line_id: rows[0]!.id, quantity: "1" }] });
  return order;
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
