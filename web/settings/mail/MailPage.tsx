import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { MailApi } from "#attract/channels";
import { client } from "../../kit/client.ts";
import { count } from "../../kit/format.ts";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { MailForm } from "./MailForm.tsx";
import { Suppressions } from "./Suppressions.tsx";

const State = () => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["mail", "state"], queryFn: () => client<MailApi>("mail").state({}), refetchInterval: 10_000 });
  return (
    <Ask asked={asked}>
      {(state) => (
        <section className="stack" aria-label={_("How sending stands")}>
          <p className="note" data-tone={state.leaves ? "green" : "amber"}>
            {state.leaves
              ? _("Mails leave through your mail server, from {name} <{address}>.", { name: state.sender.name, address: state.sender.address })
              : _("No mail server is set (SMTP_URL): nothing leaves this machine, mails lie as files in the outbox of the data folder.")}
          </p>
          <p className="quiet number">
            {_("{sent} sent and {held} held back in 30 days; {waiting} waiting, {unknown} in doubt.", { sent: count(state.sent_30_days), held: count(state.held_30_days), waiting: count(state.waiting), unknown: count(state.unknown) })}
          </p>
          {state.paused.map((p) => <p key={p.source_id} className="note" data-tone="red" role="alert">{p.reason}</p>)}
        </section>
      )}
    </Ask>
  );
}; // prettier-ignore

/** Who mails come from, how many a customer gets at most, and who gets none. */
export const MailPage = () => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["mail", "settings"], queryFn: () => client<MailApi>("mail").settings({}) });
  return (
    <Settings
      title={_("Mail and budget")}
      lead={_("Who mails come from, how many a customer gets at most, and which addresses get none.")}
    >
      <State />
      <Ask asked={asked}>{(found) => <MailForm settings={found} />}</Ask>
      <Suppressions />
    </Settings>
  );
};
