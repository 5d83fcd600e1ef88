import { sql } from "kysely";
import { invalid } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { enqueue } from "#platform/jobs";
import { describeObject, noteChanges, registerRecordType, type Row, type Values } from "#records";
import { definitionSchema, type Definition } from "./match.ts";

/*
 * Words we use
 *   theme   what customers raise again and again, whatever the way: a reason given, a word written
 *   build   finding all mentions of a theme anew, by a job; afterwards facts keep them
 */
export const buildKind = "themes.build";

export const theme = describeObject({
  name: "theme",
  plural: "themes",
  label: "Theme",
  label_plural: "Themes",
  table: "themes",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true },
    { name: "description", label: "Description", type: "long_text", max: 2000, shown: true },
    { name: "active", label: "Active", type: "boolean", help: "New mentions are looked for as facts come in." },
    { name: "built_at", label: "Computed", type: "datetime", computed: true, shown: true },
  ],
  related: [],
  search: ["name"],
  default_sort: "name",
  creatable: false,
  custom: false,
});

/** One at a time: a definition never changes under a consumer that works with it. */
export const holdThemes = async (tx: Tx): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/themes'))`.execute(tx.db));

const definitionIn = (row: Row | Values): Definition => definitionSchema.parse(row.definition);

async function prepare(tx: Tx, given: Values, before: Row | null): Promise<Values> {
  await holdThemes(tx);
  const values: Values = given.active === null ? { ...given, active: true } : { ...given };
  if (typeof values.name === "string") await refuseTakenName(tx, values.name, before?.id);
  if (values.definition === undefined) return values;
  const definition = definitionIn(values);
  await checkReasons(tx, definition.reason_ids);
  values.definition = definition;
  if (before && JSON.stringify(definitionIn(before)) !== JSON.stringify(definition)) {
    values.rules_version = Number(before.rules_version) + 1;
    const fields = { definition: [wordsFor(definitionIn(before)), wordsFor(definition)] as [unknown, unknown] };
    await noteChanges(tx, [{ object: "theme", record_id: before.id, action: "updated", fields }]);
  } else if (before) delete values.definition;
  return values;
}

// The history says in words what belongs to the theme.
const wordsFor = ({ reason_ids, rules }: Definition): string =>
  [
    ...(reason_ids.length > 0 ? [`${reason_ids.length} reasons`] : []),
    ...rules.map(({ any, all, none }) =>
      [any.join(" / "), ...all.map((w) => `and ${w}`), ...none.map((w) => `not ${w}`)].join(" "),
    ),
  ].join("; ");

async function refuseTakenName(tx: Tx, name: string, self: string | undefined): Promise<void> {
  const { rows } = await sql`
    select 1 from themes where lower(name) = lower(${name}) and deleted_at is null and id is distinct from ${self ?? null}::uuid`.execute(
    tx.db,
  );
  if (rows.length > 0) throw invalid("name", `There is a theme called “${name}” already.`, "theme.name-taken");
}

async function checkReasons(tx: Tx, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from reasons where id = any(${ids})`.execute(tx.db);
  if (new Set(rows.map((r) => r.id)).size < new Set(ids).size)
    throw invalid("definition.reason_ids", "One of the reasons is gone.", "theme.reason");
}

async function saved(tx: Tx, act: string, row: Row, changed: readonly string[]): Promise<void> {
  if (act === "restored") await refuseTakenName(tx, String(row.name), row.id);
  if (act === "trashed" || row.active !== true) return;
  if (act === "updated" && !changed.includes("definition") && !changed.includes("active")) return;
  await enqueue(tx, { kind: buildKind, title: `Find all mentions of “${String(row.name)}”`, input: { theme_id: row.id } }); // prettier-ignore
}

/** A theme with its rules: a name of its own, a definition that can be kept. */
export const themeType = registerRecordType({ object: theme, prepare, saved, tell: () => null });
