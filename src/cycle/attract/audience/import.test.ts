import { sql } from "kysely";
import { expect, test } from "vitest";
import { contactType } from "#customers";
import type { Ctx } from "#platform/context";
import { findJob, workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import { createRecord, historyOf, startTakingBack, takeBackJob } from "#records";
import { colleague, roleWith } from "../../../../test/access-world.ts";
import { databaseForTest } from "../../../../test/database.ts";
import { imported, started, uploaded } from "../../../records/import/importing-for-tests.ts";
import { addMembers, findSegment, removeMembers, segmentType } from "./index.ts";
import { makeSegment, namesIn } from "./keeping-for-tests.ts";
import "./import.ts";

/** Ana, Bo with number 17 elsewhere, and Cleo; a segment of hands. */
async function world(ctx: Ctx) {
  const ana = await createRecord(ctx, contactType, { name: "Ana Ruiz", email: "ana@initech.example" });
  const bo = await createRecord(ctx, contactType, { name: "Bo Lind", external_ids: { import: "17" } });
  const cleo = await createRecord(ctx, contactType, { name: "Cleo Kim", email: "cleo@kim.example" });
  const { id } = await createRecord(ctx, segmentType, { name: "Fair guests", kind: "static" });
  return { ana, bo, cleo, id };
}
const entered = async (ctx: Ctx) =>
  (await sql`select c.name, f.name as fact, f.payload ->> 'how' as how, f.actor_kind as by from facts f join contacts c on c.id = f.contact_id
              where f.name like 'segment.%' order by f.seq`.execute(ctx.db)).rows; // prettier-ignore
const takeBack = async (ctx: Ctx, job: string) => {
  const back = await startTakingBack(ctx, job);
  while (await workOnce(ctx, [takeBackJob], createLog("silent")));
  return findJob(ctx, back);
};

test("a file of addresses and numbers is put into a segment made by hand, as hands would", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { ana, id } = await world(ctx);
  await addMembers(ctx, id, [ana.id]);
  const file =
    "E-mail,Customer no\nANA@initech.example,\n,17\ncleo@kim.example,\ncleo@kim.example,\nnobody@here.example,\n,18\nnonsense,\n,\n";
  await expect(started(ctx, await uploaded(ctx, "segment_members", file))).rejects.toMatchObject({ fields: [{ field: "options.segment_id", message: "Choose the segment they are put into." }] }); // prettier-ignore
  const { counts, failures } = await imported(ctx, "segment_members", file, { options: { segment_id: id } });
  expect(counts).toEqual({ created: 2, unchanged: 2 });
  expect(failures).toEqual([
    "row 6, column E-mail: there is no contact 'nobody@here.example'",
    "row 7, column Customer no: there is no contact '18'",
    "row 8, column E-mail: 'nonsense' is not an e-mail address",
  ]);
  expect(await namesIn(ctx, id)).toEqual(["Ana Ruiz", "Bo Lind", "Cleo Kim"]);
  expect(await findSegment(ctx, id)).toMatchObject({ member_count: 3 });
  expect((await entered(ctx)).toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))).toEqual([
    { name: "Ana Ruiz", fact: "segment.entered", how: "hand", by: "user" },
    { name: "Bo Lind", fact: "segment.entered", how: "hand", by: "import" },
    { name: "Cleo Kim", fact: "segment.entered", how: "hand", by: "import" },
  ]); // prettier-ignore
  expect((await imported(ctx, "segment_members", file, { options: { segment_id: id } })).counts).toEqual({ created: 0, unchanged: 4 }); // prettier-ignore
  expect((await historyOf(ctx, "segment", id)).map((h) => h.fields?.member_count)).toContainEqual([1, 3]);
  const dynamic = await makeSegment(ctx, "Everybody", { field: "name", op: "is_set" });
  const refused = await imported(ctx, "segment_members", file, { options: { segment_id: dynamic } });
  expect(refused.job).toMatchObject({ state: "failed", reason: expect.stringContaining("nobody is added or removed by hand") }); // prettier-ignore
});

test("members of a file are taken back as one act: who was there before stays, and who came again by hand", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { ana, bo, id } = await world(ctx);
  await addMembers(ctx, id, [ana.id]);
  const { job } = await imported(ctx, "segment_members", "E-mail,Id\nana@initech.example,\n,17\ncleo@kim.example,\n", { options: { segment_id: id } }); // prettier-ignore
  await removeMembers(ctx, id, [bo.id]);
  await addMembers(ctx, id, [bo.id]);
  expect(await takeBack(ctx, job.id)).toMatchObject({ state: "done", failed: 0, result: { changed: 1 } });
  expect(await namesIn(ctx, id)).toEqual(["Ana Ruiz", "Bo Lind"]);
  expect(await findSegment(ctx, id)).toMatchObject({ member_count: 2 });
  expect((await entered(ctx)).at(-1)).toMatchObject({ name: "Cleo Kim", fact: "segment.left", how: "hand" });
});

test("whom somebody may not see is nobody to their file", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const { id } = await world(ctx);
  const role = await roleWith(ctx, "Own customers", { contacts: { read: "own", create: "all", update: "own" }, segments: { read: "all", update: "all" } }); // prettier-ignore
  const tom = await colleague(t, "Tom Weber", role);
  await createRecord(tom, contactType, { name: "Nia New", email: "nia@here.example" });
  const { job, counts, failures } = await imported(tom, "segment_members", "E-mail\nana@initech.example\nnia@here.example\n", { options: { segment_id: id } }); // prettier-ignore
  expect([job.reason, counts]).toEqual([null, { created: 1, unchanged: 0 }]);
  expect(failures).toEqual([expect.stringContaining("there is no contact 'ana@initech.example'")]);
  expect(await namesIn(ctx, id)).toEqual(["Nia New"]);
});
