import type { Condition, FactSeen, Subject } from "#kernel/condition";
import type { ObjectDescription } from "../object.ts";
import { consentsOf } from "./consent.ts";
import { customJson } from "./custom.ts";
import { membershipOf } from "./membership.ts";
import { jsonInstant } from "./scalar.ts";
import { column, idAt, jsonAt, queryOf, quoted, spotOf, type Place, type Query } from "./words.ts";

/*
 * Reads subjects as the TypeScript evaluator wants them: only what the condition speaks of, in one query per table.
 */
export type Run = (sql: string, params: unknown[]) => Promise<Record<string, unknown>[]>;

interface Wanted {
  fields: Set<string>;
  facts: Set<string>;
  segments: Set<string>;
  consents: Set<string>;
  related: Map<string, Wanted>;
}

const nothing = (): Wanted => ({
  fields: new Set(),
  facts: new Set(),
  segments: new Set(),
  consents: new Set(),
  related: new Map(),
});

function want(node: Condition, wanted: Wanted): void {
  if ("all" in node || "any" in node) for (const child of "all" in node ? node.all : node.any) want(child, wanted);
  else if ("not" in node) want(node.not, wanted);
  else if ("field" in node) wanted.fields.add(node.field);
  else if ("fact" in node) {
    wanted.facts.add(node.fact);
    if (node.within && "since_field" in node.within) wanted.fields.add(node.within.since_field);
  } else if ("last" in node) wanted.facts.add(node.last);
  else if ("quiet" in node) wanted.facts.add(node.quiet);
  else if ("segment" in node) wanted.segments.add(node.segment);
  else if ("consent" in node) wanted.consents.add(node.consent);
  else if ("related" in node) {
    const there = wanted.related.get(node.related) ?? nothing();
    wanted.related.set(node.related, there);
    if (node.where) want(node.where, there);
  }
}

/** Who asks, and when: what rollups count depends on both. */
interface Asker {
  objects: (name: string) => ObjectDescription;
  now: Date;
  seen?: (params: unknown[]) => (object: ObjectDescription, alias: string) => string;
}

const numeric = new Set(["number", "integer", "money"]);

// Each value with its kind, so that the driver's idea of dates and big numbers does not matter.
function valueSql(place: Place, path: string, query: Query): string {
  const spot = spotOf(place.object, path);
  if ("via" in spot) {
    const there: Place = { object: query.objects(spot.object), alias: query.alias() };
    const { alias } = there;
    return `(select ${valueSql(there, spot.rest, query)} from ${quoted(there.object.table)} ${alias} where ${alias}.id = ${idAt(place.alias, spot.via)} and ${alias}.deleted_at is null)`;
  }
  if (spot.own === "custom") {
    const json = spot.field ? customJson(place.alias, spot.field, query) : jsonAt(`${place.alias}.custom`, spot.keys);
    if (spot.field?.type !== "datetime") return `jsonb_build_object('json', ${json})`;
    return `jsonb_build_object('ms', floor(extract(epoch from (${jsonInstant(json)})) * 1000))`;
  }
  const at = column(place, spot.name);
  if (spot.type === "datetime") return `jsonb_build_object('ms', floor(extract(epoch from ${at}) * 1000))`;
  if (spot.type === "date") return `jsonb_build_object('json', to_char(${at}, 'YYYY-MM-DD'))`;
  return `jsonb_build_object('json', ${numeric.has(spot.type) ? `${at}::numeric` : at})`;
}

function valueOf(cell: unknown): unknown {
  if (typeof cell !== "object" || cell === null) return null;
  if ("ms" in cell) return cell.ms === null ? null : new Date(Number(cell.ms));
  return "json" in cell ? cell.json : null;
}

async function factsOf(
  run: Run,
  object: ObjectDescription,
  names: Set<string>,
  ids: readonly string[],
): Promise<Map<string, FactSeen[]>> {
  const found = new Map<string, FactSeen[]>();
  if (names.size === 0 || object.facts_by === undefined) return found;
  const rows = await run(
    `select f.${object.facts_by} as subject, f.id, f.name, floor(extract(epoch from f.occurred_at) * 1000)::float8 as ms, f.payload from facts f
      where f.${object.facts_by} = any($1::uuid[]) and f.name = any($2::text[]) and not exists (select from fact_withdrawals w where w.fact_id = f.id)
      order by f.occurred_at, f.id`,
    [ids, [...names]],
  );
  for (const row of rows) {
    const fact: FactSeen = {
      id: String(row["id"]),
      name: String(row["name"]),
      occurred_at: new Date(Number(row["ms"])),
      payload: row["payload"] as Record<string, unknown>,
    };
    const subject = String(row["subject"]);
    const list = found.get(subject);
    if (list) list.push(fact);
    else found.set(subject, [fact]);
  }
  return found;
}

async function segmentsOf(
  run: Run,
  object: ObjectDescription,
  wanted: ReadonlySet<string>,
  ids: readonly string[],
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  const kept = membershipOf(object.name);
  if (wanted.size === 0 || kept === undefined) return found;
  const [table, subject, segment] = [quoted(kept.table), quoted(kept.subject), quoted(kept.segment)];
  const rows = await run(
    `select ${subject} as subject, ${segment} as segment from ${table} where ${subject} = any($1::uuid[]) and ${segment} = any($2::uuid[])`,
    [ids, [...wanted]],
  );
  for (const row of rows) {
    const of = String(row["subject"]);
    found.set(of, (found.get(of) ?? new Set()).add(String(row["segment"])));
  }
  return found;
}

async function consentedOf(
  run: Run,
  object: ObjectDescription,
  wanted: ReadonlySet<string>,
  ids: readonly string[],
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  const kept = consentsOf(object.name);
  if (wanted.size === 0 || kept === undefined) return found;
  const subject = quoted(kept.subject);
  const rows = await run(
    `select ${subject} as subject, purpose from ${quoted(kept.table)} where ${subject} = any($1::uuid[]) and purpose = any($2::text[]) and status = 'given'`,
    [ids, [...wanted]],
  );
  for (const row of rows) {
    const of = String(row["subject"]);
    found.set(of, (found.get(of) ?? new Set()).add(String(row["purpose"])));
  }
  return found;
}

async function relatedOf(
  run: Run,
  object: ObjectDescription,
  name: string,
  wanted: Wanted,
  ids: readonly string[],
  asker: Asker,
): Promise<Map<string, Subject[]>> {
  const found = new Map<string, Subject[]>();
  const relation = object.related.find((r) => r.name === name);
  if (relation === undefined) return found;
  const target = asker.objects(relation.object);
  const by = idAt("r", relation.by);
  const rows = await run(
    `select r.id, ${by} as subject from ${quoted(target.table)} r where ${by} = any($1::uuid[]) and r.deleted_at is null order by r.id`,
    [ids],
  );
  const subjectOf = new Map(rows.map((row) => [String(row["id"]), String(row["subject"])]));
  for (const record of await load(run, target, wanted, [...subjectOf.keys()], asker)) {
    const subject = subjectOf.get(record.id)!;
    found.set(subject, [...(found.get(subject) ?? []), record]);
  }
  return found;
}

async function load(
  run: Run,
  object: ObjectDescription,
  wanted: Wanted,
  ids: readonly string[],
  asker: Asker,
): Promise<Subject[]> {
  if (ids.length === 0) return [];
  const place: Place = { object, alias: "s" };
  const paths = [...wanted.fields];
  const params: unknown[] = [ids];
  const query = queryOf({ ...asker, params, seen: asker.seen?.(params) });
  const cells = paths.map((path, i) => `, ${valueSql(place, path, query)} as f${i}`).join("");
  const rows = await run(
    `select s.id${cells} from ${quoted(object.table)} s where s.id = any($1::uuid[]) order by s.id`,
    params,
  );
  const facts = await factsOf(run, object, wanted.facts, ids);
  const segments = await segmentsOf(run, object, wanted.segments, ids);
  const consents = await consentedOf(run, object, wanted.consents, ids);
  const related: [string, Map<string, Subject[]>][] = [];
  for (const [name, there] of wanted.related)
    related.push([name, await relatedOf(run, object, name, there, ids, asker)]);
  return rows.map((row) => {
    const id = String(row["id"]);
    return {
      id,
      fields: Object.fromEntries(paths.map((path, i) => [path, valueOf(row[`f${i}`])])),
      facts: facts.get(id) ?? [],
      related: Object.fromEntries(related.map(([name, of]) => [name, of.get(id) ?? []])),
      ...(segments.has(id) ? { segments: segments.get(id)! } : {}),
      ...(consents.has(id) ? { consents: consents.get(id)! } : {}),
    };
  });
}

/** The subjects of those ids, by id, with what the conditions read; unknown ids are left out. Facts of the future are there too, for nextFlip. */
export function loadSubjects(
  run: Run,
  conditions: readonly Condition[],
  object: ObjectDescription,
  ids: readonly string[],
  objects: (name: string) => ObjectDescription,
  asking: Omit<Asker, "objects"> = { now: new Date() },
): Promise<Subject[]> {
  const wanted = nothing();
  for (const condition of conditions) want(condition, wanted);
  return load(run, object, wanted, ids, { ...asking, objects });
}
