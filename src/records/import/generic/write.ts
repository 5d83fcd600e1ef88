import { sql } from "kysely";
import type { z } from "zod";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { isOwned, reachesAll } from "../../access/index.ts";
import { changeByHand, orNothing } from "../../by-hand.ts";
import { checkedCustom, checkRequired, newCustom, withoutFiles } from "../../custom/check.ts";
import { customKey } from "../../custom/definition.ts";
import type { Objects } from "../../custom/described.ts";
import type { ObjectDescription } from "../../object.ts";
import type { RecordType, Row, Values } from "../../registry.ts";
import { valuesSchema } from "../../values.ts";
import { createRecord, updateRecord } from "../../write.ts";
import type { ImportValues, Plan, StagedRow, Unfit, Written } from "../importer.ts";
import { valuesIn } from "../single.ts";
import { zoneOf } from "../stage.ts";
import { whyUnfit } from "../unfit.ts";
import { findBy } from "./find.ts";
import { openerOf } from "./opener.ts";
import { genericOptionsOf, triedKeys, type GenericOptions } from "./options.ts";
import { news, saveMany, type Saving } from "./save.ts";
import { linksOf, recordValues } from "./values.ts";

type Failure = Written["failures"][number];
const isUnfit = (v: object): v is Unfit => "code" in v && "message" in v;

// Made once for a description: a schema costs more than checking a hundred rows by it.
const schemas = new WeakMap<ObjectDescription, { create: z.ZodObject; update: z.ZodObject }>();
function schemaOf(object: ObjectDescription, mode: "create" | "update"): z.ZodObject {
  // Custom fields are checked by their definitions when they are written.
  const own = { ...object, fields: object.fields.filter((f) => customKey(f.name) === undefined) };
  const made = schemas.get(object) ?? { create: valuesSchema(own, "create"), update: valuesSchema(own, "update") };
  schemas.set(object, made);
  return made[mode];
}

/** The record each row is about, by the keys it has; several or none are told where they may not be. */
async function matched(tx: Tx, object: ObjectDescription, plan: Plan, rows: readonly StagedRow[]): Promise<Map<StagedRow, string | null | Unfit>> {
  const { mode, match, shop } = genericOptionsOf(plan);
  const one = object.label.toLowerCase();
  const answers = new Map<StagedRow, string | null | Unfit>();
  for (const key of triedKeys(object, plan)) {
    const asking = rows.filter((r) => !answers.get(r) && valuesIn(r)[key] != null);
    if (asking.length === 0) continue;
    const found = await findBy(tx, object, key, asking.map((r) => String(valuesIn(r)[key])), shop);
    for (const row of asking) {
      const text = String(valuesIn(row)[key]);
      const ids = found.get(text.toLowerCase()) ?? [];
      if (ids.length > 1) answers.set(row, { field: key, code: "several", message: `there are ${ids.length} ${object.label_plural.toLowerCase()} with '${text}'` });
      else if (ids[0] && mode === "create") answers.set(row, { field: key, code: "known", message: `there is a ${one} with '${text}' already` });
      else if (ids[0]) answers.set(row, ids[0]);
      else if (key === "rondo_id") answers.set(row, { field: key, code: "unknown", message: `there is no ${one} with the id '${text}'` });
    }
  }
  for (const row of rows) {
    if (answers.has(row)) continue;
    answers.set(row, mode === "update" ? { field: match === "auto" ? null : match, code: "unknown", message: `there is no such ${one} to change` } : null);
  }
  return answers;
} // prettier-ignore

/** Leaves what is known alone, for imports that only fill gaps. */
function onlyGaps(values: Values, before: Row): Values {
  const empty = (v: unknown): boolean => v === null || v === undefined || v === "";
  const kept = (before.custom ?? {}) as Values;
  const custom = Object.entries((values.custom ?? {}) as Values).filter(([k]) => empty(kept[k]));
  const own = Object.entries(values).filter(([k]) => k !== "custom" && empty(before[k]));
  return { ...Object.fromEntries(own), ...(custom.length > 0 ? { custom: Object.fromEntries(custom) } : {}) };
}

/** Checks a row as a form's values are checked, and lets its module complete it. */
async function prepared(tx: Tx, type: RecordType, object: ObjectDescription, values: Values, before: Row | null, options: GenericOptions): Promise<{ said: Values; values: Values }> {
  const said = before && options.mode === "upsert" && options.update === false ? onlyGaps(values, before) : values;
  const checked = schemaOf(object, before ? "update" : "create").parse(said) as Values;
  if (object.custom && !before) {
    checkRequired(tx, withoutFiles(object), checked);
    checked.custom = newCustom(object, (checked.custom ?? {}) as Values);
  } else if (object.custom && checked.custom) {
    const all = { ...(before!.custom as Values | null), ...checkedCustom(object, checked.custom as Values) };
    checked.custom = Object.fromEntries(Object.entries(all).filter(([, v]) => v !== null && v !== ""));
  }
  return { said: { ...checked }, values: type.prepare ? await type.prepare(tx, checked, before) : checked };
} // prettier-ignore

async function lockAll(tx: Tx, object: ObjectDescription, ids: readonly string[]): Promise<Map<string, Row>> {
  const { rows } = await sql<Row>`
    select * from ${sql.table(object.table)} where id = any(${ids}::uuid[]) and deleted_at is null order by id for update`.execute(
    tx.db,
  );
  return new Map(rows.map((r) => [r.id, r]));
}

/** Saves rows: all at once where that goes, one by one where one of them is refused by the database or a module opens its records itself. */
export async function writeGeneric(
  tx: Tx,
  type: RecordType,
  object: ObjectDescription,
  objects: Objects,
  plan: Plan,
  rows: readonly StagedRow[],
): Promise<Written> {
  const options = genericOptionsOf(plan);
  const open = openerOf(object.name);
  const failures: Failure[] = [];
  const fail = (row: StagedRow, why: Unfit): void => void failures.push({ ...why, row: row.row });
  const said: ImportValues[] = rows.map(valuesIn);
  const links = await linksOf(tx, object, objects, said, options.shop);
  const about = { currency: plan.workspace.currency, zone: zoneOf(plan), links };
  const emptied = options.empty === "clear" ? plan.columns.map((c) => c.field.name) : [];
  const targets = await matched(tx, object, plan, rows);
  const known = await lockAll(tx, object, [...targets.values()].filter((t) => typeof t === "string"));
  const limited = !(["read", "create", "update"] as const).every((verb) => reachesAll(tx, object, verb));
  const saving: { row: StagedRow; one: Saving }[] = [];
  const counts = { created: 0, updated: 0, unchanged: 0 };
  for (const row of rows) {
    const target = targets.get(row)!;
    if (typeof target === "object" && target !== null) { fail(row, target); continue; }
    const before = target === null ? null : known.get(target);
    if (before === undefined) { fail(row, { field: null, code: "gone", message: "its record was moved to the trash meanwhile" }); continue; }
    const v = valuesIn(row);
    const values = recordValues(object, v, about, before ? emptied : []);
    if (isUnfit(values)) { fail(row, values); continue; }
    const external = typeof v.id === "string" ? { system: options.shop, id: v.id } : undefined;
    try {
      if (!before && open) {
        const checked = schemaOf(object, "create").parse(values) as Values;
        const made = await orNothing(tx, () => open.open(tx, checked, plan.file));
        if (external) await tieOne(tx, object.name, external, made);
        counts.created += 1;
        continue;
      }
      if (before && open) {
        // What changes it by hand does more than save fields, so a file does, too.
        const { external_ids: _ids, ...checked } = schemaOf(object, "update").parse(values) as Values;
        if (news(before, checked).length === 0) {
          counts.unchanged += 1;
          continue;
        }
        const now = await orNothing(tx, () => changeByHand(tx, type, before.id, undefined, checked));
        counts[now.version === before.version ? "unchanged" : "updated"] += 1;
        continue;
      }
      if (limited) {
        const one = await saveLimited(tx, type, object, schemaOf(object, before ? "update" : "create").parse(values) as Values, before, external);
        counts[one] += 1;
        continue;
      }
      const id = before?.id ?? newId();
      saving.push({ row, one: { id, before, external, ...(await prepared(tx, type, object, values, before, options)) } });
    } catch (error) {
      const why = whyUnfit(error);
      if (!why) throw error;
      fail(row, why);
    }
  }
  const add = (saved: { created: number; updated: number }, of: number): void => {
    counts.created += saved.created;
    counts.updated += saved.updated;
    counts.unchanged += of - saved.created - saved.updated;
  };
  try {
    add(await orNothing(tx, () => saveMany(tx, type, saving.map((s) => s.one))), saving.length);
  } catch (error) {
    if (!whyUnfit(error)) throw error;
    for (const { row, one } of saving)
      try {
        add(await orNothing(tx, () => saveMany(tx, type, [one])), 1);
      } catch (again) {
        const why = whyUnfit(again);
        if (!why) throw again;
        fail(row, why);
      }
  }
  return { counts, failures };
} // prettier-ignore

/** One record as a form of whoever sees only some of them would save it: what is nobody's becomes theirs. */
async function saveLimited(tx: Tx, type: RecordType, object: ObjectDescription, values: Values, before: Row | null, external: { system: string; id: string } | undefined): Promise<"created" | "updated" | "unchanged"> {
  const person = tx.access === "above" ? null : tx.access.person;
  const mine = !before && person && isOwned(object) && !values.owner_id ? { owner_id: person } : {};
  const given = { ...values, ...mine, ...(external ? { external_ids: { [external.system]: external.id } } : {}) };
  const row = await orNothing(tx, () => (before ? updateRecord(tx, type, before.id, undefined, given) : createRecord(tx, type, given)));
  return !before ? "created" : row.version === before.version ? "unchanged" : "updated";
} // prettier-ignore

const tieOne = (tx: Tx, object: string, external: { system: string; id: string }, id: string): Promise<unknown> =>
  sql`insert into external_ids (object, system, external_id, record_id) values (${object}, ${external.system}, ${external.id}, ${id}) on conflict do nothing`.execute(
    tx.db,
  );
