import { useState, type FormEvent } from "react";
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { request } from "../../../kit/client.ts";
import { FigureInput } from "../../../kit/form/FigureInput.tsx";
import { isProblem, sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Settings } from "../../../settings/Settings.tsx";
import { leads, type LeadSettings, type LeadStatus } from "./told.ts";
import "./leads.css";

const hour = 3600; // seconds
const statuses = ["open", "working", "qualified", "disqualified"] as const satisfies readonly LeadStatus[];
const meanings: Readonly<Record<LeadStatus, string>> = {
  open: "Nobody has answered yet",
  working: "Somebody answered",
  qualified: "Worth an opportunity",
  disqualified: "Set aside, with its reason",
};

interface Person {
  id: string;
  name: string;
  role: string;
}

const usePeople = () =>
  useQuery({
    queryKey: ["people", "sellers"],
    queryFn: ({ signal }) => request<{ items: readonly Person[] }>("GET /people", { limit: 200 }, signal),
    enabled: may("people.read"),
  }).data?.items.filter((one) => one.role !== "viewer") ?? [];

const Pool = ({ pool, onPool }: { pool: readonly string[] | null; onPool: (pool: string[] | null) => void }) => {
  const { _ } = useLingui();
  const people = usePeople();
  const sellers = people.filter((one) => one.role === "agent" || one.role === "manager").map((one) => one.id);
  return (
    <fieldset className="pool">
      <legend className="part-title">{_("Who takes turns")}</legend>
      <Checkbox label={_("Every agent and manager, whoever comes")} checked={pool === null} onChange={(event) => onPool(event.currentTarget.checked ? null : sellers)} />
      {pool !== null && people.map((one) => (
        <Checkbox key={one.id} label={one.name} checked={pool.includes(one.id)} onChange={(event) => onPool(event.currentTarget.checked ? [...pool, one.id] : pool.filter((id) => id !== one.id))} />
      ))}
    </fieldset>
  ); // prettier-ignore
};

const Form = ({ told }: { told: LeadSettings }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [labels, setLabels] = useState(told.labels);
  const [within, setWithin] = useState<number | null>(told.respond_within / hour);
  const [pool, setPool] = useState<string[] | null>(told.pool);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failed, setFailed] = useState("");
  const again = () => cache.invalidateQueries({ queryKey: ["lead-settings"] });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    setFailed("");
    try {
      const saved = await leads().changeSettings({ labels, respond_within: Math.round((within ?? 4) * hour), pool, version: told.version });
      await again();
      done(_("Changed how leads are worked"), () => leads().changeSettings({ ...told, version: saved.version }).then(again));
    } catch (thrown) {
      const wrong = isProblem(thrown) ? thrown.errors : [];
      setErrors(Object.fromEntries(wrong.map((error) => [error.field, error.message])));
      setFailed(wrong.length > 0 ? "" : sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  }; // prettier-ignore
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      {statuses.map((status) => (
        <TextInput key={status} label={_(meanings[status])} maxLength={40} value={labels[status]} error={errors[`labels.${status}`]} onChange={(event) => setLabels({ ...labels, [status]: event.currentTarget.value })} />
      ))}
      <FigureInput label={_("First answer within, business hours")} value={within} onChange={setWithin} error={errors["respond_within"]} w={160} />
      <Pool pool={pool} onPool={setPool} />
      {errors["pool"] && <p className="late" role="alert">{errors["pool"]}</p>}
      <div className="line"><Button type="submit" loading={busy} disabled={!within || within <= 0}>{_("Save")}</Button></div>
    </form>
  ); // prettier-ignore
};

/** How leads are worked: what the steps are called, when an answer is due, who takes turns. */
export const LeadSettingsPage = () => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["lead-settings"], queryFn: () => leads().settings({}) });
  const lead = _(
    "The four steps stay, so that reports can be compared; what they are called is yours. The clock of the first answer runs in your business hours.",
  );
  return (
    <Settings title={_("Leads")} lead={lead}>
      <Ask asked={asked}>{(told) => <Form key={told.version} told={told} />}</Ask>
    </Settings>
  );
};
