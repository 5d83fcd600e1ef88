import { useMemo } from "react";
import { Checkbox, NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Condition } from "#kernel/condition";
import { objectOf } from "../../../kit/boot.ts";
import { FigureInput } from "../../../kit/form/FigureInput.tsx";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { workspace } from "../../../kit/boot.ts";
import { GroupEditor } from "../../../records/condition/ConditionEditor.tsx";
import { asGroup } from "../../../records/condition/edit.ts";
import { ConditionSubjectProvider } from "../../../records/condition/subject.ts";
import { factWords } from "../../../records/condition/facts.ts";
import { factLabel } from "../../../records/filter/fact-words.ts";
import type { Plan } from "./told.ts";
import "../../../settings/lifecycle/lifecycle.css";

type Change = (plan: Plan) => void;
type Metric = Plan["metric"];

const everybody: Condition = { all: [{ fact: "order.placed", times: { op: "at_least", n: 1 } }] };

const FactField = ({ label, value, onChange }: { label: string; value: string; onChange: (name: string) => void }) => {
  const names = [...new Set([value, ...factWords().map((fact) => fact.name)])];
  return <NativeSelect label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)} data={names.map((name) => ({ value: name, label: factLabel(name) }))} />;
}; // prettier-ignore

const metricOf = (kind: string, days: number): Metric =>
  kind === "theme"
    ? { kind: "theme", theme_id: "", days }
    : kind === "money"
      ? { kind: "money", fact: "order.paid", days }
      : { kind: "share", fact: "case.opened", days };

const MetricFields = ({ plan, onChange }: { plan: Plan; onChange: Change }) => {
  const { _ } = useLingui();
  const { metric } = plan;
  const set = (next: Metric, more: Partial<Plan> = {}): void => onChange({ ...plan, ...more, metric: next });
  return (
    <>
      <NativeSelect label={_("What is counted of each")} value={metric.kind} onChange={(event) => set(metricOf(event.currentTarget.value, metric.days), { smallest: event.currentTarget.value === "money" ? 100 : 0.05 })}
        data={[{ value: "share", label: _("Whether something happens") }, { value: "theme", label: _("Whether they raise a theme") }, { value: "money", label: _("How much money") }]} />
      {metric.kind === "share" && <FactField label={_("What happens")} value={metric.fact} onChange={(fact) => set({ ...metric, fact: fact as never })} />}
      {metric.kind === "theme" && <RelationPicker to="theme" label={_("Theme")} description={_("What the theme means at the start is what is measured, whatever it means later.")} value={metric.theme_id || null} title={metric.name} required onPick={(picked) => set({ kind: "theme", theme_id: picked?.id ?? "", days: metric.days })} />}
      {metric.kind === "money" && <NativeSelect label={_("Money")} value={metric.fact} onChange={(event) => set({ ...metric, fact: event.currentTarget.value as typeof metric.fact })} data={["order.paid", "order.placed", "payment.refunded", "order.returned"].map((name) => ({ value: name, label: factLabel(name) }))} />}
      <div className="line">
        <FigureInput className="fill" label={_("Within how many days")} whole value={metric.days} onChange={(n) => set({ ...metric, days: Math.min(365, Math.max(1, n ?? 1)) })} />
        <NativeSelect className="fill" label={_("Better is")} value={plan.better} onChange={(event) => onChange({ ...plan, better: event.currentTarget.value === "lower" ? "lower" : "higher" })} data={[{ value: "lower", label: _("less") }, { value: "higher", label: _("more") }]} />
      </div>
      {metric.kind === "money"
        ? <FigureInput key="money" label={_("The smallest effect that matters, per customer")} currency={workspace().currency} value={plan.smallest} onChange={(n) => onChange({ ...plan, smallest: Math.max(1, n ?? 1) })} />
        : <FigureInput key="share" label={_("The smallest effect that matters, in percentage points")} value={Math.round(plan.smallest * 10_000) / 100} onChange={(n) => onChange({ ...plan, smallest: Math.min(0.99, Math.max(0.0001, (n ?? 1) / 100)) })} />}
    </>
  );
}; // prettier-ignore

const DesignFields = ({ plan, onChange }: { plan: Plan; onChange: Change }) => {
  const { _ } = useLingui();
  const { design } = plan;
  return (
    <>
      <NativeSelect label={_("How we will know")} value={design.kind} onChange={(event) => onChange({ ...plan, design: event.currentTarget.value === "randomised" ? { kind: "randomised", treated: 0.5 } : { kind: "before_after" } })}
        data={[{ value: "randomised", label: _("Randomised: some get it, some are held out") }, { value: "before_after", label: _("Before and after: observational, it proves less") }]} />
      {design.kind === "randomised" && (
        <FigureInput label={_("Share that gets it, in percent")} whole value={Math.round(design.treated * 100)} onChange={(n) => onChange({ ...plan, design: { kind: "randomised", treated: Math.min(95, Math.max(5, n ?? 50)) / 100 } })} />
      )}
      {design.kind === "before_after" && (
        <>
          <p className="note" data-tone="amber">{_("Observational: whatever else changed at the same time counts as the effect, too.")}</p>
          <Checkbox label={_("Compare with customers it cannot reach")} checked={Boolean(design.comparison)} onChange={(event) => onChange({ ...plan, design: event.currentTarget.checked ? { kind: "before_after", comparison: everybody } : { kind: "before_after" } })} />
          {design.comparison && <GroupEditor group={asGroup(design.comparison)} onChange={(comparison) => onChange({ ...plan, design: { kind: "before_after", comparison } })} />}
        </>
      )}
    </>
  );
}; // prettier-ignore

/** Who it is for, what is counted, and how it is compared. */
export const PlanFields = ({ plan, onChange }: { plan: Plan; onChange: Change }) => {
  const { _ } = useLingui();
  const contact = objectOf("contact");
  const subject = useMemo(() => contact && { object: contact, fresh: { field: "country", op: "is_set" } as const, sinceStage: false, segments: true }, [contact]); // prettier-ignore
  if (!subject) return null;
  return (
    <ConditionSubjectProvider value={subject}>
      <h2 className="part-title">{_("For whom")}</h2>
      <FactField label={_("A customer enters when this happens, the first time after the start")} value={plan.exposure.fact} onChange={(fact) => onChange({ ...plan, exposure: { fact: fact as never } })} />
      <Checkbox label={_("Only customers who meet a condition")} checked={Boolean(plan.scope)} onChange={(event) => onChange({ ...plan, scope: event.currentTarget.checked ? everybody : null })} />
      {plan.scope && <GroupEditor group={asGroup(plan.scope)} onChange={(scope) => onChange({ ...plan, scope })} />}
      <h2 className="part-title">{_("What is counted")}</h2>
      <MetricFields plan={plan} onChange={onChange} />
      <h2 className="part-title">{_("Compared how")}</h2>
      <DesignFields plan={plan} onChange={onChange} />
      <FigureInput label={_("Baseline: how many days back")} whole value={plan.baseline_days} onChange={(n) => onChange({ ...plan, baseline_days: Math.min(730, Math.max(14, n ?? 90)) })} />
    </ConditionSubjectProvider>
  ); // prettier-ignore
};
