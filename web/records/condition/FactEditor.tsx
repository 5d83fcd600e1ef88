import { NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { FactLeaf, LastLeaf, Times } from "#kernel/condition";
import type { Span } from "#kernel/period";
import { workspace } from "../../kit/boot.ts";
import { FigureInput } from "../../kit/form/FigureInput.tsx";
import { instantOf, wallClock } from "../../kit/form/zoned.ts";
import { factLabel } from "../filter/fact-words.ts";
import { PayloadEditor } from "./PayloadEditor.tsx";
import { useConditionSubject } from "./subject.ts";
import { factWords } from "./facts.ts";
import { whenOf, withWhen, type When } from "./edit.ts";

const once: Times = { op: "at_least", n: 1 };
const spanUnits: readonly Span["unit"][] = ["hour", "day", "week", "month", "year"];
const unitWords = { minute: "minutes", hour: "hours", day: "days", week: "weeks", month: "months", year: "years" } as const; // prettier-ignore

/** Picks a fact in the words people say it with. */
export const FactSelect = ({ value, onChange }: { value: string; onChange: (name: string) => void }) => {
  const { _ } = useLingui();
  const names = [...new Set([value, ...factWords().map((fact) => fact.name)])];
  return (
    <NativeSelect
      aria-label={_("What happened")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={names.map((name) => ({ value: name, label: factLabel(name) }))}
    />
  );
};

type Often = Times["op"] | "never";

/** Edits "placed an order at least 5 times within the last 365 days where lines is at least 2", or that it never happened. */
export const FactEditor = ({ leaf, path = "", onChange }: { leaf: FactLeaf; path?: string; onChange: (leaf: FactLeaf) => void }) => {
  const { _ } = useLingui();
  const { sinceStage } = useConditionSubject();
  const { times = once, where, ...bare } = leaf;
  const when = whenOf(leaf.within);
  const { within } = leaf;
  const zone = workspace().time_zone;
  const last = within && "last" in within ? within.last : undefined;
  const between = within && !("last" in within) && !("since_field" in within) ? within : undefined;
  const never = times.n === 0 && times.op === "exactly";
  const bounds: { value: When; label: string }[] = [
    { value: "ever", label: _("ever") },
    { value: "last", label: _("within the last") },
    { value: "between", label: _("between two dates") },
    ...(sinceStage || when === "since" ? [{ value: "since" as const, label: _("since entering the stage") }] : []),
  ];
  const often = (op: Often): void => onChange({ ...leaf, times: op === "never" ? { op: "exactly", n: 0 } : { op, n: op !== "exactly" && never ? 1 : times.n } });
  const setSpan = (span: Span): void => onChange({ ...leaf, within: { last: span } });
  const bound = (at: "from" | "until") => (
    <TextInput type="datetime-local" aria-label={at === "from" ? _("From") : _("Until")} value={between?.[at] ? wallClock(between[at], zone) : ""}
      onChange={(event) => {
        const instant = event.currentTarget.value ? instantOf(event.currentTarget.value, zone) : undefined;
        onChange({ ...leaf, within: Object.fromEntries(Object.entries({ ...between, [at]: instant }).filter(([, value]) => value !== undefined)) });
      }} />
  );
  return (
    <div>
      <div className="cond-line">
        <FactSelect value={leaf.fact} onChange={(fact) => onChange({ ...bare, ...(leaf.times ? { times } : {}), fact })} />
        <NativeSelect aria-label={_("How often")} value={times.op} onChange={(event) => often(event.currentTarget.value as Often)}
          data={[{ value: "at_least", label: _("at least") }, { value: "at_most", label: _("at most") }, { value: "exactly", label: _("exactly") }, { value: "never", label: _("never") }]} />
        <FigureInput aria-label={_("Times")} w={64} whole value={times.n} onChange={(n) => onChange({ ...leaf, times: { ...times, n: Math.max(0, n ?? 0) } })} />
        <span>{_("{n, plural, one {time} other {times}}", { n: times.n })}</span>
        <NativeSelect aria-label={_("In which time")} value={when} onChange={(event) => onChange(withWhen(leaf, event.currentTarget.value as When))} data={bounds} />
        {last && (
          <>
            <FigureInput aria-label={_("Length")} w={72} whole value={last.n} onChange={(n) => setSpan({ ...last, n: Math.max(1, n ?? 1) })} />
            <NativeSelect aria-label={_("Unit")} value={last.unit} onChange={(event) => setSpan({ ...last, unit: event.currentTarget.value as Span["unit"] })} data={spanUnits.map((unit) => ({ value: unit, label: _(unitWords[unit]) }))} />
          </>
        )}
        {between && <>{bound("from")}{bound("until")}</>}
      </div>
      <PayloadEditor fact={leaf.fact} where={where} optional path={`${path}.where`} onChange={(next) => onChange({ ...bare, ...(leaf.times ? { times } : {}), ...(next ? { where: next } : {}) })} />
    </div>
  );
}; // prettier-ignore

/** Edits "the last survey answer has a score below 7". */
export const LastEditor = ({ leaf, path, onChange }: { leaf: LastLeaf; path: string; onChange: (leaf: LastLeaf) => void }) => {
  const { _ } = useLingui();
  return (
    <div>
      <div className="cond-line">
        <span>{_("the last time they")}</span>
        <FactSelect value={leaf.last} onChange={(last) => onChange({ last, where: { all: [] } })} />
      </div>
      <PayloadEditor fact={leaf.last} where={leaf.where} optional={false} path={`${path}.where`} onChange={(where) => where && onChange({ ...leaf, where })} />
    </div>
  );
}; // prettier-ignore
