import { boot, may, objectOf, type DescribedObject } from "./boot.ts";

/*
 * Words we use
 *   making   how a new record of an object comes about: in a drawer from its own fields, in a dialog, or on a page of its own
 */
const drawn = [
  "contacts",
  "accounts",
  "opportunities",
  "products",
  "price_lists",
  "tasks",
  "plays",
  "promotions",
  "surveys",
];
const paged: Readonly<Record<string, string>> = {
  quotes: "/quotes/new", orders: "/orders/new", cases: "/cases/new", forms: "/forms/new", plans: "/plans/new", insights: "/insights/new", improvements: "/improvements/new",
}; // prettier-ignore
const asked = ["leads", "segments", "campaigns", "themes", "onboardings"] as const;
export type Asked = (typeof asked)[number];

export type Making = { object: DescribedObject } & ({ how: "drawer" } | { how: "page"; to: string } | { how: "dialog"; of: Asked }); // prettier-ignore

const isOwn = (plural: string): boolean => plural.startsWith("custom/");
const mayMake = (plural: string): boolean => may(`${plural}.create`);

function makingOf(object: DescribedObject): Making | undefined {
  const { plural } = object;
  if (!mayMake(plural)) return undefined;
  if (drawn.includes(plural) || isOwn(plural)) return { object, how: "drawer" };
  const to = paged[plural];
  if (to) return { object, how: "page", to };
  const of = asked.find((one) => one === plural);
  return of && { object, how: "dialog", of };
}

// What is made most often stands first; objects of one's own stand behind.
const order = ["contacts", "accounts", "tasks", "leads", "opportunities", "quotes", "orders", "cases"];
const placeOf = (plural: string): number => (order.includes(plural) ? order.indexOf(plural) : order.length + (isOwn(plural) ? 1 : 0)); // prettier-ignore

/** Everything this person may make on this server. */
export const makings = (): readonly Making[] =>
  (boot().objects ?? []).flatMap((object) => makingOf(object) ?? []).toSorted((a, b) => placeOf(a.object.plural) - placeOf(b.object.plural)); // prettier-ignore

/** Whether a record of the object of that name may be made here, in a drawer. */
export function isDrawn(name: string): boolean {
  const object = objectOf(name);
  return object !== undefined && makingOf(object)?.how === "drawer";
}
