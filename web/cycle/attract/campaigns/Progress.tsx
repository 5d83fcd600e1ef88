import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { count, instant } from "../../../kit/format.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { campaigns, type Told } from "./told.ts";

const sumOf = (c: Told, ...states: string[]): number =>
  c.counts.filter((one) => states.includes(one.state)).reduce((sum, one) => sum + one.n, 0);

const tones = { sent: "green", held: "amber", rejected: "red", unknown: "violet", waiting: "gray" } as const;

/** How far a started campaign is, and what can be done about it. */
export const Progress = ({ campaign }: { campaign: Told }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [asking, setAsking] = useState<"cancel" | "again" | null>(null);
  const again = () => cache.invalidateQueries({ queryKey: ["campaigns"] });
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      await again();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  const { id } = campaign;
  const parts = {
    sent: sumOf(campaign, "sent"), held: sumOf(campaign, "held"), rejected: sumOf(campaign, "rejected", "cancelled"), unknown: sumOf(campaign, "unknown"),
    waiting: sumOf(campaign, "planned", "claimed", "submitting", "deferred"),
  }; // prettier-ignore
  const words = { sent: _("sent"), held: _("held back"), rejected: _("refused or called off"), unknown: _("in doubt"), waiting: _("waiting") };
  const total = campaign.planned_count;
  const maySend = may("campaigns.send");
  return (
    <section className="stack campaign-progress" aria-label={_("Progress")}>
      <div className="campaign-bar" role="img" aria-label={_("{sent} of {total} sent", { sent: count(parts.sent), total: count(total) })}>
        {(Object.keys(parts) as (keyof typeof parts)[]).map((part) => parts[part] > 0 && <span key={part} data-tone={tones[part]} style={{ inlineSize: `${(parts[part] / Math.max(total, 1)) * 100}%` }} />)}
      </div>
      <p className="line campaign-acts small">
        {(Object.keys(parts) as (keyof typeof parts)[]).map((part) => parts[part] > 0 && <span key={part} className="line number"><span className="dot" data-tone={tones[part]} aria-hidden />{count(parts[part])} {words[part]}</span>)}
        <span className="quiet number">{_("together {total}", { total: count(total) })}</span>
      </p>
      <p className="quiet small">
        {campaign.started_at && _("Started on {when}.", { when: instant(campaign.started_at) })}{" "}
        {campaign.member_count !== null && _("Of {members} in the segment {without} had not agreed to news.", { members: count(campaign.member_count), without: count(campaign.without_consent ?? 0) })}
      </p>
      {campaign.pause && <p className="note" data-tone="amber" role="status">{campaign.pause}</p>}
      {maySend && (
        <div className="line campaign-acts">
          {campaign.state === "sending" && <Button variant="default" onClick={() => void act(() => campaigns().pause({ id }))}>{_("Pause")}</Button>}
          {campaign.state === "paused" && <Button onClick={() => void act(() => campaigns().resume({ id }))}>{_("Go on")}</Button>}
          {(campaign.state === "sending" || campaign.state === "paused") && <Button variant="default" onClick={() => setAsking("cancel")}>{_("Call off")}</Button>}
          {parts.unknown > 0 && campaign.state !== "cancelled" && <Button variant="default" onClick={() => setAsking("again")}>{_("{n, plural, one {# in doubt: send again} other {# in doubt: send again}}", { n: parts.unknown })}</Button>}
        </div>
      )}
      {asking === "cancel" && (
        <Dialog title={_("Call off {name}", { name: campaign.name })} verb={_("Call off")} danger fields={[]} onClose={() => setAsking(null)} onSubmit={async () => { await campaigns().cancel({ id }); await again(); }}>
          {() => <p>{_("{n, plural, one {# mail has} other {# mails have}} not left yet and will not. This cannot be taken back.", { n: parts.waiting })}</p>}
        </Dialog>
      )}
      {asking === "again" && (
        <Dialog title={_("Send again what is in doubt")} verb={_("Send again")} fields={[]} onClose={() => setAsking(null)} onSubmit={async () => { await campaigns().again({ id }); await again(); }}>
          {() => <p>{_("The connection broke while these mails were handed over, so nobody knows whether they arrived. Sent again, some people may get the mail twice.")}</p>}
        </Dialog>
      )}
    </section>
  );
}; // prettier-ignore
