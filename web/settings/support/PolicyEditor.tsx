import { ActionIcon, Button, Checkbox, MultiSelect, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Policy } from "#engage/support";
import { objectOf } from "../../kit/boot.ts";
import { Icon } from "../../kit/Icon.tsx";

interface Props {
  policy: Policy;
  locked: boolean;
  errorOf: (field: string) => string | undefined;
  onChange: (change: Partial<Policy>) => void;
  onUp?: (() => void) | undefined;
  onRemove: () => void;
}

const targets = { first_response: "First response, hours", next_response: "Next response, hours", resolution: "Resolution, hours" } as const; // prettier-ignore
type Kind = keyof typeof targets;

const useChoices = (name: string): { value: string; label: string }[] => {
  const { _ } = useLingui();
  return (objectOf("cases")?.fields.find((field) => field.name === name)?.choices ?? []).map((choice) => ({ value: choice.value, label: _(choice.label) })); // prettier-ignore
};

/** One policy: to which cases it applies, by which clock, and what it promises them. */
export const PolicyEditor = ({ policy, locked, errorOf, onChange, onUp, onRemove }: Props) => {
  const { _ } = useLingui();
  const priorities = useChoices("priority");
  const types = useChoices("type");
  const hours = (kind: Kind) => (
    <NumberInput key={kind} label={_(targets[kind])} placeholder={_("Nothing promised")} min={0} max={8760} decimalScale={2} step={1} disabled={locked}
      value={policy[kind] === null ? "" : policy[kind] / 60} error={errorOf(kind)}
      onChange={(value) => onChange({ [kind]: value === "" ? null : Math.round(Number(value) * 60) })} />
  ); // prettier-ignore
  return (
    <fieldset className="promise" style={{ border: 0, margin: 0, paddingInline: 0, borderBlockEnd: "1px solid var(--line)" }} disabled={locked}>
      <legend className="unseen">{policy.name || _("New policy")}</legend>
      <div className="two">
        <TextInput label={_("Policy")} withAsterisk maxLength={80} value={policy.name} error={errorOf("name")} onChange={(event) => onChange({ name: event.currentTarget.value })} />
        <MultiSelect label={_("Priorities")} placeholder={policy.priorities.length === 0 ? _("All") : ""} data={priorities} value={policy.priorities} onChange={(value) => onChange({ priorities: value as Policy["priorities"] })} />
        <MultiSelect label={_("Types")} placeholder={policy.types.length === 0 ? _("All") : ""} data={types} value={policy.types} onChange={(value) => onChange({ types: value as Policy["types"] })} />
      </div>
      <div className="promise-times">
        {(["first_response", "next_response", "resolution"] as const).map(hours)}
        <NativeSelect label={_("Counted in")} value={policy.clock} onChange={(event) => onChange({ clock: event.currentTarget.value as Policy["clock"] })}
          data={[{ value: "business", label: _("Business hours") }, { value: "elapsed", label: _("All hours") }]} />
      </div>
      <div className="line">
        <Checkbox className="fill" label={_("The resolution's clock stands while we wait for the customer")} checked={policy.pause_waiting} onChange={(event) => onChange({ pause_waiting: event.currentTarget.checked })} />
        {!locked && onUp && <ActionIcon variant="subtle" aria-label={_("Move {name} up", { name: policy.name })} onClick={onUp}><Icon name="sortAsc" /></ActionIcon>}
        {!locked && <Button variant="subtle" size="compact-xs" aria-label={_("Take away {name}", { name: policy.name })} onClick={onRemove}>{_("Take away")}</Button>}
      </div>
    </fieldset>
  ); // prettier-ignore
};
