import { useState, type FormEvent } from "react";
import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { objectOf } from "../../../kit/boot.ts";
import { FigureInput } from "../../../kit/form/FigureInput.tsx";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { workspace } from "../../../kit/boot.ts";
import { Page } from "../../../kit/Page.tsx";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { plain } from "../../../records/condition/edit.ts";
import { wired } from "../wire.ts";
import { insights } from "../insights/told.ts";
import { PlanFields } from "./PlanFields.tsx";
import { Size } from "./Size.tsx";
import { improvements, type Improvement, type Plan } from "./told.ts";
import "../learn.css";

// Changes within this time are one question, in milliseconds.
const pause = 500;
const first: Plan = {
  exposure: { fact: "order.placed" },
  scope: null,
  metric: { kind: "share", fact: "case.opened", days: 30 },
  better: "lower",
  design: { kind: "randomised", treated: 0.5 },
  baseline_days: 90,
  smallest: 0.05,
};

const tidy = (plan: Plan): Plan => ({ ...plan, scope: plan.scope ? plain(plan.scope) : null });

const Known = ({ plan }: { plan: Plan }) => {
  const { _ } = useLingui();
  const [settled] = useDebouncedValue(plan, pause);
  const ready = settled.metric.kind !== "theme" || settled.metric.theme_id !== "";
  const asked = useQuery({ queryKey: ["improvements", "size", settled], queryFn: () => wired(improvements().size({ plan: tidy(settled) })), enabled: ready, placeholderData: keepPreviousData, retry: false });
  if (!ready) return null;
  if (asked.isError) return <p className="note" data-tone="red" role="alert">{sentenceOf(asked.error)}</p>;
  if (!asked.data) return <p className="quiet" role="status">{_("Looking at the past")}</p>;
  return <div role="status"><Size plan={settled} size={asked.data} /></div>;
}; // prettier-ignore

/** The fields of an improvement that has not started, with the size it takes as one changes them. */
export const DraftForm = ({ draft, insight, onSaved }: { draft?: Improvement; insight?: { id: string; name: string } | undefined; onSaved: (id: string) => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [name, setName] = useState(draft?.name ?? "");
  const [hypothesis, setHypothesis] = useState(draft?.hypothesis ?? "");
  const [kind, setKind] = useState(draft?.kind ?? "process");
  const [owner, setOwner] = useState<string | null>(draft?.owner_id ?? null);
  const [cost, setCost] = useState<number | null>(draft?.cost_amount ?? null);
  const [about, setAbout] = useState<string | null>(draft?.insight_id ?? insight?.id ?? null);
  const [plan, setPlan] = useState<Plan>((draft?.plan as Plan | undefined) ?? first);
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const kinds = objectOf("improvements")?.fields.find((f) => f.name === "kind")?.choices ?? [];
  const again = () => Promise.all(["improvements", "insights"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
  const save = async (): Promise<string> => {
    const values = { name: name.trim(), hypothesis: hypothesis.trim() || null, kind, owner_id: owner, cost_amount: cost, insight_id: about, plan: tidy(plan) };
    if (draft) return (await improvements().update({ ...values, id: draft.id, version: draft.version })).id;
    const { id } = await improvements().create(values);
    done(_("Improvement drafted"), () => improvements().trash({ id }).then(again));
    return id;
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (name.trim() === "") return setFailed(_("Give the improvement a name"));
    if (plan.metric.kind === "theme" && plan.metric.theme_id === "") return setFailed(_("Choose the theme that is counted"));
    setBusy(true);
    try {
      const id = await save();
      await again();
      onSaved(id);
    } catch (thrown) {
      setFailed(sentenceOf(thrown));
      setBusy(false);
    }
  };
  return (
    <form className="stack learn-form" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      <TextInput label={_("Improvement")} withAsterisk value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />
      <Textarea label={_("Hypothesis")} description={_("What will change, for whom, and why.")} value={hypothesis} maxLength={2000} autosize minRows={2} onChange={(event) => setHypothesis(event.currentTarget.value)} />
      <RelationPicker to="insight" label={_("Insight")} value={about} title={insight?.name ?? draft?.insight?.name} onPick={(picked) => setAbout(picked?.id ?? null)} />
      <div className="line">
        <NativeSelect className="fill" label={_("Kind")} value={kind} onChange={(event) => setKind(event.currentTarget.value)} data={kinds.map((one) => ({ value: one.value, label: _(one.label) }))} />
        <FigureInput className="fill" label={_("What it costs, once")} currency={workspace().currency} value={cost} onChange={setCost} />
      </div>
      <RelationPicker to="user" label={_("Owner")} value={owner} title={draft?.owner ?? undefined} onPick={(picked) => setOwner(picked?.id ?? null)} />
      <PlanFields plan={plan} onChange={setPlan} />
      <Known plan={plan} />
      <div className="line"><Button type="submit" loading={busy}>{draft ? _("Save") : _("Save the draft")}</Button></div>
    </form>
  );
}; // prettier-ignore

/** Drafts an improvement. */
export const NewImprovementPage = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const { insight } = useSearch({ strict: false }) as { insight?: string };
  const asked = useQuery({ queryKey: ["insights", "one", insight], queryFn: () => wired(insights().get({ id: insight! })), enabled: insight !== undefined }); // prettier-ignore
  return (
    <Page
      title={_("New improvement")}
      padded
      note={
        <Link to="/improvements" className="link">
          {_("Improvements")}
        </Link>
      }
    >
      {(insight === undefined || asked.data || asked.isError) && (
        <DraftForm insight={asked.data} onSaved={(id) => void navigate({ to: "/improvements/$id", params: { id } })} />
      )}
    </Page>
  );
};
