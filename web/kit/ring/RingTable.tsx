import { useLingui } from "@lingui/react";
import { count, percent } from "../format.ts";
import { daysWords, type RingProps } from "./ring.ts";

/** The same numbers as the ring, as a table. */
export const RingTable = ({
  steps,
  links,
  onStep,
  onLink,
}: Pick<RingProps, "steps" | "links" | "onStep" | "onLink">) => {
  const { _ } = useLingui();
  const names = new Map(steps.map((step) => [step.key, step.name]));
  return (
    <table className="ring-table">
      <caption className="unseen">{_("The cycle as a table")}</caption>
      <thead>
        <tr>
          {[_("Step"), _("People"), _("Moves on to"), _("Share"), _("Moved"), _("Typical time")].map((head, i) => (
            <th key={head} scope="col" className={i === 0 || i === 2 ? undefined : "number"}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => {
          const own = links.filter((link) => link.from === step.key);
          return (own.length > 0 ? own : [undefined]).map((link, i) => (
            <tr key={`${step.key}${i}`}>
              <th scope="row">
                <button type="button" className="plain link" onClick={() => onStep(step.key)}>
                  {step.name}
                </button>
              </th>
              <td className="number">{count(step.count)}</td>
              <td>{link && names.get(link.to)}</td>
              <td className="number">
                {link && (
                  <button type="button" className="plain link" onClick={() => onLink(link)}>
                    {link.said ?? (link.rate === null ? "–" : percent(link.rate))}
                  </button>
                )}
                {link?.weakest && <span className="small ring-weak"> {_("weakest")}</span>}
              </td>
              <td className="number">{link && count(link.moved)}</td>
              <td className="number">{link && daysWords(link.median_days)}</td>
            </tr>
          ));
        })}
      </tbody>
    </table>
  );
};
