import { Checkbox, NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Look, TableFormat } from "./told.ts";
import { delimiterChoices, encodingChoices } from "./words.ts";

/** How the file itself is written; recognised, and changed only when the columns above look wrong. */
export const FileFormat = ({
  look,
  format,
  onFormat,
}: {
  look: Look;
  format: TableFormat;
  onFormat: (change: Partial<TableFormat>) => void;
}) => {
  const { _ } = useLingui();
  const book = format.container === "xlsx";
  return (
    <details className="file-format">
      <summary>{_("The columns above look wrong?")}</summary>
      <div className="stack">
        {book ? (
          <NativeSelect
            label={_("Sheet")}
            value={format.sheet ?? ""}
            data={[...look.sheets]}
            onChange={(event) => onFormat({ sheet: event.currentTarget.value })}
          />
        ) : (
          <>
            <NativeSelect
              label={_("Columns are parted by")}
              value={format.delimiter}
              data={delimiterChoices.map(({ value, label }) => ({ value, label: _(label) }))}
              onChange={(event) => onFormat({ delimiter: event.currentTarget.value })}
            />
            <NativeSelect
              label={_("Texts stand in")}
              value={format.quote}
              data={[{ value: '"', label: _('double quotes "') }, { value: "'", label: _("single quotes '") }, { value: "", label: _("nothing") }]}
              onChange={(event) => onFormat({ quote: event.currentTarget.value })}
            />
            <NativeSelect
              label={_("Letters are written as")}
              value={format.encoding}
              data={encodingChoices.map(({ value, label }) => ({ value, label: _(label) }))}
              onChange={(event) => onFormat({ encoding: event.currentTarget.value })}
            />
          </>
        )}
        <Checkbox
          label={_("The first row names the columns")}
          checked={format.header}
          onChange={(event) => onFormat({ header: event.currentTarget.checked })}
        />
      </div>
    </details>
  ); // prettier-ignore
};
