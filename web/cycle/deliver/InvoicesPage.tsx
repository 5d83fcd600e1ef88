import { useState } from "react";
import { useLingui } from "@lingui/react";
import { objectOf } from "../../kit/boot.ts";
import { Page } from "../../kit/Page.tsx";
import { RecordTable } from "../../records/RecordTable.tsx";
import "./deliver.css";

/** The table of invoices and credit notes. */
export const InvoicesPage = () => {
  const { _ } = useLingui();
  const object = objectOf("invoices");
  const [total, setTotal] = useState("");
  if (!object) return null;
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        empty={{ words: _("What you asked for stands here, with what is paid and what is overdue. Invoices are issued on an order's page.") }}
      />
    </Page>
  ); // prettier-ignore
};
