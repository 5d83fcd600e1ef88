import { useState } from "react";
import { Button, Checkbox, Modal, NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { DescribedObject } from "../../kit/boot.ts";
import { request } from "../../kit/client.ts";
import { count } from "../../kit/format.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { recordsOf, type ListAsk } from "../record.ts";
import { atOnce, isCard, routeOf, separators, urlOf, usualSeparator, type Choice } from "./export.ts";

export interface ExportDialogProps {
  object: DescribedObject;
  /** The view: filter, sort and search. */
  ask: ListAsk;
  /** The columns it shows. */
  fields: readonly string[];
  /** Only these records of it. */
  records?: readonly string[];
  onClose: () => void;
}

/** How many records the file will have, counted to the end. */
const useCount = ({ object, ask, records }: ExportDialogProps) =>
  useQuery({
    queryKey: [object.plural, "exported", ask, records?.length],
    queryFn: async ({ signal }) => {
      if (records) return records.length;
      const counted = { ...ask, sort: undefined, limit: 1, count: "exact" };
      return (await recordsOf(object.plural).list(counted, signal)).total.count;
    },
  });

const useChoice = (object: DescribedObject) => {
  const { _ } = useLingui();
  const [choice, setChoice] = useState<Choice>({ format: "csv", separator: usualSeparator(), columns: "shown", ids: false }); // prettier-ignore
  const formats = [
    { value: "csv", label: _("CSV, for any program") },
    { value: "xlsx", label: _("Excel workbook (XLSX)") },
    ...(object.name === "contact"
      ? [
          { value: "vcard", label: _("vCard 4.0, for address books") },
          { value: "vcard3", label: _("vCard 3.0, for older ones") },
        ]
      : []),
  ];
  return { choice, choose: (change: Partial<Choice>) => setChoice((before) => ({ ...before, ...change })), formats };
};

/** Takes the records of a view, or those selected, along as a file: at once, or in the background when they are many. */
export const ExportDialog = (props: ExportDialogProps) => {
  const { object, ask, records, onClose } = props;
  const { _ } = useLingui();
  const cache = useQueryClient();
  const counted = useCount(props);
  const { choice, choose, formats } = useChoice(object);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string>();
  // Who moved on is asked of the ring at this moment; a job that runs later could not ask the same.
  const later = (counted.data ?? 0) > atOnce && ask.moved === undefined;
  const write = async (): Promise<void> => {
    setBusy(true);
    try {
      await request(routeOf("POST", object), urlOf(props, choice).input);
      await cache.invalidateQueries({ queryKey: ["jobs"] });
      tell(_("The file is being written. It waits under Activity for a day."));
      onClose();
    } catch (thrown) {
      setFailed(sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  const what = counted.data === undefined
    ? _("Counting…")
    : records
      ? _("{n, plural, one {# selected record} other {# selected records}}", { n: counted.data })
      : _("{n} records, as this view filters and sorts them", { n: count(counted.data) });
  return (
    <Modal opened onClose={onClose} title={_("Export {objects}", { objects: _(object.label_plural).toLocaleLowerCase() })} closeButtonProps={{ "aria-label": _("Close") }}>
      <div className="stack">
        <p className="quiet number" role="status">{counted.isError ? sentenceOf(counted.error) : what}</p>
        <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
        <NativeSelect
          data-autofocus
          label={_("File")}
          data={formats}
          value={choice.format}
          onChange={(event) => choose({ format: event.currentTarget.value as Choice["format"] })}
        />
        {choice.format === "csv" && (
          <NativeSelect
            label={_("Written with")}
            data={separators.map((one) => ({ value: one.value, label: _(one.label) }))}
            value={choice.separator}
            onChange={(event) => choose({ separator: event.currentTarget.value as Choice["separator"] })}
          />
        )}
        {!isCard(choice.format) && (
          <>
            <NativeSelect
              label={_("Columns")}
              data={[{ value: "shown", label: _("Those shown in the table") }, { value: "all", label: _("All of them") }]}
              value={choice.columns}
              onChange={(event) => choose({ columns: event.currentTarget.value as Choice["columns"] })}
            />
            <Checkbox label={_("Rondo's ids, to import changes again")} checked={choice.ids} onChange={(event) => choose({ ids: event.currentTarget.checked })} />
          </>
        )}
        {choice.format === "csv" && <p className="quiet small">{_("Text that a spreadsheet would run as a formula gets an apostrophe in front; importing the file takes it off again.")}</p>}
        <div className="line">
          {later ? (
            <Button loading={busy} onClick={() => void write()}>{_("Write it in the background")}</Button>
          ) : (
            <Button component="a" href={urlOf(props, choice).url} download onClick={onClose} disabled={counted.data === 0}>{_("Download")}</Button>
          )}
          <Button variant="default" onClick={onClose}>{_("Cancel")}</Button>
        </div>
      </div>
    </Modal>
  );
}; // prettier-ignore
