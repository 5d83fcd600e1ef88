import { kindOf, leafProblem, opposites, rangeOf, type FieldLeaf, type Scalar } from "#kernel/condition";
import { isId } from "#kernel/id";
import { invalid } from "#kernel/refusal";
import type { Field } from "../object.ts";
import {
  anyOf,
  codeTest,
  dayIn,
  dayTextIn,
  entryTest,
  instantIn,
  instantTextIn,
  jsonInstant,
  jsonTest,
  numberTest,
  textTest,
} from "./scalar.ts";
import { customEmpty, customJson, customScalar } from "./custom.ts";
import { column, idAt, jsonAt, quoted, spotOf, type Place, type Query, type Spot } from "./words.ts";

type OwnColumn = Extract<Spot, { own: "column" }>;

const listOf = (value: FieldLeaf["value"]): Scalar[] =>
  Array.isArray(value) ? value : typeof value === "object" || value === undefined ? [] : [value];

function columnTest(place: Place, spot: OwnColumn, leaf: FieldLeaf, query: Query): string {
  const type = spot.type === "uuid" ? "relation" : spot.type;
  const problem = leafProblem(leaf, type);
  if (problem) throw invalid(leaf.field, problem, "condition.value");
  const at = column(place, spot.name);
  const kind = kindOf(type);
  if (leaf.op === "is_empty")
    return kind === "text" || kind === "code" ? `(${at} is null or ${at} = '')` : `(${at} is null)`;
  const values = listOf(leaf.value);
  if (kind === "text") return textTest(at, leaf, query);
  if (kind === "code") return codeTest(at, leaf, spot.choices, query);
  // A "number" column may be a float: as a decimal it is what it is written as.
  if (kind === "number")
    return type === "number" ? numberTest(`${at}::numeric`, leaf, false, query) : numberTest(at, leaf, true, query);
  if (kind === "id") return `(${at} is not null and ${at} = any(${query.param(values.filter(isId))}::uuid[]))`;
  if (kind === "boolean") return `(${at} is not null and ${at} = any(${query.param(values)}::boolean[]))`;
  const test = kind === "day" ? dayIn : instantIn;
  if (leaf.op === "in") return anyOf(values.map((v) => test(at, rangeOf("is", v, query.now), query)));
  return test(at, rangeOf(leaf.op, leaf.value, query.now), query);
}

/** A leaf about a described custom field: the same words over the scalar that its index is built on. */
function customTest(place: Place, field: Field, leaf: FieldLeaf, query: Query): string {
  const problem = leafProblem(leaf, field.type);
  if (problem) throw invalid(leaf.field, problem, "condition.value");
  if (leaf.op === "is_empty") return customEmpty(place.alias, field, query);
  const at = `(${customScalar(place.alias, field, query)})`;
  const values = listOf(leaf.value);
  switch (kindOf(field.type)) {
    case "text":
    case "code":
      return textTest(at, leaf, query);
    case "number":
      return numberTest(at, leaf, false, query);
    case "boolean":
      return `(${at} is not null and ${at} = any(${query.param(values)}::boolean[]))`;
    case "id":
      return `(${at} is not null and ${at} = any(${query.param(values.map((v) => String(v).toLowerCase()))}::text[]))`;
    case "day":
      if (leaf.op === "in") return anyOf(values.map((v) => dayTextIn(at, rangeOf("is", v, query.now), query)));
      return dayTextIn(at, rangeOf(leaf.op, leaf.value, query.now), query);
    case "instant":
      if (leaf.op === "in") return anyOf(values.map((v) => instantTextIn(at, rangeOf("is", v, query.now), query)));
      return instantTextIn(at, rangeOf(leaf.op, leaf.value, query.now), query);
    case "many":
      return entryTest(at, leaf, query);
    case "whole":
    case "any":
      throw invalid(leaf.field, `“${field.label}” cannot be asked that.`, "condition.value");
  }
}

/** The record that a relation points to, when it is not in the trash, as "exists (... where TEST)". */
function reached(place: Place, via: string, object: string, query: Query, test: (there: Place) => string): string {
  const there: Place = { object: query.objects(object), alias: query.alias() };
  const { alias } = there;
  return `exists (select from ${quoted(there.object.table)} ${alias} where ${alias}.id = ${idAt(place.alias, via)} and ${alias}.deleted_at is null and ${test(there)})`;
}

function positiveTest(place: Place, path: string, leaf: FieldLeaf, query: Query): string {
  const spot = spotOf(place.object, path);
  if ("via" in spot) {
    if (leaf.op !== "is_empty")
      return reached(place, spot.via, spot.object, query, (there) => positiveTest(there, spot.rest, leaf, query));
    return `not ${reached(place, spot.via, spot.object, query, (there) => `not ${positiveTest(there, spot.rest, leaf, query)}`)}`;
  }
  if (spot.own === "column") return columnTest(place, spot, leaf, query);
  if (spot.field) return customTest(place, spot.field, leaf, query);
  const problem = leafProblem(leaf, "any");
  if (problem) throw invalid(leaf.field, problem, "condition.value");
  return jsonTest(jsonAt(`${place.alias}.custom`, spot.keys), leaf, query);
}

/** A field leaf as SQL, never null. @throws Refused when there is no such field or its type cannot answer. */
export function fieldTest(place: Place, leaf: FieldLeaf, query: Query): string {
  const positive = opposites[leaf.op];
  return positive
    ? `not ${positiveTest(place, leaf.field, { ...leaf, op: positive }, query)}`
    : positiveTest(place, leaf.field, leaf, query);
}

/** A field's instant as an SQL scalar: a date is midnight UTC; null when empty. @throws Refused when the field holds no time. */
export function instantSql(place: Place, path: string, query: Query): string {
  const spot = spotOf(place.object, path);
  if ("via" in spot) {
    const there: Place = { object: query.objects(spot.object), alias: query.alias() };
    const { alias } = there;
    return `(select ${instantSql(there, spot.rest, query)} from ${quoted(there.object.table)} ${alias} where ${alias}.id = ${idAt(place.alias, spot.via)} and ${alias}.deleted_at is null)`;
  }
  if (spot.own === "custom")
    return `(${jsonInstant(spot.field ? customJson(place.alias, spot.field, query) : jsonAt(`${place.alias}.custom`, spot.keys))})`;
  const at = column(place, spot.name);
  if (spot.type === "datetime") return at;
  if (spot.type === "date") return `(${at}::timestamp at time zone 'UTC')`;
  throw invalid(path, `"${path}" holds no time.`, "condition.value");
}
