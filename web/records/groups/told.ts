import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import type { Field, Groups, RecordGroup } from "#records";
import { workspace, type DescribedObject } from "../../kit/boot.ts";
import { request } from "../../kit/client.ts";
import { count, country, date, money } from "../../kit/format.ts";
import { say } from "../../kit/i18n.ts";
import { fieldAt } from "../condition/fields.ts";

export interface GroupAsk {
  filter: Condition | undefined;
  q: string | undefined;
  by: string;
  sums: readonly string[];
}

/** The groups of a list, with counts and sums; old ones stay until the new ones are there. */
export const useGroups = (object: DescribedObject, ask: GroupAsk) =>
  useQuery({
    queryKey: [object.plural, "groups", ask],
    queryFn: ({ signal }) => request<Groups>(`GET /${object.plural.replaceAll("_", "-")}/groups`, { ...ask, sums: ask.sums.length > 0 ? ask.sums.join(",") : undefined }, signal),
    placeholderData: keepPreviousData,
    retry: false,
  }); // prettier-ignore

const monthName = (key: string): string => new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${key}-01T00:00:00Z`)); // prettier-ignore

/** What a group is called. */
export function groupName(field: Field | undefined, { key, title }: Pick<RecordGroup, "key" | "title">): string {
  if (key === null) return say("Without {what}", { what: say(field?.label ?? "").toLocaleLowerCase() });
  const by: Partial<Record<Field["type"], () => string>> = {
    choice: () => say(field?.choices?.find((choice) => choice.value === key)?.label ?? key),
    boolean: () => (key === "true" ? say("Yes") : say("No")),
    country: () => country(key),
    date: () => (key.length === 7 ? monthName(key) : date(key)),
    datetime: () => (key.length === 7 ? monthName(key) : date(key)),
    relation: () => title ?? say("One that is gone"),
    user: () => title ?? say("One that is gone"),
  };
  return (field && by[field.type]?.()) ?? key;
}

/** A sum in words; amounts of several currencies stand beside each other, never added up. */
export function sumWords(field: Field | undefined, sums: Readonly<Record<string, number>> | undefined): string {
  const all = Object.entries(sums ?? {}).filter(([, n], _i, { length }) => n !== 0 || length === 1);
  if (field?.type !== "money") return count(all.reduce((sum, [, n]) => sum + n, 0));
  return (all.length > 0 ? all : [["", 0] as const]).map(([currency, n]) => money(n, currency || workspace().currency)).join(" + "); // prettier-ignore
}

/** The field that a grouping ("created_at:month") is about. */
export const fieldOfGrouping = (object: DescribedObject, by: string): Field | undefined =>
  fieldAt(object, by.replace(/:(day|month)$/, ""));
