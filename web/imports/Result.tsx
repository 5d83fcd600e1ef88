import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { may } from "../kit/boot.ts";
import { count, money } from "../kit/format.ts";
import { Failures } from "./Failures.tsx";
import { headline, listOf } from "./result.ts";
import type { Import } from "./told.ts";
import { UndoImport } from "./UndoImport.tsx";

/** What an import came to: the breakdown in figures, the rows left out, and the way to the customers. */
export const Result = ({ one, onAgain }: { one: Import; onAgain: () => void }) => {
  const { _ } = useLingui();
  const result = one.result;
  if (!result) return null;
  const { message, values } = headline(result);
  return (
    <div className="import import-page">
      <div>
        <h2 className="h number">{_(message, values)}</h2>
        <p className="quiet number">
          {_("{rows} rows read from {file}, {failed} left out.", { rows: count(result.rows), file: one.file_name, failed: count(one.failed) })}
        </p>
      </div>
      <table className="figures">
        <caption className="unseen">{_("What the file brought")}</caption>
        <thead className="unseen">
          <tr>
            <th scope="col">{_("What")}</th>
            <th scope="col">{_("How many")}</th>
            <th scope="col">{_("Worth")}</th>
          </tr>
        </thead>
        <tbody>
          {result.lines.map((line) => (
            <tr key={line.key}>
              <th scope="row">{_(line.label)}</th>
              <td className="number">{count(line.count)}</td>
              <td className="number">{line.amount === undefined ? "" : money(line.amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="line" style={{ flexWrap: "wrap" }}>
        <Button renderRoot={(props) => <Link {...props} to="/" search={{ period: "all" }} />}>
          {_("See your customers on the ring")}
        </Button>
        <Button component={Link} to={listOf(one)} variant="default">
          {_("Open the list")}
        </Button>
        <UndoImport one={one} />
        {may("imports.create") && (
          <button type="button" className="plain link" onClick={onAgain}>
            {_("Import it once more with other columns")}
          </button>
        )}
      </div>
      <Failures one={one} />
    </div>
  ); // prettier-ignore
};
