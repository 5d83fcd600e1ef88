import { Checkbox, NativeSelect, Select, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { workspace } from "../kit/boot.ts";
import { currencyName } from "../kit/format.ts";
import { Rates } from "./Rates.tsx";
import { SegmentOption } from "./SegmentOption.tsx";
import type { Importable, MappingProblem, Options, OptionSchema } from "./told.ts";

export interface OptionsFormProps {
  importable: Importable;
  options: Options;
  problems: readonly MappingProblem[];
  onOptions: (options: Options) => void;
}

const groups: Readonly<Record<string, string>> = {
  number: "Rows with one order number are one order",
  customer_and_time: "Rows of one customer at one time are one order",
  row: "Each row is an order",
};
const modes: Readonly<Record<string, string>> = {
  upsert: "Add what is new, change what is there",
  create: "Only add; what is there already is left out",
  update: "Only change what is there; nothing is added",
};
const empties: Readonly<Record<string, string>> = {
  leave: "Says nothing: the field stays as it is",
  clear: "Empties the field",
};
const currencies = () => Intl.supportedValuesOf("currency").map((code) => ({ value: code, label: `${code} · ${currencyName(code)}` })); // prettier-ignore
const zones = (mine: string): string[] => [...new Set([mine, "UTC", ...Intl.supportedValuesOf("timeZone")])];
const labelOf = (importable: Importable, name: string): string =>
  importable.fields.find((field) => field.name === name)?.label ?? name;
const wordsOf = (name: string, schema: OptionSchema): string => {
  const words = schema.title ?? name.replaceAll("_", " ");
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
};

/** How a file is meant, in plain words; options of an importer that came later are drawn from their schema. */
export const OptionsForm = ({ importable, options, problems, onOptions }: OptionsFormProps) => {
  const { _ } = useLingui();
  const mine = workspace();
  const schemas = Object.entries(importable.options.properties ?? {});
  if (schemas.length === 0) return null;
  const set = (name: string, value: unknown): void =>
    onOptions(Object.fromEntries(Object.entries({ ...options, [name]: value }).filter(([, each]) => each !== undefined && each !== null))); // prettier-ignore
  const text = (name: string): string => (typeof options[name] === "string" ? options[name] : "");
  const errorOf = (name: string): string | undefined => problems.find((problem) => problem.field === `options.${name}`)?.message; // prettier-ignore
  const draw = ([name, schema]: readonly [string, OptionSchema]) => {
    const common = { key: name, error: errorOf(name) };
    switch (name) {
      case "group_by":
        return (
          <NativeSelect
            {...common}
            key={name}
            label={_("One order is")}
            value={text(name)}
            data={Object.entries(groups).map(([value, label]) => ({ value, label: _(label) }))}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
        );
      case "mode":
        return (
          <NativeSelect
            {...common}
            key={name}
            label={_("Rows")}
            value={text(name) || "upsert"}
            data={Object.entries(modes).map(([value, label]) => ({ value, label: _(label) }))}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
        );
      case "match":
        return (
          <NativeSelect
            {...common}
            key={name}
            label={_("A row's record is found by")}
            value={text(name) || "auto"}
            data={(schema.enum ?? []).map((value) => ({ value, label: value === "auto" ? _("Whatever names it surest") : _(labelOf(importable, value)) }))}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
        ); // prettier-ignore
      case "empty":
        return (
          <NativeSelect
            {...common}
            key={name}
            label={_("An empty cell of a known record")}
            value={text(name) || "leave"}
            data={Object.entries(empties).map(([value, label]) => ({ value, label: _(label) }))}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
        );
      case "paid":
        return (
          <Checkbox
            key={name}
            label={_("These orders were paid when they were placed")}
            description={_("Otherwise they stand as unpaid, waiting for their payments.")}
            checked={options[name] !== false}
            onChange={(event) => set(name, event.currentTarget.checked)}
          />
        );
      case "shop":
        return (
          <TextInput
            {...common}
            key={name}
            label={_("Name of the shop")}
            description={_(
              "Customer 17 of one shop is somebody else than customer 17 of another. Use the same name for the next file of this shop.",
            )}
            maxLength={40}
            value={text(name)}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
        );
      case "currency":
        return (
          <Select
            {...common}
            key={name}
            label={_("Amounts are in")}
            description={_("Where a row does not say its currency.")}
            data={currencies()}
            value={text(name) || mine.currency}
            onChange={(value) => set(name, value && value !== mine.currency ? value : undefined)}
            searchable
            limit={300}
            nothingFoundMessage={_("Nothing found")}
          />
        );
      case "rates":
        return <Rates key={name} options={options} problems={problems} onRates={(rates) => set(name, rates)} />;
      case "segment_id":
        return <SegmentOption key={name} value={text(name)} error={common.error} onSegment={(id) => set(name, id)} />;
      case "time_zone":
        return (
          <Select
            {...common}
            key={name}
            label={_("Times are by the clock of")}
            data={zones(mine.time_zone)}
            value={text(name) || mine.time_zone}
            onChange={(value) => set(name, value && value !== mine.time_zone ? value : undefined)}
            searchable
            limit={600}
            nothingFoundMessage={_("Nothing found")}
          />
        );
    }
    if (schema.type === "boolean")
      return (
        <Checkbox
          key={name}
          label={_(wordsOf(name, schema))}
          description={schema.description ? _(schema.description) : undefined}
          checked={options[name] === true}
          onChange={(event) => set(name, event.currentTarget.checked)}
        />
      );
    if (schema.enum)
      return (
        <NativeSelect
          {...common}
          key={name}
          label={_(wordsOf(name, schema))}
          description={schema.description ? _(schema.description) : undefined}
          value={text(name)}
          data={schema.enum.map((value) => ({ value, label: _(value.replaceAll("_", " ")) }))}
          onChange={(event) => set(name, event.currentTarget.value)}
        />
      );
    if (schema.type === "string")
      return (
        <TextInput
          {...common}
          key={name}
          label={_(wordsOf(name, schema))}
          description={schema.description ? _(schema.description) : undefined}
          maxLength={200}
          value={text(name)}
          onChange={(event) => set(name, event.currentTarget.value || undefined)}
        />
      );
    return null;
  };
  return (
    <section className="stack" aria-labelledby="how">
      <h2 className="h" id="how">{_("How it is meant")}</h2>
      {schemas.map(draw)}
    </section>
  ); // prettier-ignore
};
