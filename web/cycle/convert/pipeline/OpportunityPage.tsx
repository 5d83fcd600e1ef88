import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf, workspace } from "../../../kit/boot.ts";
import { money, percent } from "../../../kit/format.ts";
import { useKeys } from "../../../kit/keys.ts";
import { tell } from "../../../kit/notes.ts";
import { Page } from "../../../kit/Page.tsx";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { RecordForm } from "../../../kit/form/RecordForm.tsx";
import { FactList } from "../../../records/FactList.tsx";
import { andOwn } from "../../../records/record.ts";
import { Changes } from "../../../records/history/Changes.tsx";
import { Ask } from "../../../settings/Ask.tsx";
import { DealLines } from "./DealLines.tsx";
import { DealQuotes } from "./DealQuotes.tsx";
import { DealTasks } from "./DealTasks.tsx";
import { Spells } from "./Spells.tsx";
import { StagePath } from "./StagePath.tsx";
import { opportunities, opportunityOf, type Opportunity } from "./told.ts";
import { Chain } from "../../../timeline/Chain.tsx";
import "../../../customers/customers.css";
import "./board.css";

const shown = ["account_id", "contact_id", "owner_id", "type", "expected_close", "next_step", "next_step_at", "closed_at", "lost_reason_id", "currency", "rate", "description", "created_at"]; // prettier-ignore

const Figures = ({ deal }: { deal: Opportunity }) => {
  const { _ } = useLingui();
  const base = workspace().currency;
  return (
    <div className="stack">
      <p className="big-figure number">{money(deal.amount, deal.currency)}</p>
      <p className="quiet number">
        {_("{chance} likely, weighted {amount}", { chance: percent(deal.probability / 100), amount: money(Math.round((deal.base_amount * deal.probability) / 100), base) })}
      </p>
    </div>
  ); // prettier-ignore
};

/** One opportunity: where it stands, what it is about, how it came here, and whose it is. */
export const OpportunityPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const object = objectOf("opportunities");
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const asked = useQuery({ queryKey: ["opportunities", "one", id], queryFn: () => opportunityOf(id) });
  const deal = asked.data;
  const mayEdit = may("opportunities.update") && deal !== undefined && !deal.deleted_at;
  useKeys(mayEdit ? [{ keys: "e", label: _("Edit"), group: _("This opportunity"), run: () => setEditing(true) }] : []);
  if (!object) return null;
  const again = () => cache.invalidateQueries({ queryKey: ["opportunities"] });
  const trash = async (): Promise<void> => {
    try {
      await opportunities().trash({ id });
      done(_("{name} moved to the trash", { name: deal?.name ?? "" }), () => opportunities().restore({ id }).then(again));
      void again();
      void navigate({ to: "/opportunities" });
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  }; // prettier-ignore
  return (
    <Page
      title={deal?.name ?? _(object.label)}
      note={<Link to="/opportunities" className="link">{_(object.label_plural)}</Link>}
      actions={deal && <>
        {may("opportunities.delete") && !deal.deleted_at && <Button variant="default" onClick={() => void trash()}>{_("Move to the trash")}</Button>}
        {may("quotes.create") && !deal.deleted_at && <Button component={Link} to={`/quotes/new?opportunity=${id}`} variant="default">{_("New quote")}</Button>}
        {mayEdit && <Button onClick={() => setEditing(true)}>{_("Edit")}</Button>}
      </>}
    >
      {deal && <Chain noun="opportunity" id={id} of={deal} />}
      <Ask asked={asked}>
        {(found) => (
          <>
            {found.deleted_at && <p className="note" data-tone="amber">{_("This opportunity is in the trash.")}</p>}
            <StagePath deal={found} />
            <div className="deal">
              <div className="deal-side stack">
                <Figures deal={found} />
                <FactList object={object} record={found} only={andOwn(object, found.currency === workspace().currency ? shown.filter((name) => name !== "rate") : shown)} />
              </div>
              <div className="deal-main stack">
                <DealTasks id={id} />
                <DealLines deal={found} />
                <DealQuotes id={id} open={found.status === "open" && !found.deleted_at} />
                <Spells deal={found} />
                <section aria-labelledby="changes">
                  <h2 className="part-title" id="changes">{_("Changes")}</h2>
                  <Changes plural="opportunities" object={object} record={found} />
                </section>
              </div>
            </div>
            {editing && <RecordForm object={object} record={found} onClose={() => setEditing(false)} />}
          </>
        )}
      </Ask>
    </Page>
  ); // prettier-ignore
};
