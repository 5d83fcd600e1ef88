import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { shipmentsApi } from "#deliver/shipments";
import { may, objectOf } from "../../kit/boot.ts";
import { client, offers } from "../../kit/client.ts";
import { date } from "../../kit/format.ts";
import { Page } from "../../kit/Page.tsx";
import { RecordTable } from "../../records/RecordTable.tsx";
import "./deliver.css";

// So many stand above the table; the rest is one click away, in the orders themselves.
const most = 6;

/** Orders whose goods are to leave today or should have left. */
const ToShip = () => {
  const { _ } = useLingui();
  const [all, setAll] = useState(false);
  const due = useQuery({
    queryKey: ["shipments", "due"],
    queryFn: () => client<typeof shipmentsApi>("shipments").due({}),
    enabled: offers("shipments.due") && may("shipments.read"),
  });
  const items = due.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="due-to-ship" aria-labelledby="to-ship">
      <h2 className="h" id="to-ship">{_("To ship today")} <span className="quiet number">{items.length}</span></h2>
      <ul className="parcels">
        {(all ? items : items.slice(0, most)).map((one) => (
          <li key={one.id}>
            <div className="line">
              <Link className="link" to="/orders/$id" params={{ id: one.id }}>{_("Order {number}", { number: one.number })}</Link>
              <bdi className="clip">{one.customer}</bdi>
              <span className="quiet small">
                {one.promised_at ? _("promised for {day}", { day: date(one.promised_at) }) : _("nothing promised")} · {_("{sent} of {lines} lines shipped", { sent: one.sent, lines: one.lines })}
              </span>
            </div>
            {may("shipments.create") && (
              <Button component={Link} variant="default" to={`/orders/${one.id}?act=ship`} aria-label={_("Ship order {number}", { number: one.number })}>{_("Ship")}</Button>
            )}
          </li>
        ))}
      </ul>
      {!all && items.length > most && <Button variant="subtle" onClick={() => setAll(true)}>{_("Show all {n}", { n: items.length })}</Button>}
    </section>
  );
}; // prettier-ignore

/** What is to be sent today, and all shipments. */
export const ShipmentsPage = () => {
  const { _ } = useLingui();
  const object = objectOf("shipments");
  const [total, setTotal] = useState("");
  if (!object) return null;
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>}>
      <ToShip />
      <RecordTable
        object={object}
        onTotal={setTotal}
        empty={{
          words: _(
            "What you sent stands here, with its carrier and its arrival. Orders are shipped on their own page.",
          ),
        }}
      />
    </Page>
  );
};
