import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import type { WorthTold } from "#grow/worth";
import { count, money, percent } from "../../../kit/format.ts";
import { bandWords, inBand } from "./told.ts";

/** The named bands with how many stand there and what they paid; each opens its customers. */
export const Bands = ({ told }: { told: WorthTold }) => {
  const { _ } = useLingui();
  const all = told.bands.reduce((sum, one) => sum + one.customers, 0);
  const paid = told.bands.reduce((sum, one) => sum + one.paid, 0);
  const share = (part: number, whole: number): string => percent(whole > 0 ? part / whole : 0);
  return (
    <div className="worth-scroll">
      <table className="worth-table">
        <thead>
          <tr>
            <th scope="col">{_("Band")}</th>
            <th scope="col" className="number">{_("Customers")}</th>
            <th scope="col" className="number">{_("of all")}</th>
            <th scope="col" className="number">{_("Paid")}</th>
            <th scope="col" className="number">{_("of all")}</th>
          </tr>
        </thead>
        <tbody>
          {bandWords().map((word) => {
            const one = told.bands.find((band) => band.band === word.value);
            return (
              <tr key={word.value}>
                <th scope="row">
                  <Link className="link line" to="/contacts" search={{ filter: inBand(word.value) }} data-tone={word.tone}>
                    <span className="dot" /> {_(word.label)}
                  </Link>
                </th>
                <td className="number">{count(one?.customers ?? 0)}</td>
                <td className="number quiet">{share(one?.customers ?? 0, all)}</td>
                <td className="number">{money(one?.paid ?? 0)}</td>
                <td className="number quiet">{share(one?.paid ?? 0, paid)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  ); // prettier-ignore
};
