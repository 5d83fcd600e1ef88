import { Button, NativeSelect, Select, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { WorkspaceApi } from "#platform/auth";
import { boot, loadBoot, may } from "../../kit/boot.ts";
import { client, offers, request } from "../../kit/client.ts";
import { currencyName } from "../../kit/format.ts";
import { useSetting, useSubmit } from "../../kit/form/useSetting.tsx";
import { done } from "../../kit/undo.ts";
import { cleaned, languages, type Company, type CompanyField } from "./company.ts";

const currencies = () =>
  Intl.supportedValuesOf("currency").map((code) => ({ value: code, label: `${code} · ${currencyName(code)}` }));
const zones = (mine: string): string[] => [...new Set([mine, "UTC", ...Intl.supportedValuesOf("timeZone")])].toSorted();

const useLenses = () =>
  useQuery({
    queryKey: ["lenses"],
    queryFn: ({ signal }) => request<{ items: { key: string; name: string }[] }>("GET /lenses", {}, signal),
    enabled: offers("lenses.list"),
  }).data?.items ?? [];

const api = () => client<WorkspaceApi>("workspace");

const useCompany = (found: Company, lenses: readonly { key: string; name: string }[]) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = () => Promise.all([cache.invalidateQueries({ queryKey: ["workspace"] }), loadBoot()]);
  const setting = useSetting(found, {
    parts: [
      { name: "name", label: _("Company") },
      { name: "currency", label: _("Currency") },
      { name: "time_zone", label: _("Time zone") },
      {
        name: "locale",
        label: _("How numbers, dates and money are written"),
        say: (tag: string) => languages(tag).find(({ value }) => value === tag)?.label ?? tag,
      },
      { name: "lens", label: _("Lens"), say: (key: string) => _(lenses.find((lens) => lens.key === key)?.name ?? key) },
    ],
    read: () => api().get({}),
    cleaned,
  });
  const write = async (changed: Partial<Company>, onto: Company): Promise<number> => {
    const saved = await api().update({ ...changed, version: onto.version });
    await again();
    const before = Object.fromEntries(Object.keys(changed).map((name) => [name, onto[name as keyof Company]]));
    done(_("Settings of the company changed"), () =>
      api()
        .update({ ...before, version: saved.version })
        .then(again),
    );
    return saved.version;
  };
  return { ...setting, ...useSubmit(async () => setting.dirty && setting.save(write)) };
};

/** Name, currency, time zone, language and default lens; only what changed is sent. */
export const CompanyForm = ({ company }: { company: Company }) => {
  const { _ } = useLingui();
  const lenses = useLenses();
  const { values, set: put, dirty, discard, conflict, submit, busy, errors, failed } = useCompany(company, lenses);
  const locked = !may("workspace.update");
  const set = (name: CompanyField, value: string | null): void => void (value !== null && put({ [name]: value }));
  const common = (name: CompanyField) => ({ name, error: errors[name], disabled: locked || busy });
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">
        {failed && <p className="note" data-tone="red">{failed}</p>}
      </div>
      {conflict}
      <TextInput {...common("name")} label={_("Company")} value={values.name} maxLength={120} autoComplete="organization" onChange={(event) => set("name", event.currentTarget.value)} />
      <Select
        {...common("currency")}
        disabled={locked || busy || company.currency_locked}
        label={_("Currency")}
        description={company.currency_locked ? _("Orders are stored in {currency}, so it can no longer change. Orders in other currencies keep their own, with a rate.", { currency: company.currency }) : _("What everything is added up in. It can change until the first order is here.")}
        data={currencies()}
        value={values.currency}
        onChange={(value) => set("currency", value)}
        searchable
        limit={300}
        nothingFoundMessage={_("Nothing found")}
      />
      <Select
        {...common("time_zone")}
        label={_("Time zone")}
        description={_("Days begin and end by this clock, for everybody here.")}
        data={zones(company.time_zone)}
        value={values.time_zone}
        onChange={(value) => set("time_zone", value)}
        searchable
        limit={600}
        nothingFoundMessage={_("Nothing found")}
      />
      <NativeSelect
        {...common("locale")}
        label={_("How numbers, dates and money are written")}
        data={languages(company.locale)}
        value={values.locale}
        onChange={(event) => set("locale", event.currentTarget.value)}
      />
      {lenses.length > 0 && (
        <NativeSelect
          {...common("lens")}
          label={_("Lens")}
          description={_("The textbook your company thinks in; everybody can look through another one at any time.")}
          data={lenses.map((lens) => ({ value: lens.key, label: _(lens.name) }))}
          value={values.lens}
          onChange={(event) => set("lens", event.currentTarget.value)}
        />
      )}
      {locked ? (
        <p className="quiet">{_("Only an owner or an administrator changes these. You are: {role}.", { role: _(boot().me?.role ?? "") })}</p>
      ) : (
        <div className="line">
          <Button type="submit" loading={busy} disabled={!dirty}>{_("Save")}</Button>
          {dirty && <Button variant="default" onClick={discard}>{_("Discard")}</Button>}
        </div>
      )}
    </form>
  ); // prettier-ignore
};
