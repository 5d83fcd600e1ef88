import { keepPreviousData, useQueries } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import type { Field } from "#records";
import { workspace, type DescribedObject } from "../../kit/boot.ts";
import { both } from "../filter/groups.ts";
import { recordsOf, valueIn, type ListAnswer, type Rec } from "../record.ts";
import { dayOfValue, onDays } from "./days.ts";

// Records of one week that are drawn; the rest of a fuller one opens by the day.
const weekAtMost = 200;

/** The records of the shown weeks by their day; a week at a time, so that a full one hides nothing of the next. */
export function useDays(object: DescribedObject, field: Field, ask: { filter: Condition | undefined; q: string | undefined }, weeks: readonly string[][]) {
  const zone = workspace().time_zone;
  const answers = useQueries({
    queries: weeks.map((week) => {
      const days = onDays(field, week[0] ?? "", week[6] ?? "", zone);
      return {
        queryKey: [object.plural, "calendar", field.name, ask, week[0]],
        queryFn: ({ signal }: { signal: AbortSignal }): Promise<ListAnswer> =>
          recordsOf(object.plural).list({ q: ask.q, filter: both(ask.filter, days), sort: field.name, limit: weekAtMost }, signal),
        placeholderData: keepPreviousData,
      };
    }),
  });
  const days = new Map<string, Rec[]>();
  for (const answer of answers)
    for (const record of answer.data?.items ?? []) {
      const day = dayOfValue(field, valueIn(record, field.name), zone);
      if (day) days.set(day, [...(days.get(day) ?? []), record]);
    }
  return {
    days,
    /** Weeks, by their first day, that hold more than is drawn. */
    full: new Set(answers.flatMap((answer, i) => (answer.data?.next ? [weeks[i]?.[0] ?? ""] : []))),
    pending: answers.some((answer) => answer.isPending),
    error: answers.find((answer) => answer.isError)?.error,
    retry: () => answers.forEach((answer) => answer.isError && void answer.refetch()),
  };
} // prettier-ignore
