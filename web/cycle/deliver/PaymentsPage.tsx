import { useState } from "react";
import { useLingui } from "@lingui/react";
import { objectOf } from "../../kit/boot.ts";
import { Page } from "../../kit/Page.tsx";
import { RecordTable } from "../../records/RecordTable.tsx";
import "./deliver.css";

/** The table of money that came in and went back. */
export const PaymentsPage = () => {
  const { _ } = useLingui();
  const object = objectOf("payments");
  const [total, setTotal] = useState("");
  if (!object) return null;
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        empty={{ words: _("Money that came in and went back stands here. It is received, and given back, on an order's page.") }}
      />
    </Page>
  ); // prettier-ignore
};
