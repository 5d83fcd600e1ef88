import { useLingui } from "@lingui/react";
import { instant } from "../kit/format.ts";
import type { Importable } from "./told.ts";

const shown = 60; // records

const said = (value: unknown): string => {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return "";
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? instant(text) : text;
};

/** The first records as they will stand, in a table of the fields that have a value. */
export const Becoming = ({
  items,
  importable,
}: {
  items: readonly Readonly<Record<string, unknown>>[];
  importable: Importable;
}) => {
  const { _ } = useLingui();
  // The kind is said above the table, as "30 contacts".
  const names = [...new Set(items.flatMap((item) => Object.keys(item).filter((name) => name !== "kind" && said(item[name]) !== "")))]; // prettier-ignore
  const label = (name: string): string =>
    importable.fields.find((field) => field.name === name)?.label ??
    (name === "row" ? "Row" : name.replaceAll("_", " "));
  if (items.length === 0) return <p className="empty">{_("None of the first rows becomes a record.")}</p>;
  return (
    <div className="rows-scroll" tabIndex={0} role="region" aria-label={_("What it becomes")}>
      <table className="rows-table">
        <thead>
          <tr>{names.map((name) => <th key={name} scope="col">{_(label(name))}</th>)}</tr>
        </thead>
        <tbody>
          {items.slice(0, shown).map((item, i) => (
            <tr key={i}>{names.map((name) => <td key={name}><bdi>{said(item[name])}</bdi></td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  ); // prettier-ignore
};
