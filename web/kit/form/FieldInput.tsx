import { lazy, Suspense } from "react";
import { Checkbox, Select, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Field } from "#records";
import { workspace } from "../boot.ts";
import { currencyName } from "../format.ts";
import { countryOptions } from "./countries.ts";
import { FigureInput } from "./FigureInput.tsx";
import { AddressInput } from "./AddressInput.tsx";
import { ChoicesInput } from "./ChoicesInput.tsx";
import { RelationPicker, type Pick } from "./RelationPicker.tsx";
import { RelationsInput } from "./RelationsInput.tsx";
import { instantOf, wallClock } from "./zoned.ts";

// Few companies have fields that hold a file.
const FileInput = lazy(() => import("./FileInput.tsx"));

export interface FieldInputProps {
  field: Field;
  /** The object of the record, by name; a field that holds a file is drawn only where it is known. */
  object?: string | undefined;
  value: unknown;
  onChange: (value: unknown, title?: string) => void;
  error?: string | undefined;
  /** Titles of the records that a field of many relations points to now. */
  links?: readonly Pick[] | undefined;
  /** Title of the record a relation points to now. */
  title?: string | undefined;
  currency?: string | undefined;
  autoFocus?: boolean;
  /** Without its own label: inside a chip editor, which has said the field already. */
  bare?: boolean;
}

const inputTypes: Partial<Record<Field["type"], string>> = {
  email: "email",
  phone: "tel",
  url: "url",
  date: "date",
  datetime: "datetime-local",
};
const longest: Partial<Record<Field["type"], number>> = { long_text: 10_000, url: 2000, email: 320, phone: 40 };
const asText = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
const asNumber = (value: unknown): number | null =>
  typeof value === "number" ? value : typeof value === "string" && value !== "" ? Number(value) : null;
const currencies = () =>
  Intl.supportedValuesOf("currency").map((code) => ({ value: code, label: `${code} · ${currencyName(code)}` }));

/** The input for a field, by its type; gives null for empty, minor units for money, ISO text for times. */
export const FieldInput = ({
  field,
  object,
  value,
  onChange,
  error,
  title,
  links,
  currency,
  autoFocus = false,
  bare = false,
}: FieldInputProps) => {
  const { _ } = useLingui();
  const label = _(field.label);
  const named = bare
    ? { "aria-label": label }
    : { label, description: field.help ? _(field.help) : undefined, withAsterisk: field.required ?? false };
  const common = { ...named, name: field.name, error, "data-autofocus": autoFocus || undefined };
  const chosen = asText(value);
  // What a file brought in its own words ("Germany") stays in sight, though nobody would pick it here.
  const picker = (data: { value: string; label: string }[]) => (
    <Select
      {...common}
      data={
        chosen === "" || data.some((one) => one.value === chosen) ? data : [{ value: chosen, label: chosen }, ...data]
      }
      value={chosen || null}
      onChange={(picked) => onChange(picked)}
      searchable={data.length > 8}
      clearable={!field.required}
      clearButtonProps={{ "aria-label": _("Clear") }}
      nothingFoundMessage={_("Nothing found")}
      limit={300}
    />
  );
  switch (field.type) {
    case "boolean":
      return (
        <Checkbox
          name={field.name}
          label={label}
          description={field.help ? _(field.help) : undefined}
          error={error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "long_text":
      return (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={field.max ?? longest.long_text ?? 10_000}
          value={asText(value)}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
    case "number":
    case "integer":
      return <FigureInput {...common} whole={field.type === "integer"} value={asNumber(value)} onChange={onChange} />;
    case "money":
      return (
        <FigureInput
          {...common}
          currency={currency ?? workspace().currency}
          value={asNumber(value)}
          onChange={onChange}
        />
      );
    case "choice":
      return picker(
        (field.choices ?? [])
          .filter((choice) => !choice.removed || choice.value === value)
          .map((choice) => ({ value: choice.value, label: _(choice.label) })),
      );
    case "choices":
      return <ChoicesInput {...common} field={field} value={value} onChange={onChange} />;
    case "relations":
      return <RelationsInput {...named} field={field} error={error} value={value} links={links} onChange={onChange} />;
    case "address":
      return <AddressInput field={field} error={error} value={value} onChange={onChange} />;
    case "file":
      return object ? (
        <Suspense fallback={null}>
          <FileInput
            object={object}
            label={label}
            description={named.description}
            required={field.required}
            error={error}
            value={asText(value) || null}
            title={title}
            onChange={onChange}
          />
        </Suspense>
      ) : null;
    case "country":
      return picker(countryOptions());
    case "currency":
      return picker(currencies());
    case "relation":
    case "user":
      return (
        <RelationPicker
          to={field.to ?? "user"}
          name={field.name}
          error={error}
          required={field.required}
          autoFocus={autoFocus}
          value={asText(value) || null}
          title={title}
          onPick={(picked) => onChange(picked?.id ?? null, picked?.title)}
          {...(bare ? {} : { label, description: named.description })}
        />
      );
    case "datetime":
      return (
        <TextInput
          {...common}
          type="datetime-local"
          value={asText(value) ? wallClock(asText(value), workspace().time_zone) : ""}
          onChange={(event) =>
            onChange(event.currentTarget.value ? instantOf(event.currentTarget.value, workspace().time_zone) : null)
          }
        />
      );
    case "date":
    case "email":
    case "phone":
    case "text":
    case "url":
      return (
        <TextInput
          {...common}
          type={inputTypes[field.type] ?? "text"}
          maxLength={field.max ?? longest[field.type] ?? 200}
          value={asText(value).slice(0, field.type === "date" ? 10 : undefined)}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
  }
};
