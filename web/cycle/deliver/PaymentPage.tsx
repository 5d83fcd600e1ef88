import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { objectOf } from "../../kit/boot.ts";
import { Page } from "../../kit/Page.tsx";
import { FactList } from "../../records/FactList.tsx";
import { OwnFacts } from "../../records/OwnFacts.tsx";
import { Changes } from "../../records/history/Changes.tsx";
import { recordsOf, titleOf } from "../../records/record.ts";
import { Ask } from "../../settings/Ask.tsx";
import "./deliver.css";

const facts = ["order_id", "contact_id", "account_id", "amount", "base_amount", "method", "received_at", "reference", "reason_id", "reason"]; // prettier-ignore

/** One payment or refund: the money stands as it was; the company's notes on it may change. */
export const PaymentPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const object = objectOf("payments");
  const asked = useQuery({ queryKey: ["payments", "one", id], queryFn: ({ signal }) => recordsOf("payments").get(id, signal) });
  if (!object) return null;
  const record = asked.data;
  const number = record ? titleOf(object, record) : "";
  const title = !record ? _(object.label) : record["kind"] === "refund" ? _("Refund {number}", { number }) : _("Payment {number}", { number });
  return (
    <Page title={title} note={<Link to="/payments" className="link">{_(object.label_plural)}</Link>}>
      <Ask asked={asked}>
        {(found) => (
          <div className="order">
            <div className="order-side">
              <FactList object={object} record={found} only={facts} />
              <OwnFacts object={object} record={found} />
            </div>
            <div className="order-main">
              <section aria-labelledby="changes">
                <h2 className="h" id="changes">{_("Changes")}</h2>
                <Changes plural="payments" object={object} record={found} />
              </section>
            </div>
          </div>
        )}
      </Ask>
    </Page>
  );
}; // prettier-ignore
