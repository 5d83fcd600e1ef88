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

/** The promotions: what orders get off, and within which limits. */
export const PromotionsPage = () => {
  const { _ } = useLingui();
  const object = objectOf("promotions");
  const [form, setForm] = useState<{ record?: Rec }>();
  const [total, setTotal] = useState("");
  const mayAdd = may("promotions.create");
  const mayTrash = may("promotions.delete");
  useKeys(mayAdd ? [{ keys: "c", label: _("New promotion"), group: _("This list"), run: () => setForm({}) }] : []);
  if (!object) return null;
  const add = mayAdd && <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setForm({})}>{_("New promotion")}</Button>;
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={add}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        mayTrash={mayTrash}
        {...(may("promotions.update") ? { onEdit: (record: Rec) => setForm({ record }) } : {})}
        more={mayTrash && <Link className="to-trash quiet" to="/promotions/trash" aria-label={_("The trash")} title={_("The trash")}><Icon name="trash" /></Link>}
        empty={{ words: _("A promotion takes a share or an amount off orders with one of its codes, as often as its limits allow."), action: add }}
      />
      {form && <RecordForm object={object} record={form.record} onClose={() => setForm(undefined)} />}
    </Page>
  );
}; // prettier-ignore
