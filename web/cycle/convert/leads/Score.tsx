import { useLingui } from "@lingui/react";
import type { LeadAround } from "#convert/leads";
import { shortDay } from "../../../customers/days.ts";

const signed = (n: number): string => (n > 0 ? `+${n}` : `−${Math.abs(n)}`);

/** A score with its reasons: what counts now, and how it came to that. */
export const Score = ({ told }: { told: LeadAround["score"] }) => {
  const { _ } = useLingui();
  return (
    <section aria-label={_("Score")}>
      <h3 className="part-title line">
        <span className="fill">{_("Score")}</span>
        <span className="number lead-score">{told.score}</span>
      </h3>
      {told.reasons.length === 0 && <p className="quiet">{_("No rule holds yet.")}</p>}
      <ul>
        {told.reasons.map((reason) => (
          <li key={reason.key} className="line lead-reason">
            <span className="fill">{reason.label}</span>
            <span className={reason.points > 0 ? "number" : "number late"}>{signed(reason.points)}</span>
          </li>
        ))}
      </ul>
      {told.log.length > told.reasons.length && (
        <details>
          <summary className="link small">{_("How it came to that")}</summary>
          <ul className="small">
            {told.log.map((entry, i) => (
              <li key={i} className="line">
                <span className="quiet number">{shortDay(String(entry.at))}</span>
                <span className="fill">
                  {entry.label}
                  {entry.how === "time" && <span className="quiet"> · {_("time passed")}</span>}
                  {entry.how === "rules" && <span className="quiet"> · {_("new rules")}</span>}
                </span>
                <span className="number">{signed(entry.points)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
};
