import { kindOf } from "#kernel/condition";
import type { Field } from "../object.ts";
import { foldSql, jsonBoolean, jsonEmpty, jsonNumber, jsonText } from "./scalar.ts";
import { indexQuery, jsonAt, type Query } from "./words.ts";

/*
 * A described custom field as an SQL scalar. Filter, sort and index are built from these same words: an index on an expression
 * serves only a query that writes it in the same way.
 */
const icu = `collate "und-x-icu"`;
const jsonOf = (alias: string, field: Field): string =>
  jsonAt(alias === "" ? "custom" : `${alias}.custom`, [field.name.slice("custom.".length)]);

/** The value as a scalar of its kind, null when empty: numeric, boolean, text; times are text in byte order, lists and addresses jsonb. */
export function customScalar(alias: string, field: Field, query: Query = indexQuery): string {
  if (field.worked) return field.worked.sql(alias, query);
  const json = jsonOf(alias, field);
  switch (kindOf(field.type)) {
    case "number":
      return jsonNumber(json);
    case "boolean":
      return jsonBoolean(json);
    case "many":
    case "whole":
      return json;
    case "day":
    case "instant":
      return `(${jsonText(json)}) collate "C"`;
    case "text":
    case "code":
    case "id":
    case "any":
      return jsonText(json);
  }
}

/** Whether the field is empty. */
export const customEmpty = (alias: string, field: Field, query: Query): string =>
  field.worked ? `((${field.worked.sql(alias, query)}) is null)` : jsonEmpty(jsonOf(alias, field));

/** The value as jsonb, for whatever takes any type. */
export const customJson = (alias: string, field: Field, query: Query): string =>
  field.worked ? `to_jsonb(${field.worked.sql(alias, query)})` : jsonOf(alias, field);

export interface SortKey {
  /** What rows are ordered by; null for empty ones. */
  key: string;
  /** How a cursor's text becomes such a key again. */
  cast: string;
}

/** What a custom field is sorted by; undefined for types that have no order. */
export function customSortKey(alias: string, field: Field, query: Query = indexQuery): SortKey | undefined {
  const scalar = `(${customScalar(alias, field, query)})`;
  switch (kindOf(field.type)) {
    case "number":
      return { key: scalar, cast: "::numeric" };
    case "boolean":
      return { key: scalar, cast: "::boolean" };
    case "day":
    case "instant":
      return { key: scalar, cast: `::text collate "C"` };
    case "text":
    case "code":
      return { key: `${scalar} ${icu}`, cast: `::text ${icu}` };
    case "id":
    case "many":
    case "whole":
    case "any":
      return undefined;
  }
}

/** What makes filter and sort by the field fast: each an expression list for "create index ... on TABLE (...)", with its access method. */
export function customIndexes(field: Field): { name: "sort" | "find"; using: "btree"; on: string }[] {
  const scalar = `(${customScalar("", field)})`;
  const sorted = customSortKey("", field);
  const sort = sorted ? [{ name: "sort" as const, using: "btree" as const, on: `(${sorted.key}), id` }] : [];
  switch (kindOf(field.type)) {
    case "text":
    case "code":
      return [...sort, { name: "find", using: "btree", on: `(${foldSql(scalar)})` }];
    case "id":
      return [{ name: "find", using: "btree", on: `(${scalar})` }];
    case "number":
    case "boolean":
    case "day":
    case "instant":
    case "many":
    case "whole":
    case "any":
      return sort;
  }
}

/** What makes the field's values unique: one text whatever its case. */
export const customUnique = (field: Field): string =>
  kindOf(field.type) === "text" ? `(${foldSql(`(${customScalar("", field)})`)})` : `(${customScalar("", field)})`;
