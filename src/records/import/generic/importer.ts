import type { Ctx } from "#platform/context";
import { reachesAll, scopeOf, shownTo } from "../../access/index.ts";
import { describedFor, objectsFor, ownObjectsFor, typeNamed, type Objects } from "../../custom/described.ts";
import { isOwn } from "../../custom/own.ts";
import type { ObjectDescription } from "../../object.ts";
import { isMadeFromFields, recordTypes, type RecordType } from "../../registry.ts";
import { allImporters, importerOf, type Importer, type ImportValues, type MappingProblem, type Plan, type Staged, type Stager, type Unfit } from "../importer.ts"; // prettier-ignore
import { valuesIn } from "../single.ts";
import { importFields, settable } from "./fields.ts";
import { openerOf, spokenOf } from "./opener.ts";
import { genericOptions, genericOptionsOf, triedKeys } from "./options.ts";
import { refusingFiles, withOwnFields } from "./own-fields.ts";
import { choiceOf, partsOf } from "./values.ts";
import { writeGeneric } from "./write.ts";

/** Objects whose records come from files as from a form. */
const importable = (): RecordType[] =>
  recordTypes().filter((t) => isMadeFromFields(t.object) || openerOf(t.object.name) !== undefined);

/** Understands rows: choices are known, and rows of one record stand together. */
const stageGeneric = (object: ObjectDescription) => (plan: Plan): Stager => {
  const keys = triedKeys(object, plan);
  const { mode, match } = genericOptionsOf(plan);
  const chosen = settable(object).filter((f) => f.type === "choice" || f.type === "choices");
  const keyOf = (v: ImportValues, row: number): string | Unfit => {
    for (const key of keys) if (v[key] != null) return `${key} ${String(v[key]).toLowerCase()}`;
    if (mode === "update" || match !== "auto")
      return { field: match === "auto" ? null : match, code: "key-missing", message: "nothing says which record this is" };
    return `row ${String(row).padStart(9, "0")}`;
  };
  return {
    take(values, row): Staged | Unfit {
      for (const f of chosen) {
        const text = values[f.name];
        const parts = typeof text !== "string" ? [] : f.type === "choice" ? [text] : partsOf(text);
        const strange = parts.find((part) => choiceOf(f, part) === undefined);
        if (strange !== undefined)
          return { field: f.name, code: "choice-unknown", message: `'${strange}' is none of ${f.choices?.slice(0, 20).map((c) => c.label).join(", ")}` };
      }
      const key = keyOf(values, row);
      if (typeof key !== "string") return key;
      return { key, unit: "", data: [Object.fromEntries(Object.entries(values).filter(([, v]) => v !== null))] };
    },
    carry: () => null,
  };
}; // prettier-ignore

/** The first row of each record; later ones are refused, naming it. */
function firstOnly(rows: Parameters<Importer["write"]>[2]) {
  const first = new Map<string, number>();
  const failures = [];
  const kept = [];
  for (const row of rows) {
    const known = first.get(row.key);
    if (known === undefined) {
      first.set(row.key, row.row);
      kept.push(row);
    } else
      failures.push({ row: row.row, field: row.key.slice(0, row.key.indexOf(" ")), code: "id-reused", message: `'${row.key.slice(row.key.indexOf(" ") + 1)}' already stands in row ${known}` }); // prettier-ignore
  }
  return { kept, failures };
}

function problemsOf(object: ObjectDescription, plan: Plan, known: ReadonlySet<string>): MappingProblem[] {
  const { mode, match } = genericOptionsOf(plan);
  const mapped = new Set(plan.columns.map((c) => c.field.name));
  const problems: MappingProblem[] = [];
  if (match !== "auto" && !mapped.has(match))
    problems.push({ code: "field.missing", field: match, message: "No column is mapped to the field that records are found by." }); // prettier-ignore
  if (mode !== "update")
    for (const f of settable(object))
      if (f.required && f.preset === undefined && !mapped.has(f.name) && !(mode === "upsert" && mapped.has("rondo_id")))
        problems.push({ code: "field.missing", field: f.name, message: `No column is mapped to "${f.label}".` });
  for (const c of plan.columns)
    if (!known.has(c.field.name) && !c.field.name.startsWith("custom."))
      problems.push({ code: "field.unfit", column: c.column, field: c.field.name, message: `"${c.field.label}" cannot be combined with these choices: leave the column out.` }); // prettier-ignore
  return problems;
}

/** An importer made from an object's description. */
function genericImporter(type: RecordType, described: ObjectDescription, objects: Objects): Importer {
  const object = spokenOf(described);
  const fields = importFields(object);
  const known = new Set(fields.map((f) => f.name));
  const many = object.label_plural.toLowerCase();
  return {
    object: object.plural,
    label: object.label_plural,
    fields,
    custom: object.custom,
    reached: true,
    options: genericOptions(object),
    check: (plan) => problemsOf(object, plan, known),
    stage: (plan) => stageGeneric(object)(plan),
    async write(tx, plan, rows) {
      const { kept, failures } = firstOnly(rows);
      const written = await writeGeneric(tx, type, object, objects, plan, kept);
      return { counts: written.counts, failures: [...failures, ...written.failures] };
    },
    preview(_plan, rows) {
      const { kept, failures } = firstOnly(rows);
      const items = kept.toSorted((a, b) => a.row - b.row).map((r) => ({ kind: object.name, row: r.row, ...valuesIn(r), name: valuesIn(r)[object.title] ?? null })); // prettier-ignore
      return { items, counts: { [many]: kept.length, twice: failures.length } };
    },
    result: (c) => [
      { key: "created", label: `new ${many}`, count: c.created ?? 0 },
      { key: "updated", label: `${many} changed`, count: c.updated ?? 0 },
      { key: "unchanged", label: `${many} already here, nothing changed`, count: c.unchanged ?? 0 },
    ],
    created: (c) => c.created ?? 0,
    tables: [object.table, "external_ids", "facts", "changes"],
  };
}

/** The object with the fields that the caller's role lets them set. */
function editable(ctx: Ctx, object: ObjectDescription): ObjectDescription {
  const given = ctx.access === "above" ? undefined : ctx.access.fields[object.plural]?.edit;
  return given ? { ...object, fields: object.fields.filter((f) => f.computed || given.has(f.name)) } : object;
}

/** What can be imported into this workspace: those with a way of their own first, then every object whose records come from fields. */
export async function importersFor(ctx: Ctx): Promise<Importer[]> {
  const objects = await objectsFor(ctx);
  const own = (await ownObjectsFor(ctx)).filter((o) => scopeOf(ctx, o, "create") !== "none" || scopeOf(ctx, o, "update") !== "none"); // prettier-ignore
  const names = new Set([...allImporters(), ...importable().map((t) => ({ object: t.object.plural })), ...own.map((o) => ({ object: o.plural }))].map((i) => i.object)); // prettier-ignore
  const found = await Promise.all([...names].map((name) => importerNamed(ctx, name, objects)));
  return found.filter((i) => i !== undefined);
}

/** The importer of an object by its plural; undefined when its records do not come from files. */
export async function importerNamed(ctx: Ctx, plural: string, known?: Objects): Promise<Importer | undefined> {
  const importer = await importerFor(ctx, plural, known);
  const type = await typeNamed(ctx, plural);
  return importer?.custom && type ? refusingFiles(importer, await describedFor(ctx, type.object)) : importer;
}

async function importerFor(ctx: Ctx, plural: string, known: Objects | undefined): Promise<Importer | undefined> {
  const special = importerOf(plural);
  const type = isOwn(plural) ? await typeNamed(ctx, plural) : importable().find((t) => t.object.plural === plural);
  if (special?.custom && !special.general) return extended(ctx, special);
  if (!type || (special && !special.general)) return special;
  const objects = known ?? (await objectsFor(ctx));
  const general = genericImporter(type, editable(ctx, await describedFor(ctx, type.object)), objects);
  // Meeting people by whatever is known of them looks at everybody; whoever does not see all takes the general way.
  const seesAll =
    shownTo(ctx, type.object) === type.object &&
    (["read", "create", "update"] as const).every((verb) => reachesAll(ctx, type.object, verb));
  return special && seesAll ? either(special, general, type.object) : general;
}

async function extended(ctx: Ctx, special: Importer): Promise<Importer> {
  const type = recordTypes().find((t) => t.object.plural === special.object);
  return type ? withOwnFields(special, editable(ctx, await describedFor(ctx, type.object))) : special;
}

/**
 * An importer with a way of its own (people met by whatever is known of them) that also takes the general one's fields and choices:
 * its own way is taken as long as nothing is asked that it does not know.
 */
function either(special: Importer, general: Importer, object: ObjectDescription): Importer {
  const own = new Set(special.fields.map((f) => f.name));
  const fields = [...special.fields, ...general.fields.filter((f) => !own.has(f.name))];
  const options = genericOptions(object).extend({ update: (special.options as ReturnType<typeof genericOptions>).shape["update" as never] }); // prettier-ignore
  const isOwn = (plan: Plan): boolean => {
    const { mode, match, empty } = genericOptionsOf(plan);
    const free = (name: string): boolean => name.startsWith("custom.") && !general.fields.some((f) => f.name === name);
    const known = plan.columns.every((c) => own.has(c.field.name) || free(c.field.name));
    return known && mode === "upsert" && match === "auto" && empty === "leave";
  };
  const by = (plan: Plan): Importer => (isOwn(plan) ? special : general);
  return {
    ...special,
    fields: fields.map((f) => ({ ...f, required: false })),
    options,
    check(plan) {
      if (!isOwn(plan)) return general.check(plan);
      const missing = special.fields.filter((f) => f.required && !plan.columns.some((c) => c.field.name === f.name));
      return [
        ...missing.map((f) => ({ code: "field.missing", field: f.name, message: `No column is mapped to "${f.label}".` })),
        ...special.check(plan),
      ]; // prettier-ignore
    },
    stage: (plan, carried) => by(plan).stage(plan, carried),
    write: (tx, plan, rows, continued) => by(plan).write(tx, plan, rows, continued),
    preview: (plan, rows) => by(plan).preview(plan, rows),
    // Only the special way counts those it knew before.
    result: (c) => ("unchanged" in c && !("known" in c) ? general : special).result(c),
  };
}
