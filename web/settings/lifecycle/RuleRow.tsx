import { ActionIcon } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Rule } from "#customers";
import { Icon } from "../../kit/Icon.tsx";
import { StageChip } from "../../customers/stages.tsx";
import { ruleName } from "../../customers/rule-name.ts";
import { whenWords } from "./words.ts";

export interface RuleRowProps {
  rule: Rule;
  place: number;
  changed: boolean;
  wrong: string | undefined;
  /** Absent for people who may only read. */
  acts?:
    | { edit: () => void; up: (() => void) | undefined; down: (() => void) | undefined; remove: () => void }
    | undefined;
}

/** A rule in words: from, to, when, and the reason people read. */
export const RuleRow = ({ rule, place, changed, wrong, acts }: RuleRowProps) => {
  const { _ } = useLingui();
  const name = ruleName(rule.key);
  return (
    <>
      <span className="quiet number rule-place">{place}</span>
      <div className="fill">
        <p className="line rule-way">
          {rule.from === "any" ? <span className="chip">{_("any stage")}</span> : rule.from.map((stage) => <StageChip key={stage} stage={stage} />)}
          <span className="toward" aria-hidden>→</span>
          <span className="unseen">{_("to")}</span>
          <StageChip stage={rule.to} />
          {changed && <span className="small rule-changed">{_("changed")}</span>}
        </p>
        <p>{_("when {what}", { what: whenWords(rule.when) })}</p>
        <p className="quiet small">
          {name} · “<bdi>{rule.reason}</bdi>”
        </p>
        {wrong && <p className="small rule-wrong" role="alert">{wrong}</p>}
      </div>
      {acts && (
        <div className="line rule-acts">
          <ActionIcon aria-label={_("Edit {rule}", { rule: name })} onClick={acts.edit}><Icon name="edit" /></ActionIcon>
          <ActionIcon aria-label={_("Move {rule} up", { rule: name })} disabled={!acts.up} onClick={acts.up}><Icon name="sortAsc" /></ActionIcon>
          <ActionIcon aria-label={_("Move {rule} down", { rule: name })} disabled={!acts.down} onClick={acts.down}><Icon name="sortDesc" /></ActionIcon>
          <ActionIcon aria-label={_("Remove {rule}", { rule: name })} onClick={acts.remove}><Icon name="trash" /></ActionIcon>
        </div>
      )}
    </>
  ); // prettier-ignore
};
