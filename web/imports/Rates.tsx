import { useState } from "react";
import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { workspace } from "../kit/boot.ts";
import { currencyName } from "../kit/format.ts";
import { Icon } from "../kit/Icon.tsx";
import type { MappingProblem, Options } from "./told.ts";

const isTable = (value: unknown): value is Record<string, string> => typeof value === "object" && value !== null;

/** What other currencies of the file are worth in the company's own; asked for as soon as one is known. */
export const Rates = ({ options, problems, onRates }: { options: Options; problems: readonly MappingProblem[]; onRates: (rates: Record<string, string>) => void }) => {
  const { _ } = useLingui();
  const base = workspace().currency;
  const rates = isTable(options["rates"]) ? options["rates"] : {};
  const asked = problems.flatMap((problem) => /^options\.rates\.([A-Z]{3})$/.exec(problem.field ?? "")?.[1] ?? []);
  const [more, setMore] = useState(false);
  const codes = [...new Set([...Object.keys(rates), ...asked])];
  const problemOf = (code: string): string | undefined => problems.find((problem) => problem.field === `options.rates.${code}`)?.message;
  const without = (code: string): Record<string, string> => Object.fromEntries(Object.entries(rates).filter(([each]) => each !== code));
  return (
    <div className="stack">
      {codes.map((code) => (
        <div key={code} className="line rate">
          <TextInput
            className="fill"
            label={_("One {currency} in {base}", { currency: code, base })}
            inputMode="decimal"
            placeholder="0.86"
            value={String(rates[code] ?? "")}
            error={problemOf(code)}
            onChange={(event) => onRates(event.currentTarget.value.trim() ? { ...rates, [code]: event.currentTarget.value.trim().replace(",", ".") } : without(code))}
          />
          <ActionIcon aria-label={_("Remove the rate of {currency}", { currency: code })} onClick={() => onRates(without(code))}>
            <Icon name="x" size={14} />
          </ActionIcon>
        </div>
      ))}
      {more ? (
        <Select
          label={_("Currency of the file")}
          data={Intl.supportedValuesOf("currency").filter((code) => code !== base && !codes.includes(code)).map((code) => ({ value: code, label: `${code} · ${currencyName(code)}` }))}
          searchable
          limit={300}
          nothingFoundMessage={_("Nothing found")}
          value={null}
          onChange={(code) => {
            if (code) onRates({ ...rates, [code]: "1" });
            setMore(false);
          }}
        />
      ) : (
        <div>
          <Button variant="default" leftSection={<Icon name="plus" size={14} />} onClick={() => setMore(true)}>
            {_("Rate of another currency")}
          </Button>
        </div>
      )}
    </div>
  );
}; // prettier-ignore
