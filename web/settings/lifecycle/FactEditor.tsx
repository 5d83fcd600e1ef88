import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { FactLeaf, Times } from "#kernel/condition";
import type { Span } from "#kernel/period";
import { FigureInput } from "../../kit/form/FigureInput.tsx";
import { PayloadEditor } from "./PayloadEditor.tsx";
import { useConditionSubject } from "./subject.ts";
import { factWord, factWords } from "./vocabulary.ts";
import { whenOf, withWhen, type When } from "./edit.ts";

const once: Times = { op: "at_least", n: 1 };
const spanUnits: readonly Span["unit"][] = ["hour", "day", "week", "month", "year"];
const unitWords = {
  minute: "minutes",
  hour: "hours",
  day: "days",
  week: "weeks",
  month: "months",
  year: "years",
} as const;

/** Picks a fact in the words people say it with. */
export const FactSelect = ({ value, onChange }: { value: string; onChange: (name: string) => void }) => {
  const { _ } = useLingui();
  const names = [...new Set([value, ...factWords().map((fact) => fact.name)])];
  return (
    <NativeSelect
      aria-label={_("What happened")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={names.map((name) => ({ value: name, label: factWord(name) }))}
    />
  );
};

/** Edits "placed an order at least 5 times within the last 365 days". */
export const FactEditor = ({ leaf, onChange }: { leaf: FactLeaf; onChange: (leaf: FactLeaf) => void }) => {
  const { _ } = useLingui();
  const { sinceStage } = useConditionSubject();
  const { times = once } = leaf;
  const when = whenOf(leaf.within);
  const last = leaf.within && "last" in leaf.within ? leaf.within.last : undefined;
  const bounds: { value: When; label: string }[] = [
    { value: "ever", label: _("ever") },
    { value: "last", label: _("within the last") },
    ...(sinceStage || when === "since" ? [{ value: "since" as const, label: _("since entering the stage") }] : []),
    ...(when === "between" ? [{ value: "between" as const, label: _("between two dates") }] : []),
  ];
  const setSpan = (span: Span): void => onChange({ ...leaf, within: { last: span } });
  return (
    <div className="cond-line">
      <FactSelect value={leaf.fact} onChange={(fact) => onChange({ ...leaf, fact })} />
      <NativeSelect
        aria-label={_("How often")}
        value={times.op}
        onChange={(event) => onChange({ ...leaf, times: { ...times, op: event.currentTarget.value as Times["op"] } })}
        data={[{ value: "at_least", label: _("at least") }, { value: "at_most", label: _("at most") }, { value: "exactly", label: _("exactly") }]}
      />
      <FigureInput aria-label={_("Times")} w={64} whole value={times.n} onChange={(n) => onChange({ ...leaf, times: { ...times, n: Math.max(0, n ?? 0) } })} />
      <span>{_("{n, plural, one {time} other {times}}", { n: times.n })}</span>
      <NativeSelect aria-label={_("In which time")} value={when} onChange={(event) => onChange(withWhen(leaf, event.currentTarget.value as When))} data={bounds} />
      {last && (
        <>
          <FigureInput aria-label={_("Length")} w={72} whole value={last.n} onChange={(n) => setSpan({ ...last, n: Math.max(1, n ?? 1) })} />
          <NativeSelect aria-label={_("Unit")} value={last.unit} onChange={(event) => setSpan({ ...last, unit: event.currentTarget.value as Span["unit"] })} data={spanUnits.map((unit) => ({ value: unit, label: _(unitWords[unit]) }))} />
        </>
      )}
      <PayloadEditor leaf={leaf} onChange={onChange} />
    </div>
  ); // prettier-ignore
};
