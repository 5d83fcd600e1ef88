import type { Field } from "#records";
import type { DescribedObject } from "../../kit/boot.ts";
import { offers } from "../../kit/client.ts";
import { fieldsOf } from "../record.ts";

const figures = new Set<Field["type"]>(["money", "number", "integer"]);
const times = new Set<Field["type"]>(["date", "datetime"]);
const kinds = new Set<Field["type"]>(["choice", "user", "relation", "boolean", "country", "currency"]);
const few = new Set<Field["type"]>(["choice", "user", "relation", "boolean"]);
const isOwnTime = (field: Field): boolean => field.type === "datetime" && field.name.startsWith("custom.");

/** Fields whose values are added up. */
export const figuresOf = (object: DescribedObject): readonly Field[] => fieldsOf(object).filter((field) => figures.has(field.type)); // prettier-ignore
/** Fields that a calendar can show. */
export const timesOf = (object: DescribedObject): readonly Field[] => fieldsOf(object).filter((field) => times.has(field.type)); // prettier-ignore
/** Whether the server offers that of the object's records; of objects made here the same routes answer for all. */
export const isOffered = (what: "groups" | "why", { plural }: DescribedObject): boolean =>
  offers(plural.startsWith("custom/") ? `custom.${what}` : `${what}.${plural}`);
const isAddedUp = (object: DescribedObject): boolean => isOffered("groups", object);
const byChoice = (a: Field, b: Field): number => Number(b.type === "choice") - Number(a.type === "choice");
/** Fields that can be the columns of a board; steps one chose oneself before owners and relations. */
export const columnFieldsOf = (object: DescribedObject): readonly Field[] => isAddedUp(object) ? fieldsOf(object).filter((field) => few.has(field.type)).toSorted(byChoice) : []; // prettier-ignore

/** How records can be grouped: by a field's values, of times by day and by month. */
export const groupingsOf = (object: DescribedObject): { value: string; field: Field; unit?: "day" | "month" }[] =>
  (isAddedUp(object) ? fieldsOf(object) : []).flatMap((field) => {
    if (kinds.has(field.type)) return [{ value: field.name, field }];
    if (!times.has(field.type) || isOwnTime(field)) return [];
    return (["day", "month"] as const).map((unit) => ({ value: `${field.name}:${unit}`, field, unit }));
  });
