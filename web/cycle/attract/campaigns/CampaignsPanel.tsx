import { useState } from "react";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { offers } from "../../../kit/client.ts";
import { shortDay } from "../../../customers/days.ts";
import type { PanelProps } from "../../../customers/panels.tsx";
import { mail, useCampaignsLive, type Mail } from "./told.ts";
import "./campaigns.css";

const shown = 5;

const MailLine = ({ one }: { one: Mail }) => {
  const { _ } = useLingui();
  const did = one.clicked ? _("clicked") : one.opened ? _("opened") : null;
  const words = one.state === "sent" ? did : one.state === "held" ? _("held back: {reason}", { reason: one.reason ?? "" }) : (one.reason ?? _("on its way"));
  const line = (
    <>
      <span className="line"><bdi className="fill clip">{one.subject}</bdi><span className="quiet small number">{shortDay(one.sent_at ?? one.created_at)}</span></span>
      {words && <span className="quiet small">{words}</span>}
    </>
  );
  if (one.source !== "campaign") return <div className="side-line campaign-mail">{line}</div>;
  return <Link className="side-line campaign-mail" to="/campaigns/$id" params={{ id: one.source_id }}>{line}</Link>;
}; // prettier-ignore

const useMails = (contactId: string | undefined): readonly Mail[] | undefined => {
  useCampaignsLive();
  const asked = useQuery({
    queryKey: ["mails", "of", contactId],
    queryFn: async () => (await mail().of({ id: contactId ?? "" })) as unknown as { items: Mail[] },
    enabled: contactId !== undefined && offers("mail.of") && may("mail.read"),
  });
  return asked.data?.items;
};

const lately = 30 * 86_400_000; // ms

/** What was held back from a customer in the last 30 days, and why. */
export const MailsAhead = ({ contactId }: PanelProps) => {
  const { _ } = useLingui();
  const [since] = useState(() => Date.now() - lately);
  const held = (useMails(contactId) ?? []).filter((one) => one.state === "held" && Date.parse(one.created_at) > since);
  return held.slice(0, 2).map((one) => (
    <li key={one.id}>
      <div className="side-line line">
        <bdi className="fill clip">{_("Held back: {subject}", { subject: one.subject })}</bdi>
        <bdi className="quiet small clip">{one.reason}</bdi>
      </div>
    </li>
  ));
};

/** What a customer was sent lately, and what was held back and why. */
export const CampaignsPanel = ({ contactId }: PanelProps) => {
  const { _ } = useLingui();
  const mails = useMails(contactId);
  if (!mails || mails.length === 0) return null;
  return (
    <section aria-label={_("Campaigns and mails")}>
      <h3 className="part-title">{_("Campaigns and mails")}</h3>
      <ul>{mails.slice(0, shown).map((one) => <li key={one.id}><MailLine one={one} /></li>)}</ul>
    </section>
  );
}; // prettier-ignore
