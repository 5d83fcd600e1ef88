import { ActionIcon, Button, Menu, NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Condition } from "#kernel/condition";
import { Icon } from "../../kit/Icon.tsx";
import { FactEditor } from "./FactEditor.tsx";
import { FieldChip } from "./FieldChip.tsx";
import { SegmentEditor } from "./SegmentEditor.tsx";
import { QuietEditor } from "./QuietEditor.tsx";
import { groupOf, isGroup, kindOf, partsOf, withPart, type Group } from "./edit.ts";
import { useConditionSubject, type ConditionSubject } from "./subject.ts";
import { whenWords } from "./words.ts";

interface NodeProps {
  node: Condition;
  onChange: (node: Condition | undefined) => void;
}

const freshFor = ({ fresh, segments }: ConditionSubject): readonly { label: string; node: Condition }[] => [
  { label: "Something happened", node: { fact: "order.placed", times: { op: "at_least", n: 1 } } },
  { label: "Silence", node: { quiet: "order.placed", factor: 2, usual_gap_days: 90, at_least_days: 30 } },
  { label: "A figure or a date", node: fresh },
  ...(segments ? [{ label: "In a segment", node: { segment: "", is: true } }] : []),
  { label: "A group", node: { any: [{ fact: "order.placed", times: { op: "at_least", n: 1 } }] } },
];

const Said = ({ node }: { node: Condition }) => <span>{whenWords(node, useConditionSubject().object)}</span>;

const Leaf = ({ node, onChange }: NodeProps) => {
  if ("fact" in node) return <FactEditor leaf={node} onChange={onChange} />;
  if ("quiet" in node) return <QuietEditor leaf={node} onChange={onChange} />;
  if ("field" in node) return <FieldChip leaf={node} onChange={onChange} />;
  if ("segment" in node) return <SegmentEditor leaf={node} onChange={onChange} />;
  return <Said node={node} />;
};

const Part = ({ node, onChange }: NodeProps) => {
  const { _ } = useLingui();
  const { object } = useConditionSubject();
  const negated = "not" in node;
  const inner = negated ? node.not : node;
  const put = (next: Condition | undefined): void => onChange(next && negated ? { not: next } : next);
  return (
    <li className="cond-part">
      <NativeSelect
        className="cond-not"
        aria-label={_("Holds or not")}
        value={negated ? "not" : "is"}
        onChange={(event) => onChange(event.currentTarget.value === "not" ? { not: inner } : inner)}
        data={[{ value: "is", label: _("holds") }, { value: "not", label: _("does not hold") }]}
      />
      <div className="fill">{isGroup(inner) ? <GroupEditor group={inner} onChange={put} /> : <Leaf node={inner} onChange={put} />}</div>
      <ActionIcon aria-label={_("Remove: {what}", { what: whenWords(node, object) })} onClick={() => onChange(undefined)}>
        <Icon name="x" size={14} />
      </ActionIcon>
    </li>
  ); // prettier-ignore
};

/** Edits a group of conditions: which must hold, each part in place, more parts, groups in groups. */
export const GroupEditor = ({ group, onChange }: { group: Group; onChange: (group: Group) => void }) => {
  const { _ } = useLingui();
  const subject = useConditionSubject();
  const parts = partsOf(group);
  return (
    <div className="cond-group" role="group" aria-label={_("Conditions")}>
      <NativeSelect
        className="cond-kind"
        aria-label={_("Which must hold")}
        value={kindOf(group)}
        onChange={(event) => onChange(groupOf(event.currentTarget.value === "any" ? "any" : "all", parts))}
        data={[{ value: "all", label: _("All of these") }, { value: "any", label: _("At least one of these") }]}
      />
      <ul>
        {parts.map((part, i) => (
          <Part key={i} node={part} onChange={(next) => onChange(withPart(group, i, next))} />
        ))}
      </ul>
      {parts.length === 0 && <p className="small cond-empty">{_("Without a condition this group says nothing: add one or remove it.")}</p>}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="subtle" leftSection={<Icon name="plus" size={14} />}>{_("Add a condition")}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {freshFor(subject).map(({ label, node }) => (
            <Menu.Item key={label} onClick={() => onChange(groupOf(kindOf(group), [...parts, node]))}>{_(label)}</Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  ); // prettier-ignore
};
