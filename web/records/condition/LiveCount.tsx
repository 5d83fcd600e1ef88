import { useEffect } from "react";
import { useDebouncedValue } from "@mantine/hooks";
import { useLingui } from "@lingui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import type { DescribedObject } from "../../kit/boot.ts";
import { request } from "../../kit/client.ts";
import { total } from "../../kit/format.ts";
import { sentenceOf } from "../../kit/problem.ts";
import type { ListAnswer } from "../record.ts";
import { isWhole } from "./fresh.ts";

// Changes within this time are one question, in milliseconds.
const pause = 300;

/** How many records a condition finds, following every change; 10,000+ when there are more than is worth counting. */
export const LiveCount = ({ object, condition, whole, onProblem }: { object: DescribedObject; condition: Condition | undefined; whole: boolean; onProblem?: (thrown: unknown) => void }) => {
  const { _ } = useLingui();
  const [asked] = useDebouncedValue(condition, pause);
  const counted = useQuery({
    queryKey: [object.plural, "count", asked],
    queryFn: ({ signal }) => request<ListAnswer>(`GET /${object.plural.replaceAll("_", "-")}`, { filter: asked, limit: 1, fields: object.title, count: "quick" }, signal),
    // What is asked lags behind what is written: it must be whole itself.
    enabled: whole && asked !== undefined && isWhole(asked),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const { error } = counted;
  useEffect(() => onProblem?.(whole ? error : undefined), [error, whole, onProblem]);
  const said = !whole
    ? _("Finish the condition to see how many it finds.")
    : error
      ? sentenceOf(error)
      : counted.data
        ? _("{n} {what}", { n: total(counted.data.total), what: _(object.label_plural).toLocaleLowerCase() })
        : _("Counting");
  return <p className={whole && !error ? "small number cond-count" : "small quiet cond-count"} role="status" data-stale={counted.isPlaceholderData || undefined}>{said}</p>;
}; // prettier-ignore
