import { useLingui } from "@lingui/react";
import { count } from "../kit/format.ts";
import type { Preview } from "./told.ts";

const shown = 100; // rows

/** The rows as they stand in the file, each wrong cell marked and said. */
export const RowsTable = ({ preview, columns }: { preview: Preview; columns: readonly string[] }) => {
  const { _ } = useLingui();
  return (
    <div className="rows-scroll" tabIndex={0} role="region" aria-label={_("Rows of the file")}>
      <table className="rows-table">
        <thead>
          <tr>
            <th scope="col">{_("Row")}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                <bdi>{column}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.slice(0, shown).map(({ row, cells, problems }) => (
            <tr key={row} data-wrong={problems.length > 0 || undefined}>
              <th scope="row" className="number quiet">
                {count(row)}
                {problems.length > 0 && <span className="unseen"> {problems.map((one) => one.message).join("; ")}</span>}
              </th>
              {columns.map((column, at) => {
                const problem = problems.find((one) => one.column === column);
                return (
                  <td key={column} data-wrong={problem !== undefined || undefined} title={problem?.message}>
                    <bdi>{cells[at]}</bdi>
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
