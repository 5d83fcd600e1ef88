import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may, objectOf } from "../../kit/boot.ts";
import { useKeys } from "../../kit/keys.ts";
import { Page } from "../../kit/Page.tsx";
import { RecordForm } from "../../kit/form/RecordForm.tsx";
import { FactList } from "../../records/FactList.tsx";
import { andOwn } from "../../records/record.ts";
import { Changes } from "../../records/history/Changes.tsx";
import { Ask } from "../../settings/Ask.tsx";
import { ShipmentActs, Tracking } from "./Parcels.tsx";
import { shipments } from "./told.ts";
import { Chain } from "../../timeline/Chain.tsx";
import "./deliver.css";

const facts = ["order_id", "contact_id", "account_id", "promised_at", "shipped_at", "delivered_at"];

/** One shipment: what is in it, where it can be followed, and whether it arrived. */
export const ShipmentPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const object = objectOf("shipments");
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const asked = useQuery({ queryKey: ["shipments", id], queryFn: ({ signal }) => shipments.get(id, signal) });
  const mayEdit = may("shipments.update");
  useKeys(mayEdit ? [{ keys: "e", label: _("Edit"), group: _("This shipment"), run: () => setEditing(true) }] : []);
  if (!object) return null;
  const record = asked.data;
  const gone = (): void => void navigate({ to: "/orders/$id", params: { id: record?.order_id ?? "" } });
  const actions = record && (
    <>
      {mayEdit && <Button variant="default" onClick={() => setEditing(true)}>{_("Edit")}</Button>}
      <ShipmentActs shipment={record} onGone={gone} />
    </>
  );
  const back = <Link to="/shipments" className="link">{_(object.label_plural)}</Link>;
  return (
    <Page title={record ? _("Shipment {number}", { number: record.number }) : _(object.label)} note={back} actions={actions}>
      {record && <Chain noun="shipment" id={record.id} of={record} />}
      <Ask asked={asked}>
        {(found) => (
          <div className="order">
            <div className="order-side"><FactList object={object} record={found} only={andOwn(object, facts)} /></div>
            <div className="order-main">
              <section aria-labelledby="goods">
                <h2 className="h" id="goods">{_("What is in it")}</h2>
                <p><Tracking shipment={found} /></p>
                <ul className="parcels">
                  {found.lines.map((line) => <li key={line.order_line_id}><bdi>{line.description}</bdi><span className="number">{line.quantity}</span></li>)}
                </ul>
              </section>
              <section aria-labelledby="changes">
                <h2 className="h" id="changes">{_("Changes")}</h2>
                <Changes plural="shipments" object={object} record={found} />
              </section>
            </div>
            {editing && <RecordForm object={object} record={found} onClose={() => setEditing(false)} />}
          </div>
        )}
      </Ask>
    </Page>
  );
}; // prettier-ignore
