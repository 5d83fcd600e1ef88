import { Button, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Letterhead, LetterheadApi, TaxRate } from "#records";
import { may } from "../../kit/boot.ts";
import { client } from "../../kit/client.ts";
import { useSetting, useSubmit } from "../../kit/form/useSetting.tsx";
import { done } from "../../kit/undo.ts";
import { cleaned, type LetterheadField } from "./letterhead.ts";
import { TaxRates } from "./TaxRates.tsx";

const api = () => client<LetterheadApi>("letterhead");

const useLetterhead = (found: Letterhead) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: ["letterhead"] });
  const setting = useSetting(found, {
    parts: [
      { name: "legal_name", label: _("Legal name") },
      { name: "address", label: _("Address") },
      { name: "tax_id", label: _("Tax number") },
      { name: "bank", label: _("Bank line") },
      { name: "email", label: _("E-mail") },
      { name: "phone", label: _("Phone") },
      { name: "website", label: _("Website") },
      { name: "footer", label: _("Small print") },
      { name: "terms", label: _("Terms of a new quote") },
      {
        name: "tax_rates",
        label: _("Tax rates"),
        say: (rates: readonly TaxRate[]) => rates.map((rate) => `${rate.label} (${rate.percent} %)`).join(", "),
      },
    ],
    read: () => api().get({}),
    cleaned,
  });
  const write = async (changed: Partial<Letterhead>, onto: Letterhead): Promise<number> => {
    const saved = await api().update({ ...changed, version: onto.version });
    await again();
    const old = Object.fromEntries(Object.keys(changed).map((name) => [name, onto[name as keyof Letterhead]]));
    done(_("Letterhead changed"), () =>
      api()
        .update({ ...old, version: saved.version })
        .then(again),
    );
    return saved.version;
  };
  return { ...setting, ...useSubmit(async () => setting.dirty && setting.save(write), (field) => !field.startsWith("tax_rates")) }; // prettier-ignore
};

/** The letterhead as a form; only what changed is sent. */
export const LetterheadForm = ({ letterhead }: { letterhead: Letterhead }) => {
  const { _ } = useLingui();
  const { values, set, dirty, discard, conflict, submit, busy, errors, failed } = useLetterhead(letterhead);
  const locked = !may("letterhead.update");
  const common = (name: LetterheadField) => ({
    name, error: errors[name], disabled: locked || busy, value: values[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  }); // prettier-ignore
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      {conflict}
      <TextInput {...common("legal_name")} label={_("Legal name")} maxLength={200} autoComplete="organization" />
      <Textarea {...common("address")} label={_("Address")} autosize minRows={3} maxLength={600} autoComplete="street-address" />
      <TextInput {...common("tax_id")} label={_("Tax number")} description={_("As it must stand on an invoice, for instance a VAT number.")} maxLength={100} />
      <Textarea {...common("bank")} label={_("Bank line")} description={_("Where customers pay to: bank, IBAN, BIC.")} autosize minRows={2} maxLength={300} />
      <TextInput {...common("email")} label={_("E-mail")} type="email" maxLength={254} autoComplete="email" />
      <TextInput {...common("phone")} label={_("Phone")} type="tel" maxLength={60} autoComplete="tel" />
      <TextInput {...common("website")} label={_("Website")} maxLength={200} autoComplete="url" />
      <Textarea {...common("footer")} label={_("Small print")} description={_("At the foot of each page: register, managing directors.")} autosize minRows={2} maxLength={600} />
      <Textarea {...common("terms")} label={_("Terms of a new quote")} autosize minRows={3} maxLength={10_000} />
      <TaxRates rates={values.tax_rates} disabled={locked || busy} onRates={(tax_rates) => set({ tax_rates })} />
      {locked ? (
        <p className="quiet">{_("Only an owner or an administrator changes these.")}</p>
      ) : (
        <div className="line">
          <Button type="submit" loading={busy} disabled={!dirty}>{_("Save")}</Button>
          {dirty && <Button variant="default" onClick={discard}>{_("Discard")}</Button>}
        </div>
      )}
    </form>
  ); // prettier-ignore
};
