import { sql } from "kysely";
import { conditionText, deps, type Condition } from "#kernel/condition";
import { invalid, Refused } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { enqueue } from "#platform/jobs";
import { contact } from "#customers";
import {
  describeObject,
  explainWordsOf,
  noteChanges,
  objectNamed,
  registerMembership,
  registerRecordType,
  type Row,
  type Values,
} from "#records";
import { checkSegmentCondition } from "./check.ts";
import { hold } from "./hold.ts";

/*
 * Words we use
 *   segment   a named part of all contacts: dynamic (a condition decides) or static (people decide)
 *   member    a contact in a segment; entering and leaving are facts
 *   flip      the next instant at which time alone moves a contact in or out
 *   build     computing a whole dynamic segment anew; afterwards facts and flips keep it
 */
export const buildKind = "segments.build";

export const segment = describeObject({
  name: "segment",
  plural: "segments",
  label: "Segment",
  label_plural: "Segments",
  table: "segments",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true },
    {
      name: "kind",
      label: "Kind",
      type: "choice",
      required: true,
      shown: true,
      choices: [
        { value: "dynamic", label: "Dynamic", tone: "violet" },
        { value: "static", label: "By hand", tone: "gray" },
      ],
    },
    {
      name: "kept_by",
      label: "Kept by",
      type: "choice",
      computed: true,
      help: "Whoever keeps it decides who belongs to it; nobody is added or removed by hand.",
      choices: [{ value: "improvement", label: "An improvement", tone: "green" }],
    },
    { name: "member_count", label: "Members", type: "integer", computed: true, required: true, shown: true },
    { name: "active", label: "Active", type: "boolean", help: "Kept up to date as facts come in and time passes." },
    { name: "description", label: "Description", type: "long_text", max: 2000, shown: true },
    {
      name: "built_at",
      label: "Computed",
      type: "datetime",
      computed: true,
      shown: true,
      help: "When it was last computed as a whole.",
    },
  ],
  related: [],
  search: ["name"],
  default_sort: "name",
  creatable: false,
  custom: false,
});

registerMembership("contact", {
  table: "segment_members",
  subject: "contact_id",
  segment: "segment_id",
  named: "segments",
});

const conditionIn = (values: Values | Row | null): Condition | null =>
  (values?.condition as Condition | null | undefined) ?? null;

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

async function prepare(tx: Tx, given: Values, before: Row | null): Promise<Values> {
  const values: Values = given.active === null ? { ...given, active: true } : given;
  const kind = textOf(values.kind ?? before?.kind);
  if (before && values.kind !== undefined && values.kind !== before.kind)
    throw invalid("kind", "A segment stays dynamic or static; make another one.", "segment.kind");
  await hold(tx);
  if (typeof values.name === "string") await refuseTakenName(tx, values.name, before?.id);
  const condition = conditionIn(values);
  if (kind === "static") {
    if (condition) throw invalid("condition", "The members of this segment are chosen by hand.", "segment.static");
    return values;
  }
  if (values.condition === undefined && before) return values;
  if (!condition) throw invalid("condition", "Say who belongs to the segment.", "segment.condition");
  await checkSegmentCondition(tx, condition, before?.id, textOf(values.name ?? before?.name));
  if (before) await noteCondition(tx, before, condition);
  return values;
}

async function refuseTakenName(tx: Tx, name: string, self: string | undefined): Promise<void> {
  const { rows } = await sql`
    select 1 from segments where lower(name) = lower(${name}) and deleted_at is null and id is distinct from ${self ?? null}::uuid`.execute(
    tx.db,
  );
  if (rows.length > 0) throw invalid("name", `There is a segment called "${name}" already.`, "segment.name-taken");
}

// The history says the condition in words, as people read it.
async function noteCondition(tx: Tx, before: Row, condition: Condition): Promise<void> {
  const old = conditionIn(before);
  if (JSON.stringify(old) === JSON.stringify(condition)) return;
  const words = await explainWordsOf(tx, contact, objectNamed, [...(old ? [old] : []), condition]);
  const fields = {
    condition: [old && conditionText(old, words), conditionText(condition, words)] as [unknown, unknown],
  };
  await noteChanges(tx, [{ object: "segment", record_id: before.id, action: "updated", fields }]);
}

async function refuseWhenUsed(tx: Tx, row: Row): Promise<void> {
  const { rows } = await sql<{ name: string; condition: Condition }>`
    select name, condition from segments where kind = 'dynamic' and deleted_at is null and id <> ${row.id}`.execute(
    tx.db,
  );
  const user = rows.find((r) => deps(r.condition).segments.has(row.id));
  if (user)
    throw new Refused(
      "conflict",
      "segment.used",
      `The segment "${user.name}" asks who is in this one; change that one first.`,
    );
}

async function saved(tx: Tx, act: string, row: Row, changed: readonly string[]): Promise<void> {
  if (act === "restored") await refuseTakenName(tx, String(row.name), row.id);
  if (act === "trashed") await refuseWhenUsed(tx, row);
  if (row.kind !== "dynamic") return;
  if (act === "trashed" || row.active !== true) {
    await hold(tx);
    await sql`delete from segment_flips where segment_id = ${row.id}`.execute(tx.db);
  } else if (act !== "updated" || changed.includes("condition") || changed.includes("active"))
    await enqueueBuild(tx, row);
}

/** Has the whole segment computed by a job; answers its id. */
export const enqueueBuild = (tx: Tx, row: { id: string; name?: unknown }): Promise<string> =>
  enqueue(tx, { kind: buildKind, title: `Compute the segment “${String(row.name)}”`, input: { segment_id: row.id } });

/** A segment with its rules: a name of its own, a condition that can be kept, no circles. */
export const segmentType = registerRecordType({ object: segment, prepare, saved, tell: () => null });
