import { useLingui } from "@lingui/react";
import { count, instant } from "../../../kit/format.ts";
import type { Opportunity } from "./told.ts";

const daySeconds = 86_400;

/** How long the deal stood in each stage, and who moved it there. */
export const Spells = ({ deal }: { deal: Opportunity }) => {
  const { _ } = useLingui();
  const decided = (seconds: number, i: number): boolean => seconds === 0 && i === deal.spells.length - 1 && deal.status !== "open"; // prettier-ignore
  return (
    <section aria-labelledby="deal-spells">
      <h2 className="part-title" id="deal-spells">{_("Stages so far")}</h2>
      <table className="deal-table">
        <thead><tr><th>{_("Stage")}</th><th>{_("Came")}</th><th>{_("By")}</th><th className="number">{_("Days")}</th></tr></thead>
        <tbody>
          {deal.spells.map((spell, i) => (
            <tr key={`${spell.stage.id}${spell.entered_at}`}>
              <td><bdi>{spell.stage.title}</bdi></td>
              <td className="number-start">{instant(spell.entered_at)}</td>
              <td><bdi>{spell.actor}</bdi></td>
              <td className="number">{decided(spell.seconds, i) ? "" : count(Math.round((spell.seconds / daySeconds) * 10) / 10)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  ); // prettier-ignore
};
