import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import { may, objectOf } from "../kit/boot.ts";
import { money, total } from "../kit/format.ts";
import { recordsOf, type Rec } from "../records/record.ts";
import { shortDay } from "./days.ts";
import type { SubjectKind } from "./told.ts";
import { figureIn, textIn } from "./values.ts";

const shown = 6; // lines

const useOf = (plural: string, filter: Condition, sort: string) =>
  useQuery({
    queryKey: [plural, "of", filter],
    queryFn: ({ signal }) => recordsOf(plural).list({ filter, sort, limit: shown }, signal),
    enabled: objectOf(plural) !== undefined && may(`${plural}.read`),
  });

const OrderLine = ({ order, said, about }: { order: Rec; said: string; about: string }) => {
  const number = textIn(order, "number", "—");
  return (
    <li>
      <Link className="side-line line" to="/orders/$id" params={{ id: order.id }}>
        <span className="fill">
          <bdi>{number}</bdi> <span className="quiet small">{about}</span>
        </span>
        <span className="quiet small number">{said}</span>
      </Link>
    </li>
  );
};

/** What is open with a customer: orders that are not paid in full, with what is due; and what came back lately. */
export const Open = ({ subject, record }: { subject: SubjectKind; record: Rec }) => {
  const { _ } = useLingui();
  const own: Condition = { field: `${subject}_id`, op: "is", value: record.id };
  const unpaid: Condition = { all: [own, { field: "payment_status", op: "in", value: ["unpaid", "part_paid"] }, { field: "status", op: "in", value: ["open"] }] }; // prettier-ignore
  const orders = useOf("orders", unpaid, "-placed_at");
  const latest = useOf("orders", own, "-placed_at");
  const returns = useOf("returns", own, "-returned_at");
  if (!orders.data) return null;
  const open = orders.data.items;
  const recent = (latest.data?.items ?? []).filter((order) => !open.some((one) => one.id === order.id));
  const currencyOf = (one: Rec): string => textIn(one, "currency");
  return (
    <>
      <section aria-label={_("Open")}>
        <h3 className="part-title line">
          <span className="fill">{_("Open")}</span> {open.length > 0 && <span className="quiet number">{total(orders.data.total)}</span>}
        </h3>
        {open.length === 0 && <p className="quiet">{_("Nothing is open.")}</p>}
        <ul>
          {open.map((order) => (
            <OrderLine key={order.id} order={order} about={shortDay(textIn(order, "placed_at"))} said={_("{amount} due", { amount: money(figureIn(order, "total") - figureIn(order, "paid"), currencyOf(order)) })} />
          ))}
        </ul>
      </section>
      {recent.length > 0 && (
        <section aria-label={_("Latest orders")}>
          <h3 className="part-title line">
            <span className="fill">{_("Latest orders")}</span>
            <Link className="link small" to="/orders" search={{ filter: own }}>{_("All {n}", { n: latest.data ? total(latest.data.total) : "" })}</Link>
          </h3>
          <ul>
            {recent.map((order) => (
              <OrderLine key={order.id} order={order} about={shortDay(textIn(order, "placed_at"))} said={money(figureIn(order, "total"), currencyOf(order))} />
            ))}
          </ul>
        </section>
      )}
      {returns.data && returns.data.items.length > 0 && (
        <section aria-label={_("Returns")}>
          <h3 className="part-title line">
            <span className="fill">{_("Returns")}</span> <span className="quiet number">{total(returns.data.total)}</span>
          </h3>
          <ul>
            {returns.data.items.map((one) => {
              const order = one["order_id"];
              const face = (
                <>
                  <span className="fill"><bdi>{textIn(one, "number", "—")}</bdi> <span className="quiet small">{shortDay(textIn(one, "returned_at"))}</span></span>
                  <span className="quiet small number">{money(figureIn(one, "total"), currencyOf(one))}</span>
                </>
              );
              return <li key={one.id}>{typeof order === "string" ? <Link className="side-line line" to="/orders/$id" params={{ id: order }}>{face}</Link> : <span className="side-line line">{face}</span>}</li>;
            })}
          </ul>
        </section>
      )}
    </>
  ); // prettier-ignore
};
