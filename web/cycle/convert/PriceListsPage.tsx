import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { may, objectOf } from "../../kit/boot.ts";
import { Icon } from "../../kit/Icon.tsx";
import { useKeys } from "../../kit/keys.ts";
import { Page } from "../../kit/Page.tsx";
import { RecordForm } from "../../kit/form/RecordForm.tsx";
import { FactList } from "../../records/FactList.tsx";
import { Changes } from "../../records/history/Changes.tsx";
import { RecordTable } from "../../records/RecordTable.tsx";
import type { Rec } from "../../records/record.ts";

/** The price lists by currency; their prices are set on each product. */
export const PriceListsPage = () => {
  const { _ } = useLingui();
  const object = objectOf("price_lists");
  const [form, setForm] = useState<{ record?: Rec }>();
  const mayAdd = may("price_lists.create");
  useKeys(mayAdd ? [{ keys: "c", label: _("New price list"), group: _("This list"), run: () => setForm({}) }] : []);
  if (!object) return null;
  const add = mayAdd && (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setForm({})}>{_("New price list")}</Button>
  ); // prettier-ignore
  const edit = may("price_lists.update") ? (record: Rec): void => setForm({ record }) : undefined;
  const back = <Link to="/products" className="link">{_("Products")}</Link>; // prettier-ignore
  return (
    <Page title={_(object.label_plural)} note={back} actions={add}>
      <RecordTable
        object={object}
        mayTrash={may("price_lists.delete")}
        more={may("price_lists.delete") && <Link className="to-trash quiet" to="/price_lists/trash" aria-label={_("The trash")} title={_("The trash")}><Icon name="trash" /></Link>}
        peek={(record) => (
          <div className="stack">
            <FactList object={object} record={record} />
            <section aria-labelledby="changes">
              <h2 className="part-title" id="changes">{_("Changes")}</h2>
              <Changes plural="price_lists" object={object} record={record} />
            </section>
          </div>
        )}
        {...(edit ? { onEdit: edit, onOpen: edit } : {})}
        empty={{ words: _("A price list holds prices in one currency by day. The default list of a currency answers for it."), action: add }}
      />
      {form && <RecordForm object={object} record={form.record} onClose={() => setForm(undefined)} />}
    </Page>
  ); // prettier-ignore
};
