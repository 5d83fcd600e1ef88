import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { TaxRate } from "#records";
import { Icon } from "../../kit/Icon.tsx";

interface TaxRatesProps {
  rates: readonly TaxRate[];
  disabled: boolean;
  onRates: (rates: TaxRate[]) => void;
}

/** The percentages a line may be taxed with; the first one is the usual. */
export const TaxRates = ({ rates, disabled, onRates }: TaxRatesProps) => {
  const { _ } = useLingui();
  const change = (at: number, what: Partial<TaxRate>): void => onRates(rates.map((rate, i) => (i === at ? { ...rate, ...what } : rate))); // prettier-ignore
  return (
    <fieldset className="stack" style={{ border: 0, padding: 0, margin: 0 }} disabled={disabled}>
      <legend className="h">{_("Tax rates")}</legend>
      <p className="quiet">{_("The first one is the usual. Lines can be without tax, too.")}</p>
      {rates.map((rate, i) => (
        // eslint-disable-next-line react/no-array-index-key -- a rate has no id; its place is what it is known by
        <div className="line" key={i}>
          <TextInput aria-label={_("Name of rate {n}", { n: i + 1 })} placeholder={_("VAT 19 %")} value={rate.label} maxLength={60} onChange={(event) => change(i, { label: event.currentTarget.value })} />
          <TextInput aria-label={_("Percent of rate {n}", { n: i + 1 })} inputMode="decimal" value={rate.percent} maxLength={8} w={80} rightSection="%" onChange={(event) => change(i, { percent: event.currentTarget.value.replace(",", ".").trim() })} />
          <ActionIcon aria-label={_("Remove rate {n}", { n: i + 1 })} onClick={() => onRates(rates.filter((_rate, at) => at !== i))}><Icon name="x" size={14} /></ActionIcon>
        </div>
      ))}
      {rates.length < 12 && (
        <div><Button variant="default" leftSection={<Icon name="plus" size={14} />} onClick={() => onRates([...rates, { label: "", percent: "" }])}>{_("Another rate")}</Button></div>
      )}
    </fieldset>
  ); // prettier-ignore
};
