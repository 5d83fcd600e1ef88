import { ActionIcon, Button, Menu, NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Condition } from "#kernel/condition";
import { Icon } from "../../kit/Icon.tsx";
import { sentence } from "../filter/words.ts";
import { ConsentEditor } from "./ConsentEditor.tsx";
import { FactEditor, LastEditor } from "./FactEditor.tsx";
import { FieldEditor } from "./FieldEditor.tsx";
import { SegmentEditor } from "./SegmentEditor.tsx";
import { QuietEditor } from "./QuietEditor.tsx";
import { RelatedEditor } from "./RelatedEditor.tsx";
import { SampleEditor } from "./SampleEditor.tsx";
import { groupOf, isGroup, kindOf, partsOf, withPart, type Group } from "./edit.ts";
import { freshOf } from "./fresh.ts";
import { NestedProvider, type NestedProps } from "./nested.ts";
import { useProblemAt } from "./problems.ts";
import { useConditionSubject } from "./subject.ts";
import "./condition.css";

interface LeafProps {
  node: Condition;
  /** Where it stands in the whole condition ("all.0.not"), so that a refusal finds it. */
  path: string;
  onChange: (node: Condition | undefined) => void;
  autoFocus?: boolean;
}

/** Edits one condition of any kind; what it lacks, and what the server says of it, stands below it. */
export const PartEditor = ({ node, path, onChange, autoFocus = false }: LeafProps) => {
  const wrong = useProblemAt(path);
  if (isGroup(node)) return <GroupEditor group={node} path={path} onChange={onChange} />;
  return (
    <>
      <NestedProvider value={drawGroup}><LeafOf node={node} path={path} onChange={onChange} autoFocus={autoFocus} /></NestedProvider>
      {wrong && <p className="small cond-wrong" role="alert">{wrong}</p>}
    </>
  ); // prettier-ignore
};

const drawGroup = (props: NestedProps) => <GroupEditor {...props} />;

const LeafOf = ({ node, path, onChange, autoFocus }: Required<LeafProps>) => {
  if ("all" in node || "any" in node || "not" in node) return null;
  if ("field" in node) return <FieldEditor leaf={node} onChange={onChange} autoFocus={autoFocus} />;
  if ("fact" in node) return <FactEditor leaf={node} path={path} onChange={onChange} />;
  if ("last" in node) return <LastEditor leaf={node} path={path} onChange={onChange} />;
  if ("quiet" in node) return <QuietEditor leaf={node} onChange={onChange} />;
  if ("related" in node) return <RelatedEditor leaf={node} path={path} onChange={onChange} />;
  if ("consent" in node) return <ConsentEditor leaf={node} onChange={onChange} />;
  return "segment" in node ? <SegmentEditor leaf={node} onChange={onChange} /> : <SampleEditor leaf={node} onChange={onChange} />; // prettier-ignore
};

const Part = ({ node, path, onChange, autoFocus }: LeafProps) => {
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
      <div className="fill"><PartEditor node={inner} path={negated ? `${path}.not` : path} onChange={put} autoFocus={autoFocus ?? false} /></div>
      <ActionIcon aria-label={_("Remove: {what}", { what: sentence(object, node) })} onClick={() => onChange(undefined)}>
        <Icon name="x" size={14} />
      </ActionIcon>
    </li>
  ); // prettier-ignore
};

/** Edits a group of conditions: which must hold, each part in place, more parts, groups in groups. */
export const GroupEditor = ({
  group,
  path = "",
  onChange,
}: {
  group: Group;
  path?: string;
  onChange: (group: Group) => void;
}) => {
  const { _ } = useLingui();
  const subject = useConditionSubject();
  const parts = partsOf(group);
  const kind = kindOf(group);
  const under = (i: number): string => `${path === "" ? "" : `${path}.`}${kind}.${i}`;
  return (
    <div className="cond-group" role="group" aria-label={_("Conditions")}>
      <NativeSelect
        className="cond-kind"
        aria-label={_("Which must hold")}
        value={kind}
        onChange={(event) => onChange(groupOf(event.currentTarget.value === "any" ? "any" : "all", parts))}
        data={[{ value: "all", label: _("All of these") }, { value: "any", label: _("At least one of these") }]}
      />
      <ul>
        {parts.map((part, i) => (
          <Part key={i} node={part} path={under(i)} onChange={(next) => onChange(withPart(group, i, next))} />
        ))}
      </ul>
      {parts.length === 0 && <p className="small cond-wrong">{_("Without a condition this group says nothing: add one or remove it.")}</p>}
      <Menu position="bottom-start" withinPortal={false} returnFocus>
        <Menu.Target>
          <Button variant="subtle" leftSection={<Icon name="plus" size={14} />}>{_("Add a condition")}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {freshOf(subject).map(({ label, node }) => (
            <Menu.Item key={label} onClick={() => onChange(groupOf(kind, [...parts, node]))}>{_(label)}</Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  ); // prettier-ignore
};
