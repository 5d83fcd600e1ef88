import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { count, date, money, total } from "../../kit/format.ts";
import { offers, request } from "../../kit/client.ts";
import { sentenceOf } from "../../kit/problem.ts";
import type { ListAnswer, Pointed } from "../../records/record.ts";

interface Purchase {
  id: string;
  order_id: string;
  quantity: number | string;
  total: number;
  currency: string;
  placed_at: string;
  contact?: Pointed | null;
  order?: Pointed | null;
}

/** Who bought a product last, and in how many order lines it was sold. */
export const Purchases = ({ id, most }: { id: string; most: number }) => {
  const { _ } = useLingui();
  const bought = useQuery({
    queryKey: ["order_lines", "of", id, most],
    queryFn: ({ signal }) =>
      request<ListAnswer<Purchase>>(
        "GET /order-lines",
        { filter: { field: "product_id", op: "is", value: id }, sort: "-placed_at", limit: most },
        signal,
      ),
    enabled: offers("order_lines.list"),
  });
  const lines = bought.data?.items ?? [];
  return (
    <section aria-label={_("Bought last")}>
      <h2 className="part-title line">
        <span className="fill">{_("Bought last")}</span>
        {bought.data && <span className="quiet number">{_("{n} order lines", { n: total(bought.data.total) })}</span>}
      </h2>
      {bought.isError && <p role="alert">{sentenceOf(bought.error)}</p>}
      {bought.data && lines.length === 0 && <p className="quiet">{_("Nobody has bought it yet.")}</p>}
      <ul className="bought">
        {lines.map((line) => (
          <li key={line.id}>
            <Link to="/orders/$id" params={{ id: line.order_id }} className="line">
              <span className="fill clip">
                <bdi>{line.contact?.title ?? _("Nobody known")}</bdi>{" "}
                <span className="quiet small">{_("order {number}", { number: line.order?.title ?? "—" })}</span>
              </span>
              <span className="quiet small number">{date(line.placed_at)}</span>
              <span className="number">{count(Number(line.quantity))} ×</span>
              <span className="number">{money(line.total, line.currency)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};
