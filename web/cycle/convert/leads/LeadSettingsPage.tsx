import { Button, Checkbox, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { request } from "../../../kit/client.ts";
import { FigureInput } from "../../../kit/form/FigureInput.tsx";
import { count } from "../../../kit/format.ts";
import { useSetting, useSubmit } from "../../../kit/form/useSetting.tsx";
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

const Pool = ({
  pool,
  people,
  onPool,
}: {
  pool: readonly string[] | null;
  people: readonly Person[];
  onPool: (pool: string[] | null) => void;
}) => {
  const { _ } = useLingui();
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
  const people = usePeople();
  const again = () => cache.invalidateQueries({ queryKey: ["lead-settings"] });
  const { values, set, dirty, conflict, save } = useSetting(told, {
    parts: [
      {
        name: "labels",
        label: _("What the steps are called"),
        say: (labels: LeadSettings["labels"]) => statuses.map((status) => labels[status]).join(", "),
      },
      {
        name: "respond_within",
        label: _("First answer within, business hours"),
        say: (seconds: number) => count(seconds / hour),
      },
      {
        name: "pool",
        label: _("Who takes turns"),
        say: (pool: readonly string[] | null) =>
          pool === null
            ? _("Every agent and manager, whoever comes")
            : people
                .filter((one) => pool.includes(one.id))
                .map((one) => one.name)
                .join(", "),
      },
    ],
    read: () => leads().settings({}),
  });
  const { labels, pool, respond_within } = values;
  const write = async (changed: Partial<LeadSettings>, onto: LeadSettings): Promise<number> => {
    const saved = await leads().changeSettings({ ...onto, ...changed, version: onto.version });
    await again();
    done(_("Changed how leads are worked"), () =>
      leads()
        .changeSettings({ ...onto, version: saved.version })
        .then(again),
    );
    return saved.version;
  };
  const { submit, busy, errors, failed } = useSubmit(async () => dirty && save(write));
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      {conflict}
      {statuses.map((status) => (
        <TextInput key={status} label={_(meanings[status])} maxLength={40} value={labels[status]} error={errors[`labels.${status}`]} onChange={(event) => set({ labels: { ...labels, [status]: event.currentTarget.value } })} />
      ))}
      <FigureInput label={_("First answer within, business hours")} value={respond_within > 0 ? respond_within / hour : null} onChange={(hours) => set({ respond_within: Math.round((hours ?? 0) * hour) })} error={errors["respond_within"]} w={160} />
      <Pool pool={pool} people={people} onPool={(next) => set({ pool: next })} />
      {errors["pool"] && <p className="late" role="alert">{errors["pool"]}</p>}
      <div className="line"><Button type="submit" loading={busy} disabled={!dirty || respond_within <= 0}>{_("Save")}</Button></div>
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
      <Ask asked={asked}>{(told) => <Form told={told} />}</Ask>
    </Settings>
  );
};
