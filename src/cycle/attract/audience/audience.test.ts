import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Condition } from "#kernel/condition";
import { newId } from "#kernel/id";
import { contactType, giveConsent, withdrawConsent } from "#customers";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord, listRecords, restoreRecord, trashRecord, updateRecord } from "#records";
import { contact } from "#customers";
import { record } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { meet, meetWithPast } from "../../../../test/world.ts";
import {
  addMembers,
  findSegment,
  gatherMembers,
  previewOf,
  removeMembers,
  runDueFlips,
  segmentType,
  segmentsOf,
  whyOf,
} from "./index.ts";
import { makeSegment, namesIn, readAll, workAll } from "./keeping-for-tests.ts";
import { segmentsApi } from "./api.ts";
import { segmentsConsumer } from "./consumer.ts";

const dayMs = 86_400_000;
const quiet: Condition = {
  all: [
    { fact: "order.placed", times: { op: "at_least", n: 1 } },
    { fact: "order.placed", times: { op: "exactly", n: 0 }, within: { last: { n: 60, unit: "day" } } },
  ],
};
const factsAbout = async (ctx: Ctx, contact_id: string) =>
  (await sql<{ name: string; how: string; cause: string | null }>`
    select f.name, f.payload ->> 'how' as how, c.name as cause from facts f left join facts c on c.id = f.caused_by
     where f.contact_id = ${contact_id} and f.name like 'segment.%' order by f.seq`.execute(ctx.db)).rows; // prettier-ignore
const order = (ctx: Ctx, contact_id: string) =>
  inTransaction(ctx, (tx) => record(tx, { name: "order.placed", contact_id, payload: { order_id: newId(), number: "1", amount: 900, currency: "EUR", base_amount: 900, lines: 1 } })); // prettier-ignore

test("Bo is quiet until he orders again, and after 60 days of silence time alone brings him back", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const bo = await meetWithPast(ctx, "bo");
  await meetWithPast(ctx, "ana");
  await readAll(ctx);
  const id = await makeSegment(ctx, "Quiet for 60 days", quiet);
  expect(await namesIn(ctx, id)).toEqual(["Bo Lind"]);
  expect(await findSegment(ctx, id)).toMatchObject({ member_count: 1, kind: "dynamic", job_id: null });
  await order(ctx, bo.id);
  await readAll(ctx);
  expect(await namesIn(ctx, id)).toEqual([]);
  const later = t.ctx("owner", { at: new Date(Date.now() + 61 * dayMs) });
  expect(await runDueFlips(later)).toBeGreaterThan(0);
  expect(await namesIn(ctx, id)).toEqual(["Ana Ruiz", "Bo Lind"]);
  expect(await factsAbout(ctx, bo.id)).toEqual([
    { name: "segment.entered", how: "build", cause: null },
    { name: "segment.left", how: "fact", cause: "order.placed" },
    { name: "segment.entered", how: "time", cause: null },
  ]);
});

test("why Bo is out is told leaf by leaf, with the order that made it so", async () => {
  const ctx = (await databaseForTest()).ctx();
  const bo = await meetWithPast(ctx, "bo");
  await readAll(ctx);
  const id = await makeSegment(ctx, "Quiet for 60 days", quiet);
  const evidence = await order(ctx, bo.id);
  await readAll(ctx);
  const why = await whyOf(ctx, id, bo.id);
  expect(why.member).toBe(false);
  expect(why.tree?.children.map((c) => c.truth)).toEqual([true, false]);
  expect(why.tree?.children[1]?.evidence).toEqual([evidence]);
  await expect(whyOf(ctx, id, newId())).rejects.toMatchObject({ kind: "not-found" });
});

test("a segment may ask for another: both move at once, without a wrong step between, and its own facts end there", async () => {
  const ctx = (await databaseForTest()).ctx();
  const bo = await meetWithPast(ctx, "bo");
  await readAll(ctx);
  const q = await makeSegment(ctx, "Quiet", quiet);
  const loud = await makeSegment(ctx, "Loud in Berlin", {
    all: [
      { segment: q, is: false },
      { field: "city", op: "is", value: "Berlin" },
    ],
  });
  expect(await namesIn(ctx, loud)).toEqual([]);
  await order(ctx, bo.id);
  await readAll(ctx);
  expect([await namesIn(ctx, q), await namesIn(ctx, loud)]).toEqual([[], ["Bo Lind"]]);
  const told = await factsAbout(ctx, bo.id);
  expect(told.slice(1)).toEqual([
    { name: "segment.left", how: "fact", cause: "order.placed" },
    { name: "segment.entered", how: "fact", cause: "segment.left" },
  ]);
  expect(await segmentsOf(ctx, bo.id)).toMatchObject([{ id: loud, name: "Loud in Berlin" }]);
  await expect(trashRecord(ctx, segmentType, q)).rejects.toMatchObject({ code: "segment.used" });
});

test("segments that ask for each other in a circle are refused, naming the way", async () => {
  const ctx = (await databaseForTest()).ctx();
  const a = await makeSegment(ctx, "A", { field: "country", op: "is", value: "DE" });
  const b = await makeSegment(ctx, "B", { segment: a, is: true });
  await expect(
    updateRecord(ctx, segmentType, a, undefined, { condition: { not: { segment: b, is: true } } }),
  ).rejects.toThrow("A → B → A");
  await expect(
    updateRecord(ctx, segmentType, a, undefined, { condition: { segment: a, is: true } }),
  ).rejects.toMatchObject({ code: "segment.circle" });
  await expect(makeSegment(ctx, "C", { fact: "segment.entered" })).rejects.toMatchObject({ code: "segment.own-fact" });
  await expect(makeSegment(ctx, "C", { segment: newId(), is: true })).rejects.toMatchObject({ code: "segment.gone" });
  await expect(makeSegment(ctx, "a", { segment: b, is: true })).rejects.toMatchObject({ code: "segment.name-taken" });
});

test("another condition, the trash and what the lifecycle derives change who belongs to it", async () => {
  const ctx = (await databaseForTest()).ctx();
  const bo = await meet(ctx, "bo");
  await meetWithPast(ctx, "ana");
  await readAll(ctx);
  const id = await makeSegment(ctx, "Buyers", { field: "order_count", op: "gte", value: 1 });
  expect(await namesIn(ctx, id)).toEqual(["Ana Ruiz"]);
  await order(ctx, bo.id);
  await readAll(ctx);
  expect(await namesIn(ctx, id)).toEqual(["Ana Ruiz", "Bo Lind"]);
  await trashRecord(ctx, contactType, bo.id);
  await readAll(ctx);
  expect(await findSegment(ctx, id)).toMatchObject({ member_count: 1 });
  await restoreRecord(ctx, contactType, bo.id);
  await readAll(ctx);
  expect(await namesIn(ctx, id)).toContain("Bo Lind");
  await updateRecord(ctx, segmentType, id, undefined, { condition: { field: "order_count", op: "gte", value: 5 } });
  expect((await findSegment(ctx, id)).job_id).not.toBeNull();
  await workAll(ctx);
  expect(await namesIn(ctx, id)).toEqual(["Ana Ruiz"]);
  const history = await segmentsApi.history.run(ctx, { id });
  expect(history.items[0]?.fields).toEqual({ condition: ["Orders is at least 1", "Orders is at least 5"] });
});

test("people chosen by hand come and go with facts, stay through the trash, and a condition's members are nobody's to choose", async () => {
  const ctx = (await databaseForTest()).ctx();
  const [bo, ana] = [await meet(ctx, "bo"), await meet(ctx, "ana")];
  const { id } = await createRecord(ctx, segmentType, { name: "Trade fair", kind: "static" });
  expect(new Set(await addMembers(ctx, id, [bo.id, ana.id, newId()]))).toEqual(new Set([bo.id, ana.id]));
  expect(await addMembers(ctx, id, [bo.id])).toEqual([]);
  expect(await removeMembers(ctx, id, [ana.id])).toBe(1);
  expect(await factsAbout(ctx, ana.id)).toMatchObject([
    { name: "segment.entered", how: "hand" },
    { name: "segment.left", how: "hand" },
  ]);
  await trashRecord(ctx, contactType, bo.id);
  await readAll(ctx);
  expect(await findSegment(ctx, id)).toMatchObject({ member_count: 0 });
  await restoreRecord(ctx, contactType, bo.id);
  await readAll(ctx);
  expect(await findSegment(ctx, id)).toMatchObject({ member_count: 1 });
  expect((await segmentsApi.trend.run(ctx, { id, days: 30 })).items).toMatchObject([{ came: 2, went: 1 }]);
  const kept = await makeSegment(ctx, "Everybody", { all: [] });
  await expect(addMembers(ctx, kept, [bo.id])).rejects.toMatchObject({ code: "segment.dynamic" });
  const listed = JSON.parse(
    (await listRecords(ctx, contact, { filter: { segment: id, is: true }, limit: 10 })).json,
  ) as { items: { name: string }[] };
  expect(listed.items.map((i) => i.name)).toEqual(["Bo Lind"]);
});

test("more than 500 contacts of a list are put in by a job, fewer at once", async () => {
  const ctx = (await databaseForTest()).ctx();
  await sql`insert into contacts (id, name, country, source) select gen_random_uuid(), 'Guest ' || i, case when i <= 3 then 'FR' else 'DE' end, 'a fair' from generate_series(1, 600) i`.execute(
    ctx.db,
  );
  const { id } = await createRecord(ctx, segmentType, { name: "Guests", kind: "static" });
  expect(await gatherMembers(ctx, id, { filter: { field: "country", op: "is", value: "FR" } })).toMatchObject({
    added: [expect.any(String), expect.any(String), expect.any(String)],
  });
  expect(await gatherMembers(ctx, id, { q: "Guest" })).toHaveProperty("job_id");
  await workAll(ctx);
  expect(await findSegment(ctx, id)).toMatchObject({ member_count: 600 });
  const members = await segmentsApi.members.run(ctx, { id, limit: 200 });
  const more = await segmentsApi.members.run(ctx, { id, limit: 200, cursor: members.next! });
  expect(new Set([...members.items, ...more.items].map((m) => m.id)).size).toBe(400);
  expect(await previewOf(ctx, { field: "country", op: "is", value: "FR" })).toMatchObject({
    count: 3,
    exact: true,
    samples: [{}, {}, {}],
  });
});

test("a batch that failed half way takes effect once when it is read again", async () => {
  const ctx = (await databaseForTest()).ctx();
  const bo = await meetWithPast(ctx, "bo");
  await readAll(ctx);
  await makeSegment(ctx, "Quiet", quiet);
  await order(ctx, bo.id);
  await readAll(ctx);
  await sql`update consumers set epoch = 0, tx = 0, seq = 0 where name = ${segmentsConsumer.name}`.execute(ctx.db);
  await readAll(ctx, 3);
  expect((await factsAbout(ctx, bo.id)).map((f) => f.name)).toEqual(["segment.entered", "segment.left"]);
});

test("a segment of subscribers follows consent as it is given and withdrawn", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const ana = await meet(ctx, "ana");
  const id = await makeSegment(ctx, "Newsletter readers", { consent: "newsletter", is: true });
  const said = { contact_id: ana.id, purpose: "newsletter" as const, source: "form" };
  await inTransaction(ctx, (tx) => giveConsent(tx, said));
  await readAll(ctx);
  expect(await namesIn(ctx, id)).toEqual(["Ana Ruiz"]);
  expect((await whyOf(ctx, id, ana.id)).tree?.text).toBe("gave consent: Newsletter: yes");
  await inTransaction(ctx, (tx) => withdrawConsent(tx, said));
  await readAll(ctx);
  expect(await namesIn(ctx, id)).toEqual([]);
});
