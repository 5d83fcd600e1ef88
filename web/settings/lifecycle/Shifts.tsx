import { useLingui } from "@lingui/react";
import type { Shift } from "#customers";
import { count } from "../../kit/format.ts";
import { StageChip, stageWords } from "../../customers/stages.tsx";

const wayWords = ({ plus, minus }: { plus: number; minus: number }): string =>
  [plus > 0 && `+${count(plus)}`, minus > 0 && `−${count(minus)}`].filter(Boolean).join(" / ");

/** What rules would change: for each stage how many stand there now and then, who comes and who goes. */
export const Shifts = ({ shift }: { shift: Shift }) => {
  const { _ } = useLingui();
  const rows = stageWords().flatMap((stage) => {
    const found = shift.stages[stage.value];
    return found ? [{ stage: stage.value, ...found }] : [];
  });
  return (
    <>
      <p>
        {shift.changed === 0
          ? _("Nobody would move: {n} people stay where they are.", { n: count(shift.customers) })
          : _("{changed} of {n} people would stand elsewhere.", { changed: count(shift.changed), n: count(shift.customers) })}
      </p>
      {shift.changed > 0 && (
        <table className="shifts">
          <caption className="unseen">{_("What would change")}</caption>
          <thead>
            <tr>
              <th scope="col">{_("Stage")}</th>
              <th scope="col" className="number">{_("Now")}</th>
              <th scope="col" className="number">{_("Then")}</th>
              <th scope="col" className="number">{_("Come / go")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.stage}>
                <th scope="row"><StageChip stage={row.stage} /></th>
                <td className="number">{count(row.before)}</td>
                <td className="number">{count(row.after)}</td>
                <td className="number">{wayWords(row) || <span className="quiet">–</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  ); // prettier-ignore
};
