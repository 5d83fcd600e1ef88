import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { may, objectOf } from "../../kit/boot.ts";
import { Icon } from "../../kit/Icon.tsx";
import { useKeys } from "../../kit/keys.ts";
import { Page } from "../../kit/Page.tsx";
import { RecordForm } from "../../kit/form/RecordForm.tsx";
import { RecordTable } from "../../records/RecordTable.tsx";
import type { Rec } from "../../records/record.ts";
import { ProductPeek } from "./ProductPeek.tsx";
import "./convert.css";

/** The table of products with a look at the side, the form and the way to the trash. */
export const ProductsPage = () => {
  const { _ } = useLingui();
  const object = objectOf("products");
  const [form, setForm] = useState<{ record?: Rec }>();
  const [total, setTotal] = useState("");
  const edit = (record: Rec): void => setForm({ record });
  const mayAdd = may("products.create");
  const mayTrash = may("products.delete");
  useKeys(mayAdd ? [{ keys: "c", label: _("New product"), group: _("This list"), run: () => setForm({}) }] : []);
  if (!object) return null;
  const add = mayAdd && (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setForm({})}>
      {_("New product")}
    </Button>
  );
  const trash = mayTrash && (
    <Link className="to-trash quiet" to="/products/trash" aria-label={_("The trash")} title={_("The trash")}>
      <Icon name="trash" />
    </Link>
  );
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={add}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        mayTrash={mayTrash}
        peek={(record) => <ProductPeek record={record} />}
        {...(may("products.update") ? { onEdit: edit } : {})}
        more={trash}
        empty={{ words: _("What you sell stands here. Products come with an imported file of orders, or one by one."), action: add }}
      />
      {form && <RecordForm object={object} record={form.record} onClose={() => setForm(undefined)} />}
    </Page>
  ); // prettier-ignore
};
