import { useState } from "react";
import { SegmentedControl } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { count } from "../kit/format.ts";
import { Becoming } from "./Becoming.tsx";
import { BecomingOrders } from "./BecomingOrders.tsx";
import { countWords } from "./counts.ts";
import { RowsTable } from "./RowsTable.tsx";
import type { Importable, Preview } from "./told.ts";

export interface PreviewPaneProps {
  preview: Preview | undefined;
  importable: Importable;
  columns: readonly string[];
  /** The preview is of the choices before. */
  stale: boolean;
}

/** What the first rows become, or the rows themselves with what is wrong in each. */
export const PreviewPane = ({ preview, importable, columns, stale }: PreviewPaneProps) => {
  const { _ } = useLingui();
  const [shown, setShown] = useState("items");
  const blocked = preview !== undefined && preview.problems.length > 0;
  const counts = preview && !blocked ? countWords(preview.counts) : [];
  return (
    <section className="preview" aria-labelledby="preview" data-stale={stale || undefined} aria-busy={stale || undefined}>
      <header className="line preview-head">
        <h2 className="h fill" id="preview">{_("What it becomes")}</h2>
        <SegmentedControl
          size="xs"
          aria-label={_("Show")}
          value={shown}
          onChange={setShown}
          data={[{ value: "items", label: _(importable.label) }, { value: "rows", label: _("Rows of the file") }]}
        />
      </header>
      {preview && !blocked && (
        <p className="quiet number preview-counts" role="status">
          {preview.complete ? _("All {n} rows:", { n: count(preview.counts["rows"] ?? 0) }) : _("The first {n} rows:", { n: count(preview.counts["rows"] ?? 0) })}{" "}
          {counts.map(({ message, n }) => _(message, { n })).join(", ")}
        </p>
      )}
      {blocked && <p className="empty">{_("As soon as the needed columns are chosen, you see here what they become.")}</p>}
      {preview && !blocked && shown === "rows" && <RowsTable preview={preview} columns={columns} />}
      {preview && !blocked && shown === "items" && (importable.object === "orders" ? <BecomingOrders items={preview.items} /> : <Becoming items={preview.items} importable={importable} />)}
    </section>
  ); // prettier-ignore
};
