import { MultiSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Field } from "#records";

interface Props {
  field: Field;
  value: unknown;
  error: string | undefined;
  onChange: (value: unknown) => void;
  label?: string;
  "aria-label"?: string;
  description?: string | undefined;
  withAsterisk?: boolean;
}

/** Any number of a field's choices; null for none. What is no longer offered can only be taken away. */
export const ChoicesInput = ({ field, value, onChange, ...rest }: Props) => {
  const { _ } = useLingui();
  const held = Array.isArray(value) ? value.map(String) : [];
  const offered = (field.choices ?? []).filter((choice) => !choice.removed || held.includes(choice.value));
  return (
    <MultiSelect
      {...rest}
      data={offered.map((choice) => ({ value: choice.value, label: _(choice.label) }))}
      value={held}
      onChange={(next) => onChange(next.length > 0 ? next : null)}
      searchable={offered.length > 8}
      clearable
      clearButtonProps={{ "aria-label": _("Clear") }}
      nothingFoundMessage={_("Nothing found")}
    />
  );
};
