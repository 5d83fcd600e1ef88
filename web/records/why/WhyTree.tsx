import { useLingui } from "@lingui/react";
import type { ExplainedNode } from "#kernel/condition";
import { instant } from "../../kit/format.ts";
import { Icon } from "../../kit/Icon.tsx";
import { factLabel } from "../filter/fact-words.ts";
import "./why.css";

const Line = ({ node }: { node: ExplainedNode }) => {
  const { _ } = useLingui();
  return (
    <li>
      <span aria-hidden className="why-mark" data-tone={node.truth ? "green" : "red"}><Icon name={node.truth ? "check" : "x"} size={14} /></span>{" "}
      <span className={node.truth ? undefined : "strong"}>{node.text}</span>
      {!node.truth && <span className="small quiet"> {_("does not hold")}</span>}
      {node.children.length > 0 && <ul>{node.children.map((child, i) => <Line key={i} node={child} />)}</ul>}
    </li>
  ); // prettier-ignore
};

export interface WhyTreeProps {
  tree: ExplainedNode;
  evidence: readonly { id: string; name: string; occurred_at: unknown }[];
}

// More than a person reads; the timeline has them all.
const shown = 8;

/** A condition line by line, each with whether it holds and what was found, and the facts it rests on. */
export const WhyTree = ({ tree, evidence }: WhyTreeProps) => {
  const { _ } = useLingui();
  return (
    <div className="why">
      <ul><Line node={tree} /></ul>
      {evidence.length > 0 && (
        <ul aria-label={_("Evidence")}>
          {evidence.slice(-shown).toReversed().map((fact) => <li key={fact.id} className="small">{factLabel(fact.name)} <span className="quiet number">{instant(String(fact.occurred_at))}</span></li>)}
        </ul>
      )}
    </div>
  ); // prettier-ignore
};
