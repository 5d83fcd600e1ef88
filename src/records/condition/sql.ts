import {
  sampleThreshold,
  type Condition,
  type ConsentLeaf,
  type RelatedLeaf,
  type SampleLeaf,
  type SegmentLeaf,
} from "#kernel/condition";
import { invalid } from "#kernel/refusal";
import type { ObjectDescription } from "../object.ts";
import { alwaysSo, factTest, lastTest, quietTest, timesTest } from "./fact.ts";
import { fieldTest } from "./field.ts";
import { customScalar } from "./custom.ts";
import { consentsOf } from "./consent.ts";
import { membershipOf } from "./membership.ts";
import { anyOf } from "./scalar.ts";
import { column, queryOf, quoted, type Place, type Query } from "./words.ts";

export interface ConditionSqlOptions {
  objects: (name: string) => ObjectDescription;
  now: Date;
  /** The alias of the subject's table in the caller's query. */
  alias: string;
  /** The caller's parameters; values are pushed here and stand as $n in the answer. */
  params: unknown[];
  /** Which rows of another object whoever asks may see; a rollup is refused without. */
  seen?: ((object: ObjectDescription, alias: string) => string) | undefined;
}

function relatedTest(place: Place, leaf: RelatedLeaf, query: Query): string {
  const relation = place.object.related.find((r) => r.name === leaf.related);
  if (relation === undefined)
    throw invalid("related", `There is no relation "${leaf.related}" here.`, "condition.unknown-relation");
  if (typeof leaf.has === "object" && alwaysSo(leaf.has)) return "true";
  const there: Place = { object: query.objects(relation.object), alias: query.alias() };
  const where = leaf.where ? ` and ${nodeTest(there, leaf.where, query)}` : "";
  const rows = `from ${quoted(there.object.table)} ${there.alias} where ${pointsTo(there.alias, relation.by, place.alias)} and ${there.alias}.deleted_at is null${where}`;
  if (leaf.has === "some") return timesTest(rows);
  return timesTest(rows, leaf.has === "none" ? { op: "exactly", n: 0 } : leaf.has);
}

/** Whether a row points to another: as text under a key, as its index has it. */
export const pointsTo = (there: string, by: string, here: string): string =>
  by.startsWith("custom.")
    ? `(${customScalar(there, { name: by, label: "", type: "relation" })}) = ${here}.id::text`
    : `${there}.${quoted(by)} = ${here}.id`;

function sampleTest(place: Place, { sample }: SampleLeaf, query: Query): string {
  const hash = `('x' || left(md5(${query.param(sample.salt)}::text || ':' || ${place.alias}.id::text), 8))::bit(32)::bigint`;
  return `(${hash} < ${query.param(String(sampleThreshold(sample.percent)))}::bigint)`;
}

function segmentTest(place: Place, leaf: SegmentLeaf, query: Query): string {
  const kept = membershipOf(place.object.name);
  if (kept === undefined) throw invalid("segment", "There are no segments here.", "condition.segment");
  const of: Place = { object: place.object, alias: query.alias() };
  const rows = `select from ${quoted(kept.table)} ${of.alias} where ${column(of, kept.subject)} = ${place.alias}.id and ${column(of, kept.segment)} = ${query.param(leaf.segment)}::uuid`;
  return `${leaf.is ? "" : "not "}exists (${rows})`;
}

function consentTest(place: Place, leaf: ConsentLeaf, query: Query): string {
  const kept = consentsOf(place.object.name);
  if (!kept?.purposes.includes(leaf.consent))
    throw invalid("consent", `Nobody is asked for consent to "${leaf.consent}" here.`, "condition.consent");
  const of: Place = { object: place.object, alias: query.alias() };
  const rows = `select from ${quoted(kept.table)} ${of.alias} where ${column(of, kept.subject)} = ${place.alias}.id and ${of.alias}.purpose = ${query.param(leaf.consent)}::text and ${of.alias}.status = 'given'`;
  return `${leaf.is ? "" : "not "}exists (${rows})`;
}

/** One node as SQL over a place. */
export function nodeTest(place: Place, node: Condition, query: Query): string {
  if ("all" in node)
    return node.all.length === 0 ? "true" : `(${node.all.map((c) => nodeTest(place, c, query)).join(" and ")})`;
  if ("any" in node) return anyOf(node.any.map((c) => nodeTest(place, c, query)));
  if ("not" in node) return `not (${nodeTest(place, node.not, query)})`;
  if ("field" in node) return fieldTest(place, node, query);
  if ("fact" in node) return factTest(place, node, query);
  if ("last" in node) return lastTest(place, node, query);
  if ("quiet" in node) return quietTest(place, node, query);
  if ("segment" in node) return segmentTest(place, node, query);
  if ("consent" in node) return consentTest(place, node, query);
  return "related" in node ? relatedTest(place, node, query) : sampleTest(place, node, query);
}

/**
 * A condition as one SQL boolean over the subject's table: true or false, never null, equal to `holds` for every subject.
 * Whether the subject itself is in the trash is the caller's question.
 * @throws Refused "invalid" when it names what is not there, or asks a field what its type cannot answer.
 */
export function conditionSql(condition: Condition, object: ObjectDescription, options: ConditionSqlOptions): string {
  return nodeTest({ object, alias: options.alias }, condition, queryOf(options));
}
