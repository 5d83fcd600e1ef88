import type { Route } from "#kernel/endpoint";
import { isId } from "#kernel/id";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import type { ObjectDescription } from "../object.ts";
import { recordTypes } from "../registry.ts";
import { objectOfPath } from "./guard.ts";
import { reachesAll } from "./reach.ts";
import { withinReach } from "./see.ts";

/*
 * Stands behind every endpoint as the guard stands before it. Lists, records and timelines ask the one function in SQL; what a module
 * answers from a query of its own (what is due, what is open, who used a voucher) passes here: an entry of a list that names a record
 * out of the caller's reach, as contact_id or as an address "/cases/<id>", is left out. Who sees everything waits for nothing.
 */
type Named = Map<ObjectDescription, Set<string>>;

/** Routes whose query asks the one function itself; their entries may name a customer who is out of reach while they are not. */
const asksItself: ReadonlySet<Route> = new Set<Route>(["GET /opportunities/board"]);
const customers: ReadonlySet<string> = new Set(["contact", "account"]);
const address = /^\/([a-z-]+)\/([0-9a-f-]{36})(?=$|[?#/])/;

/** The answer without entries about records out of the caller's reach. */
export async function sieved<T>(ctx: Ctx, e: { route: Route; may: string }, answer: T): Promise<T> {
  if (ctx.access === "above" || typeof answer !== "object" || answer === null || isBuilt(answer)) return answer;
  const hidden = recordTypes().map((t) => t.object).filter((o) => !reachesAll(ctx, o, "read")); // prettier-ignore
  if (hidden.length === 0 || asksItself.has(e.route)) return answer;
  const named: Named = new Map(hidden.map((o) => [o, new Set()]));
  collect(answer, named, true);
  const seen = new Map<ObjectDescription, ReadonlySet<string>>();
  for (const [object, ids] of named) seen.set(object, await withinReach(ctx, object, [...ids]));
  const out = (value: unknown, of = hidden): boolean => {
    const own: Named = new Map(of.map((o) => [o, new Set()]));
    collect(value, own, false);
    return [...own].some(([object, ids]) => [...ids].some((id) => !seen.get(object)!.has(id)));
  };
  // One customer's sheet that no path named: it is there for whom the customer is.
  if (!objectOfPath(e.route) && !Array.isArray(answer) && out(answer, hidden.filter((o) => customers.has(o.name)))) throw notFound("record"); // prettier-ignore
  return sift(answer, (item) => !out(item)) as T;
}

// JSON from listRecords and findRecord, which ask themselves, and files.
const isBuilt = (answer: object): boolean => "json" in answer || "file" in answer || Buffer.isBuffer(answer);

/** The records that a value names; those in lists inside it too when `deep`, as they are entries of their own. */
function collect(value: unknown, named: Named, deep: boolean): void {
  if (Array.isArray(value)) {
    if (deep) for (const item of value) collect(item, named, deep);
    return;
  }
  if (typeof value !== "object" || value === null || value instanceof Date) return;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === "string") note(key, inner, named);
    else if (Array.isArray(inner) ? deep : typeof inner === "object") collect(inner, named, deep);
  }
}

function note(key: string, value: string, named: Named): void {
  if (key === "to") {
    const [, plural, id] = address.exec(value) ?? [];
    for (const [object, ids] of named) if (id && isId(id) && object.plural.replaceAll("_", "-") === plural) ids.add(id);
  }
  if (!key.endsWith("_id") || !isId(value)) return;
  for (const [object, ids] of named) if (key === `${object.name}_id`) ids.add(value);
}

function sift(value: unknown, keep: (item: unknown) => boolean): unknown {
  if (Array.isArray(value)) return value.filter(keep).map((item) => sift(item, keep));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sift(inner, keep)]));
}
