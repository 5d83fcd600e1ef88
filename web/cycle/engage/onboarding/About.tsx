import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { objectOf } from "../../../kit/boot.ts";
import { instant } from "../../../kit/format.ts";
import { Changes } from "../../../records/history/Changes.tsx";
import { recordsOf } from "../../../records/record.ts";
import type { Told } from "./told.ts";

const History = ({ id }: { id: string }) => {
  const { _ } = useLingui();
  const object = objectOf("onboardings");
  const asked = useQuery({ queryKey: ["onboardings", "one", id], queryFn: ({ signal }) => recordsOf("onboardings").get(id, signal) }); // prettier-ignore
  if (!object || !asked.data) return null;
  return (
    <section aria-labelledby="changes">
      <h2 className="part-title" id="changes">{_("Changes")}</h2>
      <Changes plural="onboardings" object={object} record={asked.data} />
    </section>
  ); // prettier-ignore
};

/** Whom it is about, where it came from, and the way to what the customer sees. */
export const About = ({ told }: { told: Told }) => {
  const { _ } = useLingui();
  const { contact, account, order, product, owner } = told;
  return (
    <aside className="onboarding-about" aria-label={_("About")}>
      <dl>
        {contact && <><dt>{_("Customer")}</dt><dd><Link className="link" to="/contacts/$id" params={{ id: contact.id }}><bdi>{contact.name}</bdi></Link></dd></>}
        {account && <><dt>{_("Account")}</dt><dd><Link className="link" to="/accounts/$id" params={{ id: account.id }}><bdi>{account.name}</bdi></Link></dd></>}
        {order && <><dt>{_("Order")}</dt><dd><Link className="link" to="/orders/$id" params={{ id: order.id }}><bdi>{order.number}</bdi></Link></dd></>}
        {product && <><dt>{_("Product")}</dt><dd><Link className="link" to="/products/$id" params={{ id: product.id }}><bdi>{product.name}</bdi></Link></dd></>}
        <dt>{_("Plan")}</dt><dd><Link className="link" to="/plans/$id" params={{ id: told.plan_id }}><bdi>{told.plan}</bdi></Link> <span className="quiet small">{_("version {n}", { n: told.plan_version })}</span></dd>
        <dt>{_("Owner")}</dt><dd>{owner ? <bdi>{owner.name}</bdi> : <span className="quiet">{_("nobody")}</span>}</dd>
        <dt>{_("Started")}</dt><dd>{instant(told.started_at)}</dd>
        <dt>{_("Last progress")}</dt><dd>{instant(told.last_progress_at)}</dd>
        {told.status === "running" && told.stall_at && <><dt>{_("Stalls")}</dt><dd>{instant(told.stall_at)}</dd></>}
      </dl>
      {told.url && <p className="small"><a className="link" href={told.url} target="_blank" rel="noreferrer">{_("What the customer sees")}</a></p>}
      <History id={told.id} />
    </aside>
  ); // prettier-ignore
};
