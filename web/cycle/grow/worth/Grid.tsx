import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import type { WorthTold } from "#grow/worth";
import { count, money } from "../../../kit/format.ts";
import { inCorner } from "./told.ts";

const five = [1, 2, 3, 4, 5] as const;

/** Recency by frequency: how many stand in each corner, darker with more; a corner opens its customers. */
export const Grid = ({ told }: { told: WorthTold }) => {
  const { _ } = useLingui();
  const most = Math.max(1, ...told.grid.map((cell) => cell.customers));
  const rowWord = (r: number) => (r === 5 ? _("bought lately") : r === 1 ? _("long ago") : "");
  const columnWord = (f: number) => (f === 1 ? _("once") : f === 5 ? _("most often") : "");
  return (
    <div className="worth-scroll">
      <table className="worth-grid">
        <caption className="quiet small">
          {_("Recency from top to bottom, frequency from left to right; each from 1 to 5 among all who bought.")}
        </caption>
        <thead>
          <tr>
            <td />
            {five.map((f) => (
              <th key={f} scope="col">
                <span className="number">{f}</span> <span className="quiet small">{columnWord(f)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {five.toReversed().map((r) => (
            <tr key={r}>
              <th scope="row">
                <span className="number">{r}</span> <span className="quiet small">{rowWord(r)}</span>
              </th>
              {five.map((f) => {
                const cell = told.grid.find((one) => one.recency === r && one.frequency === f);
                if (!cell) return <td key={f} className="quiet">—</td>;
                const heat = Math.ceil((4 * cell.customers) / most);
                return (
                  <td key={f} data-heat={heat}>
                    <Link to="/contacts" search={{ filter: inCorner(r, f) }}>
                      <span className="number worth-count">{count(cell.customers)}</span>
                      <span className="small number">{money(cell.paid)}</span>
                      <span className="unseen">{_("recency {r}, frequency {f}", { r, f })}</span>
                    </Link>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  ); // prettier-ignore
};
