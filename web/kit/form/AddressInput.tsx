import { TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Field } from "#records";
import { textOfValue } from "../text.ts";

const parts: readonly (readonly [string, string, string])[] = [
  ["line1", "Street and number", "address-line1"], ["line2", "More of the address", "address-line2"], ["postal_code", "Postal code", "postal-code"],
  ["city", "City", "address-level2"], ["region", "Region", "address-level1"], ["country", "Country", "country-name"],
]; // prettier-ignore

interface Props {
  field: Field;
  value: unknown;
  error: string | undefined;
  onChange: (value: unknown) => void;
}

/** An address, part by part; null when all are empty. */
export const AddressInput = ({ field, value, error, onChange }: Props) => {
  const { _ } = useLingui();
  const known = (value ?? {}) as Record<string, unknown>;
  const put = (part: string, text: string): void => {
    const next = Object.fromEntries(Object.entries({ ...known, [part]: text }).filter(([, v]) => v !== ""));
    onChange(Object.keys(next).length > 0 ? next : null);
  };
  return (
    <fieldset className="address-parts">
      <legend>{_(field.label)}{field.required && <span aria-hidden> *</span>}</legend>
      {field.help && <p className="quiet small">{_(field.help)}</p>}
      {error && <p className="note small" data-tone="red" role="alert">{error}</p>}
      {parts.map(([part, label, fill]) => (
        <TextInput key={part} placeholder={_(label)} aria-label={`${_(field.label)}: ${_(label)}`} autoComplete={fill} maxLength={200} value={textOfValue(known[part])} onChange={(event) => put(part, event.currentTarget.value)} />
      ))}
    </fieldset>
  );
}; // prettier-ignore
