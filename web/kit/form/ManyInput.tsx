import { MultiSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Field } from "#records";
import { currencyName } from "../format.ts";
import { countryOptions } from "./countries.ts";

const optionsOf = (field: Field, say: (text: string) => string): { value: string; label: string }[] => {
  if (field.type === "country") return countryOptions();
  if (field.type === "currency")
    return Intl.supportedValuesOf("currency").map((code) => ({
      value: code,
      label: `${code} · ${currencyName(code)}`,
    }));
  return (field.choices ?? [])
    .filter((choice) => !choice.removed)
    .map((choice) => ({ value: choice.value, label: say(choice.label) }));
};

/** Picks any number of a field's choices, countries or currencies. */
export const ManyInput = ({
  field,
  value,
  onChange,
}: {
  field: Field;
  value: string[];
  onChange: (value: string[]) => void;
}) => {
  const { _ } = useLingui();
  return (
    <MultiSelect
      aria-label={_(field.label)}
      data={optionsOf(field, _)}
      value={value}
      onChange={onChange}
      searchable
      placeholder={value.length > 0 ? "" : _("Choose")}
      nothingFoundMessage={_("Nothing found")}
      maxDropdownHeight={240}
      comboboxProps={{ withinPortal: false }}
    />
  );
};
