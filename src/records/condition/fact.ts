import {
  opposites,
  payloadNodeOf,
  leafProblem,
  windowOf,
  type Condition,
  type FactLeaf,
  type FieldLeaf,
  type LastLeaf,
  type QuietLeaf,
  type Times,
} from "#kernel/condition";
import { invalid } from "#kernel/refusal";
import { instantSql } from "./field.ts";
import { anyOf, jsonTest } from "./scalar.ts";
import { jsonAt, stamp, type Place, type Query } from "./words.ts";

/*
 * Leaves about facts: correlated subqueries, each one probe of (contact_id, name, occurred_at) for each subject.
 * A withdrawn fact did not happen.
 */
function factsOf(place: Place, name: string, alias: string, query: Query): string {
  const by = place.object.facts_by;
  if (by === undefined)
    throw invalid(
      "fact",
      `No facts are kept about ${place.object.label_plural.toLowerCase()}.`,
      "condition.unknown-fact",
    );
  return `from facts ${alias} where ${alias}.${by} = ${place.alias}.id and ${alias}.name = ${query.param(name)}::text and not exists (select from fact_withdrawals w where w.fact_id = ${alias}.id)`;
}

function payloadLeaf(payload: string, leaf: FieldLeaf, query: Query): string {
  const problem = leafProblem(leaf, "any");
  if (problem) throw invalid(leaf.field, problem, "condition.value");
  const json = jsonAt(payload, leaf.field.split("."));
  const positive = opposites[leaf.op];
  return positive ? `not ${jsonTest(json, { ...leaf, op: positive }, query)}` : jsonTest(json, leaf, query);
}

function payloadTest(payload: string, where: Condition, query: Query): string {
  const node = payloadNodeOf(where);
  if ("all" in node)
    return node.all.length === 0 ? "true" : `(${node.all.map((c) => payloadTest(payload, c, query)).join(" and ")})`;
  if ("any" in node) return anyOf(node.any.map((c) => payloadTest(payload, c, query)));
  if ("not" in node) return `not (${payloadTest(payload, node.not, query)})`;
  return payloadLeaf(payload, node, query);
}

function windowTest(place: Place, leaf: FactLeaf, alias: string, query: Query): string {
  const { within } = leaf;
  if (within !== undefined && "since_field" in within) {
    const since = instantSql(place, within.since_field, query);
    const until = `${alias}.occurred_at < ${query.param(stamp(query.now.getTime() + 1))}::timestamptz`;
    return `${alias}.occurred_at >= date_trunc('milliseconds', ${since}) + interval '1 millisecond' and ${until}`;
  }
  const range = windowOf(within, () => undefined, query.now)!;
  const until = `${alias}.occurred_at < ${query.param(stamp(range.until))}::timestamptz`;
  return range.from === -Infinity
    ? until
    : `${alias}.occurred_at >= ${query.param(stamp(range.from))}::timestamptz and ${until}`;
}

/** At least 0 is always so; it must not be asked at all, as a parameter that stands nowhere is an error. */
export const alwaysSo = (times: Times | undefined): boolean =>
  times !== undefined && times.op === "at_least" && times.n === 0;

/** How many rows of a subquery there are, counted no further than the answer needs: at least 2 of 5,000 reads two. */
export function timesTest(rows: string, times: Times = { op: "at_least", n: 1 }): string {
  const { op, n } = times;
  if (op === "at_least" && n === 1) return `exists (select ${rows})`;
  if (op !== "at_least" && n === 0) return `not exists (select ${rows})`;
  const enough = op === "at_least" ? n : n + 1;
  const sign = op === "at_least" ? ">=" : op === "at_most" ? "<=" : "=";
  return `(select count(*) from (select ${rows} limit ${Math.trunc(enough)}) counted) ${sign} ${Math.trunc(n)}`;
}

/** "Did NAME so many times, in that time, where ..." */
export function factTest(place: Place, leaf: FactLeaf, query: Query): string {
  if (alwaysSo(leaf.times)) return "true";
  const alias = query.alias();
  const where = leaf.where ? ` and ${payloadTest(`${alias}.payload`, leaf.where, query)}` : "";
  return timesTest(
    `${factsOf(place, leaf.fact, alias, query)} and ${windowTest(place, leaf, alias, query)}${where}`,
    leaf.times,
  );
}

const untilNow = (alias: string, query: Query): string =>
  `${alias}.occurred_at < ${query.param(stamp(query.now.getTime() + 1))}::timestamptz`;

/** "The last NAME has ..." */
export function lastTest(place: Place, leaf: LastLeaf, query: Query): string {
  const [alias, last] = [query.alias(), query.alias()];
  const newest = `select ${alias}.payload ${factsOf(place, leaf.last, alias, query)} and ${untilNow(alias, query)} order by ${alias}.occurred_at desc, ${alias}.id desc limit 1`;
  return `exists (select from (${newest}) ${last} where ${payloadTest(`${last}.payload`, leaf.where, query)})`;
}

/** "Silent for longer than usual": the median of the gaps between distinct UTC days, computed as usualGapDays does. */
export function quietTest(place: Place, leaf: QuietLeaf, query: Query): string {
  const f = query.alias();
  const day = `(${f}.occurred_at at time zone 'UTC')::date`;
  const days = `select max(${f}.occurred_at) as last_at, (${day} - lag(${day}) over (order by ${day}))::float8 as gap ${factsOf(place, leaf.quiet, f, query)} and ${untilNow(f, query)} group by ${day}`;
  const summary = `select max(d.last_at) as last_at, count(d.gap) as gaps, percentile_cont(0.5) within group (order by d.gap) as median from (${days}) d`;
  const number = (n: number): string => `${query.param(String(n))}::float8`;
  const usual = `greatest(case when q.gaps >= 2 then q.median else ${number(leaf.usual_gap_days)} end, 1)`;
  const allowed = `floor(greatest(${number(leaf.factor)} * ${usual}, ${number(leaf.at_least_days ?? 0)}) * 86400000)`;
  const silent = `${number(query.now.getTime())} - floor(extract(epoch from q.last_at) * 1000)::float8`;
  return `(select q.last_at is not null and coalesce(${silent} > ${allowed}, false) from (${summary}) q)`;
}
