import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { may, objectOf } from "../../../kit/boot.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordForm } from "../../../kit/form/RecordForm.tsx";
import { RecordTable } from "../../../records/RecordTable.tsx";
import type { Rec } from "../../../records/record.ts";
import { Ways } from "./BoardPage.tsx";
import "../convert.css";

/** All opportunities as a table: filtered, sorted, edited in place. */
export const TablePage = () => {
  const { _ } = useLingui();
  const object = objectOf("opportunities");
  const [form, setForm] = useState<{ record?: Rec }>();
  const [total, setTotal] = useState("");
  const mayAdd = may("opportunities.create");
  const mayTrash = may("opportunities.delete");
  useKeys(mayAdd ? [{ keys: "c", label: _("New opportunity"), group: _("This list"), run: () => setForm({}) }] : []);
  if (!object) return null;
  const add = mayAdd && (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setForm({})}>{_("New opportunity")}</Button>
  ); // prettier-ignore
  const more = (
    <>
      <Ways now="table" />
      {mayTrash && (
        <Link className="to-trash quiet" to="/opportunities/trash" aria-label={_("The trash")} title={_("The trash")}>
          <Icon name="trash" />
        </Link>
      )}
    </>
  );
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={add}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        mayTrash={mayTrash}
        {...(may("opportunities.update") ? { onEdit: (record: Rec) => setForm({ record }) } : {})}
        more={more}
        empty={{ words: _("Deals that may be won stand here. They come from leads, or one by one."), action: add }}
      />
      {form && <RecordForm object={object} record={form.record} onClose={() => setForm(undefined)} />}
    </Page>
  ); // prettier-ignore
};
