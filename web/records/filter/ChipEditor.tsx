import { useState, type FormEvent, type KeyboardEvent } from "react";
import { Button, NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Condition } from "#kernel/condition";
import type { DescribedObject } from "../../kit/boot.ts";
import { PartEditor } from "../condition/ConditionEditor.tsx";
import { plain } from "../condition/edit.ts";
import { freshOf, isWhole } from "../condition/fresh.ts";
import { LiveCount } from "../condition/LiveCount.tsx";
import { ConditionSubjectProvider, subjectOf } from "../condition/subject.ts";

export interface ChipEditorProps {
  object: DescribedObject;
  /** The condition of the chip; a new one without. */
  node?: Condition | undefined;
  /** The whole filter with this condition in its place, for the count. */
  wholeWith: (node: Condition) => Condition;
  onDone: (node: Condition) => void;
  onClose: () => void;
}

/** A small editor for one chip: what kind of condition, and the condition; how many the filter then finds. */
export const ChipEditor = ({ object, node, wholeWith, onDone, onClose }: ChipEditorProps) => {
  const { _ } = useLingui();
  const subject = subjectOf(object);
  const kinds = freshOf(subject);
  const [kind, setKind] = useState(0);
  const [draft, setDraft] = useState<Condition>(node ?? kinds[0]?.node ?? subject.fresh);
  const whole = isWhole(draft);
  // Escape backs out one layer: an open list of choices first, then this editor.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (!(event.target instanceof HTMLElement && event.target.getAttribute("aria-expanded") === "true")) onClose();
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (whole) onDone(plain(draft));
  };
  const become = (to: number): void => {
    setKind(to);
    setDraft(kinds[to]?.node ?? draft);
  };
  return (
    <form className="stack cond-chip-editor" onSubmit={onSubmit} onKeyDown={onKeyDown} style={{ "--gap": "8px" } as React.CSSProperties}>
      {!node && <NativeSelect aria-label={_("Kind of condition")} value={kind} onChange={(event) => become(Number(event.currentTarget.value))} data={kinds.map(({ label }, i) => ({ value: String(i), label: _(label) }))} />}
      <ConditionSubjectProvider value={subject}>
        <PartEditor node={draft} path="" autoFocus={!node && "field" in draft} onChange={(next) => next && setDraft(next)} />
      </ConditionSubjectProvider>
      <LiveCount object={object} condition={wholeWith(draft)} whole={whole} />
      <Button type="submit" disabled={!whole}>{node ? _("Change") : _("Filter")}</Button>
    </form>
  );
}; // prettier-ignore
