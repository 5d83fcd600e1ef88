import { useState } from "react";
import { TextInput, type TextInputProps } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { readMoney, readNumber, writeMoney, writeNumber } from "./numbers.ts";

export interface FigureInputProps extends Omit<TextInputProps, "value" | "onChange" | "error"> {
  value: number | null;
  onChange: (value: number | null) => void;
  error?: string | undefined;
  /** Money of this currency, in minor units; a plain number without. */
  currency?: string | undefined;
  whole?: boolean;
}

/** A number or an amount of money, typed as the locale writes it; what is no number is said at once and never sent. */
export const FigureInput = ({ value, onChange, currency, whole = false, error, ...rest }: FigureInputProps) => {
  const { _ } = useLingui();
  const written = value === null ? "" : currency ? writeMoney(value, currency) : writeNumber(value);
  const read = (text: string): number | undefined => (currency ? readMoney(text, currency) : readNumber(text));
  const [text, setText] = useState(written);
  const means = text.trim() === "" ? null : read(text);
  const wrong =
    means === undefined
      ? _("This is not a number as it is written here, like {example}", { example: writeNumber(1234.5) })
      : whole && means !== null && !currency && !Number.isInteger(means)
        ? _("This must be a whole number")
        : undefined;
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      className="number"
      value={means !== value && means !== undefined ? written : text}
      error={wrong ?? error}
      leftSection={currency ? <span className="small quiet">{currency}</span> : undefined}
      leftSectionWidth={currency ? 44 : undefined}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const next = typed.trim() === "" ? null : read(typed);
        if (next !== undefined) onChange(next);
      }}
      onBlur={() => !wrong && setText(written)}
    />
  );
};
