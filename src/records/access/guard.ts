import type { Route } from "#kernel/endpoint";
import { isId } from "#kernel/id";
import { invalid, notFound } from "#kernel/refusal";
import { verbs, type Ctx, type Verb } from "#platform/context";
import type { ObjectDescription } from "../object.ts";
import { typeNamed } from "../custom/described.ts";
import { ownPrefix } from "../custom/own.ts";
import { recordTypes } from "../registry.ts";
import { mustReach, withinReach } from "./see.ts";
import { reachesAll } from "./reach.ts";

/*
 * Stands before every endpoint, also before those that are written tomorrow: the record its path names must be within reach of
 * the verb its permission names, and every record its input names (contact_id, order_ids ...) must be one the caller may see.
 */
type Input = Readonly<Record<string, unknown>>;

/** Refuses a request about a record out of the caller's reach. */
export async function guardRecords(ctx: Ctx, e: { route: Route; may: string }, input: unknown): Promise<void> {
  if (ctx.access === "above" || typeof input !== "object" || input === null) return;
  const given = input as Input;
  const object = objectOfPath(e.route) ?? (await objectOfInput(ctx, e.route, given.object));
  if (object && isId(given.id)) await mustReach(ctx, object, given.id, verbOf(object, e.may));
  for (const [key, value] of Object.entries(given)) {
    const named = key === "ids" || key === "record_id" ? object : namedBy(key);
    if (!named || value === null || value === undefined || reachesAll(ctx, named, "read")) continue;
    const ids = [value].flat().filter(isId);
    const seen = await withinReach(ctx, named, ids);
    if (ids.some((id) => !seen.has(id))) throw invalid(key, `There is no such ${named.label.toLowerCase()}.`);
  }
}

/** The object whose record the path names: that of "/orders/{id}/pay". */
export const objectOfPath = (route: Route): ObjectDescription | undefined => {
  const [, segment = "", next] = route.slice(route.indexOf("/")).split("/");
  return next === undefined ? undefined : objectOfPlural(segment.replaceAll("-", "_"));
};

// /records/{object}/{id}/as-of, {object, record_id} of a file ...; under /custom the address leaves out the beginning of the name.
async function objectOfInput(ctx: Ctx, route: Route, name: unknown): Promise<ObjectDescription | undefined> {
  if (typeof name !== "string") return undefined;
  if (!route.includes(" /custom/")) return (await typeNamed(ctx, name))?.object;
  const own = await typeNamed(ctx, ownPrefix + name);
  if (!own) throw notFound("object");
  return own.object;
}

const objectOfPlural = (plural: string): ObjectDescription | undefined =>
  recordTypes().find((t) => t.object.plural === plural)?.object;

/** What the permission does to the record of the path: "orders.refund" changes an order, "notes.create" only looks at the contact. */
function verbOf(object: ObjectDescription, permission: string): Verb {
  const [noun, act] = permission.split(".");
  if (noun !== object.plural || act === "create") return "read";
  return (verbs as readonly string[]).includes(act ?? "") ? (act as Verb) : "update";
}

function namedBy(key: string): ObjectDescription | undefined {
  const name = /^([a-z_]+)_ids?$/.exec(key)?.[1];
  return name === undefined ? undefined : recordTypes().find((t) => t.object.name === name)?.object;
}
