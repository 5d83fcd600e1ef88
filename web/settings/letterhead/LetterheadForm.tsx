import { useState, type FormEvent } from "react";
import { Button, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Letterhead, LetterheadApi } from "#records";
import { may } from "../../kit/boot.ts";
import { client } from "../../kit/client.ts";
import { isProblem, sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { changesOf, type LetterheadField } from "./letterhead.ts";
import { TaxRates } from "./TaxRates.tsx";

const useSave = (before: Letterhead) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const api = client<LetterheadApi>("letterhead");
  const again = () => cache.invalidateQueries({ queryKey: ["letterhead"] });
  return async (changed: Partial<Letterhead>): Promise<void> => {
    const saved = await api.update({ ...changed, version: before.version });
    await again();
    const old = Object.fromEntries(Object.keys(changed).map((name) => [name, before[name as keyof Letterhead]]));
    done(_("Letterhead changed"), () => api.update({ ...old, version: saved.version }).then(again));
  };
};

/** The letterhead as a form; only what changed is sent. */
export const LetterheadForm = ({ letterhead }: { letterhead: Letterhead }) => {
  const { _ } = useLingui();
  const [values, setValues] = useState(letterhead);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const save = useSave(letterhead);
  const changed = changesOf(letterhead, values);
  const locked = !may("letterhead.update");
  const set = (change: Partial<Letterhead>): void => setValues((before) => ({ ...before, ...change }));
  const common = (name: LetterheadField) => ({
    name, error: errors[name], disabled: locked || busy, value: values[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  }); // prettier-ignore
  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || Object.keys(changed).length === 0) return;
    setBusy(true);
    setErrors({});
    setFailed("");
    try {
      await save(changed);
    } catch (thrown) {
      const told = isProblem(thrown) ? thrown.errors : [];
      setErrors(Object.fromEntries(told.map((error) => [error.field, error.message])));
      setFailed(
        told.some((error) => error.field.startsWith("tax_rates")) || told.length === 0 ? sentenceOf(thrown) : "",
      );
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="stack" onSubmit={(event) => void onSubmit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
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
          <Button type="submit" loading={busy} disabled={Object.keys(changed).length === 0}>{_("Save")}</Button>
          {Object.keys(changed).length > 0 && <Button variant="default" onClick={() => setValues(letterhead)}>{_("Discard")}</Button>}
        </div>
      )}
    </form>
  ); // prettier-ignore
};
