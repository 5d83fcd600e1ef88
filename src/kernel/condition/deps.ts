import type { Condition } from "./condition.ts";

/** What can change a condition's truth. Fields of related records are written "orders.status"; payload fields are not listed, as facts never change. */
export interface Deps {
  facts: Set<string>;
  fields: Set<string>;
  related: Set<string>;
  segments: Set<string>;
  /** Purposes of consent. */
  consents: Set<string>;
  /** Whether time alone can change it. */
  time: boolean;
}

const timed = new Set(["within_last", "older_than", "within_next"]);

function collect(node: Condition, found: Deps, prefix: string, payload: boolean): void {
  if ("all" in node || "any" in node)
    for (const child of "all" in node ? node.all : node.any) collect(child, found, prefix, payload);
  else if ("not" in node) collect(node.not, found, prefix, payload);
  else if ("field" in node) {
    if (!payload) found.fields.add(prefix + node.field);
    found.time ||= timed.has(node.op);
  } else if ("fact" in node) {
    found.facts.add(node.fact);
    if (node.within && "since_field" in node.within) found.fields.add(prefix + node.within.since_field);
    found.time ||= node.within !== undefined && "last" in node.within;
    if (node.where) collect(node.where, found, prefix, true);
  } else if ("last" in node) {
    found.facts.add(node.last);
    collect(node.where, found, prefix, true);
  } else if ("quiet" in node) {
    found.facts.add(node.quiet);
    found.time = true;
  } else if ("segment" in node) found.segments.add(node.segment);
  else if ("consent" in node) found.consents.add(node.consent);
  else if ("related" in node) {
    found.related.add(prefix + node.related);
    if (node.where) collect(node.where, found, `${prefix}${node.related}.`, payload);
  }
}

/** Which facts, fields and relations a condition reads, and whether time alone can change it (a fact dated in the future aside). */
export function deps(condition: Condition): Deps {
  const found: Deps = {
    facts: new Set(),
    fields: new Set(),
    related: new Set(),
    segments: new Set(),
    consents: new Set(),
    time: false,
  };
  collect(condition, found, "", false);
  return found;
}
