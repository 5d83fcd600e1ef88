import { useLingui } from "@lingui/react";
import type { Condition } from "#kernel/condition";
import { asGroup } from "./edit.ts";
import { useNested } from "./nested.ts";
import { useDetails } from "./facts.ts";
import { ConditionSubjectProvider, type ConditionSubject } from "./subject.ts";

export interface PayloadEditorProps {
  fact: string;
  where: Condition | undefined;
  /** Whether any will do. */
  optional: boolean;
  path: string;
  onChange: (where: Condition | undefined) => void;
}

/** Edits what a fact must tell: "where stars is 5", with groups when more is asked. */
export const PayloadEditor = ({ fact, where, optional, path, onChange }: PayloadEditorProps) => {
  const { _ } = useLingui();
  const nested = useNested();
  const object = useDetails(fact);
  const [first] = object.fields;
  const subject: ConditionSubject = { object, fresh: { field: first?.name ?? "amount", op: "is_set" }, facts: false };
  if (where === undefined)
    return first ? <button type="button" className="plain link small" onClick={() => onChange({ all: [subject.fresh] })}>{_("where…")}</button> : null; // prettier-ignore
  return (
    <div className="cond-where">
      <span className="small">{_("where")}</span>
      <ConditionSubjectProvider value={subject}>
        {nested({ group: asGroup(where), path: path, onChange: onChange })}
      </ConditionSubjectProvider>
      {optional && <button type="button" className="plain link small" onClick={() => onChange(undefined)}>{_("Any will do")}</button>}
    </div>
  ); // prettier-ignore
};
