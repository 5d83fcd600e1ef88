import { useDebouncedValue } from "@mantine/hooks";
import { useLingui } from "@lingui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Field, FieldType, Rollup } from "#records";
import { isProblem, sentenceOf } from "../../kit/problem.ts";
import { textOf } from "../../records/cells.tsx";
import { customFields, typeWords } from "./fields.ts";

interface Props {
  object: string;
  id: string | undefined;
  label: string;
  /** One of the two; undefined while nothing is written. */
  asked: { formula: string } | { rollup: Rollup } | undefined;
}

// Keys pressed within this time are one question, in milliseconds.
const pause = 350;
const typeWord = (type: string): string => (type in typeWords ? typeWords[type as keyof typeof typeWords] : type);

/** What the field comes to on the records that changed last, following every change; what is wrong with it, in words. */
export const Trial = ({ object, id, label, asked }: Props) => {
  const { _ } = useLingui();
  const [settled] = useDebouncedValue(asked, pause);
  const { data, error, isFetching } = useQuery({
    queryKey: ["custom-fields", "try", object, id, settled],
    queryFn: () => customFields().try({ object, ...(id ? { id } : {}), ...settled! }),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!asked) return null;
  if (error) return <p className="note small" data-tone="red" role="status">{isProblem(error) ? (error.errors[0]?.message ?? sentenceOf(error)) : sentenceOf(error)}</p>;
  if (!data) return <p className="quiet small" role="status">{isFetching ? _("Working it out") : ""}</p>;
  const field: Field = { name: "value", label, type: data.type as FieldType, currency_field: "currency" };
  return (
    <div className="trial" role="status" data-stale={isFetching || undefined}>
      <p className="quiet small">{data.samples.length === 0 ? _("It gives: {type}. There are no records to show it on yet.", { type: _(typeWord(data.type)) }) : _("It gives: {type}. On the records that changed last:", { type: _(typeWord(data.type)) })}</p>
      <dl>
        {data.samples.map((sample) => (
          <div key={sample.id}>
            <dt><bdi>{sample.title}</bdi></dt>
            <dd><bdi>{textOf({ id: sample.id, value: sample.value, currency: sample.currency }, field) || _("empty")}</bdi></dd>
          </div>
        ))}
      </dl>
    </div>
  );
}; // prettier-ignore
