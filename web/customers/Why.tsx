import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { instant } from "../kit/format.ts";
import { shortDay } from "./days.ts";
import { ruleName } from "./rule-name.ts";
import type { Why as Reason } from "./told.ts";

export interface WhyProps {
  why: Reason;
  /** When the customer moved, ISO. */
  at: string;
  /** The order a fact of the evidence is about, when it is known here. */
  orderOf: (fact: string) => string | undefined;
}

// Reasons are written as the end of a sentence ("no order for 61 days"); here they stand alone.
const sentenceCase = (text: string): string =>
  `${text.charAt(0).toLocaleUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? "" : "."}`;

/** Why a customer moved: the reason with its numbers, the rule and its version, the facts it rests on, and whether time alone made it true. */
export const Why = ({ why, at, orderOf }: WhyProps) => {
  const { _ } = useLingui();
  return (
    <div className="why">
      <p>
        {why.by_hand ? _("Moved by hand:") : ""} <bdi>{sentenceCase(why.reason)}</bdi>{" "}
        {!why.by_hand && (
          <Link to="/settings/lifecycle" hash={why.rule} className="link">
            {_("Rule “{rule}”, version {version}", { rule: _(ruleName(why.rule)), version: why.version })}
          </Link>
        )}
      </p>
      {why.evidence.length > 0 && (
        <ul aria-label={_("Evidence")}>
          {why.evidence.map((fact) => {
            const order = orderOf(fact.id);
            return (
              <li key={fact.id}>
                {order ? <Link className="link" to="/orders/$id" params={{ id: order }}><bdi>{fact.sentence}</bdi></Link> : <bdi>{fact.sentence}</bdi>}
                <span className="quiet number">, {shortDay(fact.occurred_at)}</span>
              </li>
            );
          })}
        </ul>
      )}
      {why.by_time && <p className="quiet">{_("Time alone made it true on {when}.", { when: instant(at) })}</p>}
    </div>
  ); // prettier-ignore
};
