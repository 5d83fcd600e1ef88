import { useLingui } from "@lingui/react";
import { Button } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { tell } from "../../../kit/notes.ts";
import { Page } from "../../../kit/Page.tsx";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { OwnFacts } from "../../../records/OwnFacts.tsx";
import type { Rec } from "../../../records/record.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { CampaignEdit } from "./CampaignEdit.tsx";
import { Progress } from "./Progress.tsx";
import { ReportOf } from "./ReportOf.tsx";
import { campaignOf, campaigns, useCampaignsLive, type Told } from "./told.ts";
import { Chain } from "../../../timeline/Chain.tsx";
import "./campaigns.css";

const isOpen = (c: Told): boolean => c.state === "draft" || c.state === "scheduled";

const useActs = (id: string) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const again = () => cache.invalidateQueries({ queryKey: ["campaigns"] });
  const safely = (work: () => Promise<void>) => (): void =>
    void work().catch((thrown: unknown) => tell(sentenceOf(thrown), { tone: "bad" }));
  return {
    copy: safely(async () => {
      const made = await campaigns().copy({ id });
      await again();
      void navigate({ to: "/campaigns/$id", params: { id: made.id } });
      done(_("Copied into a new draft"), () => campaigns().trash({ id: made.id }).then(again));
    }),
    trash: safely(async () => {
      await campaigns().trash({ id });
      done(_("Moved to the trash"), () => campaigns().restore({ id }).then(again));
      void again();
      void navigate({ to: "/campaigns" });
    }),
  };
};

/** One campaign: its mail while it is a draft, what became of it afterwards. */
export const CampaignPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const object = objectOf("campaigns");
  useCampaignsLive();
  const asked = useQuery({
    queryKey: ["campaigns", id],
    queryFn: () => campaignOf(id),
    refetchInterval: ({ state }) => (state.data?.state === "sending" ? 3000 : false),
  });
  const acts = useActs(id);
  if (!object) return null;
  const found = asked.data;
  const stateLabel = object.fields.find((f) => f.name === "state")?.choices?.find((c) => c.value === found?.state);
  const note = <><Link to="/campaigns" className="link">{_(object.label_plural)}</Link>{stateLabel && <> · <span className="dot" data-tone={stateLabel.tone} aria-hidden /> {_(stateLabel.label)}</>}</>;
  const trashable = found && !found.deleted_at && !["sending", "paused", "scheduled"].includes(found.state);
  return (
    <Page title={found?.name ?? _(object.label)} note={note} actions={found && <>
      {may("campaigns.delete") && trashable && <Button variant="default" onClick={acts.trash}>{_("Move to the trash")}</Button>}
      {may("campaigns.create") && <Button variant="default" onClick={acts.copy}>{_("Copy")}</Button>}
    </>}>
      <Chain noun="campaign" id={id} />
      <Ask asked={asked}>
        {(c) => (
          <div className="campaign">
            {c.deleted_at && <p className="note" data-tone="amber">{_("This campaign is in the trash.")}</p>}
            {c.note && <p className="note" data-tone="amber" role="status">{c.note}</p>}
            <OwnFacts object={object} record={c as unknown as Rec} />
            {isOpen(c) ? <CampaignEdit key={c.id} campaign={c} /> : <><Progress campaign={c} /><ReportOf campaign={c} /></>}
          </div>
        )}
      </Ask>
    </Page>
  );
}; // prettier-ignore
