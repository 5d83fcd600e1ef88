import { Select } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { reasonsApi, ReasonUse } from "#records";
import { client } from "../kit/client.ts";

export interface ReasonPickerProps {
  /** Only reasons that explain this are offered. */
  appliesTo: ReasonUse;
  value: string | null;
  /** The label of the value, known from the record: it may be retired by now. */
  title?: string | undefined;
  onChange: (id: string | null, label: string | null) => void;
  label?: string | undefined;
  description?: string | undefined;
  error?: string | undefined;
  required?: boolean | undefined;
  autoFocus?: boolean | undefined;
}

/** Picks a reason of the one taxonomy, by group. */
export const ReasonPicker = ({ appliesTo, value, title, onChange, label, ...more }: ReasonPickerProps) => {
  const { _ } = useLingui();
  const { data } = useQuery({
    queryKey: ["reasons", appliesTo],
    queryFn: () => client<typeof reasonsApi>("reasons").list({ applies_to: appliesTo }),
  });
  const offered = data?.items ?? [];
  const gone = value !== null && data !== undefined && !offered.some((reason) => reason.id === value);
  const parents = new Set(offered.map((reason) => reason.parent_id));
  const groups = Map.groupBy(
    // A group stands as a heading; it can be chosen itself only when nothing below it is offered.
    offered.filter((reason) => !parents.has(reason.id)),
    (reason) => reason.parent ?? _("Others"),
  );
  const choices = [...groups].map(([group, members]) => ({
    group,
    items: members.map((reason) => ({ value: reason.id, label: reason.label })),
  }));
  const kept = gone ? [{ group: _("Retired"), items: [{ value, label: title ?? _("The chosen one") }] }] : [];
  const { required = false, autoFocus, ...rest } = more;
  return (
    <Select
      {...rest}
      label={label ?? _("Reason")}
      withAsterisk={required}
      data-autofocus={autoFocus || undefined}
      placeholder={_("Choose a reason")}
      searchable
      openOnFocus={false}
      clearable={!required}
      clearButtonProps={{ "aria-label": _("Clear") }}
      value={value}
      data={[...choices, ...kept]}
      nothingFoundMessage={_("Nothing found")}
      onChange={(id) => onChange(id, offered.find((reason) => reason.id === id)?.label ?? null)}
    />
  );
};
