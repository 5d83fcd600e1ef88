import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { may, type DescribedObject } from "../kit/boot.ts";
import { Icon } from "../kit/Icon.tsx";
import { Page } from "../kit/Page.tsx";
import { RecordForm } from "../kit/form/RecordForm.tsx";
import { useKeys } from "../kit/keys.ts";
import { RecordTable } from "../records/RecordTable.tsx";
import type { Rec } from "../records/record.ts";
import { NoObject, useOwn } from "./own.tsx";

const Table = ({ object }: { object: DescribedObject }) => {
  const { _ } = useLingui();
  const { plural } = object;
  const [form, setForm] = useState<{ record?: Rec }>();
  const [total, setTotal] = useState("");
  const what = object.label.toLocaleLowerCase();
  const add = may(`${plural}.create`);
  useKeys(add ? [{ keys: "c", label: _("New {what}", { what }), group: _("This list"), run: () => setForm({}) }] : []);
  const button = add ? <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setForm({})}>{_("New {what}", { what })}</Button> : undefined;
  const trash = may(`${plural}.delete`) ? (
    <Link className="table-more quiet small" to={`/${plural}/trash`} aria-label={_("The trash")} title={_("The trash")}><Icon name="trash" size={16} /></Link>
  ) : undefined;
  return (
    <Page title={object.label_plural} note={<span className="number">{total}</span>} actions={button}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        mayTrash={may(`${plural}.delete`)}
        {...(may(`${plural}.update`) ? { onEdit: (record: Rec) => setForm({ record }) } : {})}
        more={trash}
        empty={{ words: _("Nothing here yet. Fields of your own are added under Settings, Fields."), action: button }}
      />
      {form && <RecordForm object={object} record={form.record} onClose={() => setForm(undefined)} />}
    </Page>
  );
}; // prettier-ignore

/** The table of an object of one's own. */
export const OwnPage = () => {
  const object = useOwn();
  return object ? <Table key={object.name} object={object} /> : <NoObject />;
};
