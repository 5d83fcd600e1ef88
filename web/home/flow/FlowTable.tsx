import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { count, percent } from "../../kit/format.ts";
import { linkListOf, type SubjectKind } from "../../customers/told.ts";
import { postWord, type FlowWay } from "./told.ts";

/** The same numbers as the picture, as a table; each leads to the people behind it. */
export const FlowTable = ({ ways, subject }: { ways: readonly FlowWay[]; subject: SubjectKind }) => {
  const { _ } = useLingui();
  const began = (stage: string): number => ways.reduce((sum, way) => sum + (way.stood === stage ? way.count : 0), 0);
  return (
    <table className="ring-table flow-table">
      <caption className="unseen">{_("The flow as a table")}</caption>
      <thead>
        <tr>
          <th scope="col">{_("Stood in")}</th>
          <th scope="col">{_("Stands in")}</th>
          <th scope="col" className="number">{subject === "contact" ? _("People") : _("Accounts")}</th>
          <th scope="col" className="number">{_("Share")}</th>
        </tr>
      </thead>
      <tbody>
        {ways.map((way) => (
          <tr key={`${way.stood}>${way.stands}`}>
            <th scope="row">
              <span className="chip" data-tone={postWord(way.stood).tone}><span className="dot" /> {postWord(way.stood).label}</span>
            </th>
            <td>
              <span className="chip" data-tone={postWord(way.stands).tone}><span className="dot" /> {postWord(way.stands).label}</span>
            </td>
            <td className="number">
              <Link className="link" {...linkListOf(subject, way.list)} aria-label={_("{n} from {from} to {to}", { n: count(way.count), from: postWord(way.stood).label, to: postWord(way.stands).label })}>
                {count(way.count)}
              </Link>
            </td>
            <td className="number">{percent(way.count / began(way.stood), 1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}; // prettier-ignore
