import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { databaseForTest, type TestDatabase } from "../../../test/database.ts";
import type { Ctx } from "#platform/context";
import { inTransaction } from "#platform/context";
import { contactType } from "#customers";
import {
  createRecord,
  historyOf,
  noteChanges,
  recordAsOf,
  trashRecord,
  undoChangeSet,
  updateRecord,
  type Row,
} from "#records";
import { meet } from "../../../test/world.ts";

const lastSet = async (ctx: Ctx, id: string): Promise<string> => (await historyOf(ctx, "contact", id))[0]!.set_id;
const rowOf = async (ctx: Ctx, id: string): Promise<Row> =>
  (await sql<Row>`select * from contacts where id = ${id}`.execute(ctx.db)).rows[0]!;

test("one change is taken back, and the history says so", async () => {
  const t = await databaseForTest();
  const mira = t.ctx();
  const { id } = await meet(mira, "ana");
  await updateRecord(mira, contactType, id, undefined, { city: "Dallas", job_title: "Boss", custom: { size: 4 } });
  const set = await lastSet(mira, id);
  expect(await undoChangeSet(mira, set)).toMatchObject({ changed: 1, conflicts: [] });
  expect(await rowOf(mira, id)).toMatchObject({ city: "Austin", job_title: "Office manager", custom: {} });
  const [back, made] = await historyOf(mira, "contact", id);
  expect(back).toMatchObject({ undoes: set, fields: { city: ["Dallas", "Austin"] } });
  expect(made).toMatchObject({ set_id: set, undone: true });
  await expect(undoChangeSet(mira, set)).rejects.toMatchObject({ code: "change.undone" });
});

test("what somebody changed since is refused with its values; the others are taken back when asked", async () => {
  const t = await databaseForTest();
  const mira = t.ctx();
  const tom = t.ctx("manager", { actor: { name: "Tom Weber" } });
  const { id } = await meet(mira, "ana");
  await updateRecord(mira, contactType, id, undefined, { city: "Dallas", job_title: "Boss" });
  const set = await lastSet(mira, id);
  await updateRecord(tom, contactType, id, undefined, { city: "Waco" });
  const conflict = { field: "city", was: "Austin", became: "Dallas", now: "Waco" };
  await expect(undoChangeSet(mira, set)).rejects.toMatchObject({
    code: "change.changed-since",
    detail: { conflicts: [conflict] },
  });
  expect((await rowOf(mira, id)).job_title).toBe("Boss");
  expect(await undoChangeSet(mira, set, { others: true })).toMatchObject({ changed: 1, conflicts: [conflict] });
  expect(await rowOf(mira, id)).toMatchObject({ city: "Waco", job_title: "Office manager" });
});

test("making is taken back into the trash, trashing out of it; a record that somebody changed since stays", async () => {
  const t = await databaseForTest();
  const mira = t.ctx();
  const { id } = await createRecord(mira, contactType, { name: "Noor Haddad" });
  const made = await lastSet(mira, id);
  await undoChangeSet(mira, made);
  expect((await rowOf(mira, id)).deleted_at).not.toBeNull();
  await undoChangeSet(mira, await lastSet(mira, id));
  expect((await rowOf(mira, id)).deleted_at).toBeNull();
  await updateRecord(t.ctx("agent", { actor: { name: "Tom Weber" } }), contactType, id, undefined, { city: "Waco" });
  await expect(undoChangeSet(mira, made)).rejects.toMatchObject({
    code: "record.changed-since",
    message: "Tom Weber changed it since; it stays.",
  });
  await trashRecord(mira, contactType, id);
});

test("a field that changes twice in one act keeps its first old value", async () => {
  const t = await databaseForTest();
  const mira = t.ctx();
  const { id } = await meet(mira, "ana");
  await inTransaction(mira, async (tx) => {
    await noteChanges(tx, [
      { object: "contact", record_id: id, action: "updated", fields: { city: ["Austin", "Dallas"] } },
    ]);
    await noteChanges(tx, [
      {
        object: "contact",
        record_id: id,
        action: "updated",
        fields: { city: ["Dallas", "Waco"], country: ["A", "B"] },
      },
    ]);
  });
  expect((await historyOf(mira, "contact", id))[0]!.fields).toEqual({ city: ["Austin", "Waco"], country: ["A", "B"] });
});

const word = fc.constantFrom("Austin", "Dallas", "Waco", "Łódź", null);
const edit = fc.record(
  { city: word, job_title: word, custom: fc.record({ size: fc.constantFrom(1, 2, null) }) },
  { requiredKeys: [] },
);

/** Contact values that people may change, as the record has them. */
const shown = ({ city, job_title, custom }: Record<string, unknown>): unknown => ({ city, job_title, custom });

const customIn = (values: Record<string, unknown>): unknown =>
  Object.fromEntries(
    Object.entries(values).flatMap(([k, v]) => (k.startsWith("custom.") && v !== null ? [[k.slice(7), v]] : [])),
  );

async function edited(t: TestDatabase, edits: readonly Record<string, unknown>[]) {
  const start = Date.parse("2026-03-01T10:00:00Z");
  const at = (i: number): Ctx => t.ctx("owner", { at: new Date(start + i * 60_000) });
  const { id } = await createRecord(at(0), contactType, { name: "Noor Haddad", city: "Austin" });
  const states = [shown(await rowOf(at(0), id))];
  const sets: (string | null)[] = [null];
  for (const [i, values] of edits.entries()) {
    const before = (await historyOf(at(0), "contact", id)).length;
    await updateRecord(at(i + 1), contactType, id, undefined, structuredClone(values));
    const history = await historyOf(at(0), "contact", id);
    sets.push(history.length > before ? history[0]!.set_id : null);
    states.push(shown(await rowOf(at(0), id)));
  }
  return { id, states, sets, start, end: at(edits.length + 5) };
}

test(
  "as of a time equals what was there then; edits taken back newest first restore every state",
  { timeout: 60_000 },
  async () => {
    const t = await databaseForTest();
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        const { id, states, sets, start, end } = await edited(t, edits);
        for (const [i, state] of states.entries()) {
          const then = await recordAsOf(end, contactType, id, new Date(start + i * 60_000 + 30_000));
          expect(shown({ ...then.values, custom: customIn(then.values) })).toEqual(state);
          expect(then.existed).toBe(true);
        }
        expect((await recordAsOf(end, contactType, id, new Date(start - 1000))).existed).toBe(false);
        for (let i = edits.length; i > 0; i--) {
          const set = sets[i];
          if (set) await undoChangeSet(end, set);
          expect(shown(await rowOf(end, id))).toEqual(states[i - 1]);
        }
      }),
      { numRuns: 15 },
    );
  },
);
