import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { boot, may, objectOf } from "../../../kit/boot.ts";
import { money, percent } from "../../../kit/format.ts";
import { RecordForm } from "../../../kit/form/RecordForm.tsx";
import { recordsOf, type Rec } from "../../../records/record.ts";
import type { PanelProps } from "../../../customers/panels.tsx";
import type { Opportunity } from "./told.ts";

const most = 6;

const Line = ({ deal }: { deal: Opportunity }) => {
  const { _ } = useLingui();
  const said = deal.status === "won" ? _("won") : deal.status === "lost" ? _("lost") : percent(deal.probability / 100);
  return (
    <li>
      <Link className="side-line line" to="/opportunities/$id" params={{ id: deal.id }}>
        <span className="fill clip">
          <bdi>{deal.name}</bdi> <span className="quiet small">{deal.status === "open" ? deal.stage?.title : ""}</span>
        </span>
        <span className="quiet small number">{money(deal.amount, deal.currency)} · {said}</span>
      </Link>
    </li>
  ); // prettier-ignore
};

/** The deals with a customer: what may be won, then what was decided, and the way to a new one. */
export const OpportunitiesPanel = ({ contactId, accountId }: PanelProps) => {
  const { _ } = useLingui();
  const object = objectOf("opportunities");
  const [adding, setAdding] = useState(false);
  const own = { field: contactId ? "contact_id" : "account_id", op: "is", value: contactId ?? accountId };
  const asked = useQuery({
    queryKey: ["opportunities", "of", contactId ?? accountId],
    queryFn: ({ signal }) => recordsOf("opportunities").list({ filter: own, sort: "-stage_since", limit: 50 }, signal),
    enabled: object !== undefined && may("opportunities.read"),
  });
  if (!object || !asked.data) return null;
  const all = asked.data.items as unknown as Opportunity[];
  const shown = [...all.filter((one) => one.status === "open"), ...all.filter((one) => one.status !== "open")].slice(0, most); // prettier-ignore
  const mayAdd = may("opportunities.create");
  if (all.length === 0 && !mayAdd) return null;
  const me = boot().me?.id;
  const given: Partial<Rec> = { ...(contactId ? { contact_id: contactId } : { account_id: accountId }), ...(me ? { owner_id: me } : {}) }; // prettier-ignore
  return (
    <section aria-label={_("Opportunities")}>
      <h3 className="part-title line">
        <span className="fill">{_("Opportunities")}</span>
        {mayAdd && <Button size="compact-xs" variant="subtle" onClick={() => setAdding(true)}>{_("New")}</Button>}
      </h3>
      <ul>{shown.map((deal) => <Line key={deal.id} deal={deal} />)}</ul>
      {adding && <RecordForm object={object} given={given} onClose={() => setAdding(false)} />}
    </section>
  ); // prettier-ignore
};
