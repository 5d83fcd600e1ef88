import { Button, Tooltip } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { may } from "../kit/boot.ts";
import { offers } from "../kit/client.ts";
import { useDueActs } from "../day/acts.ts";
import { useDay } from "../day/told.ts";
import type { PanelProps } from "./panels.tsx";

/** The most pressing of what is due with a customer, with its reason and its act. */
export const NextStep = ({ contactId, accountId }: PanelProps) => {
  const { _ } = useLingui();
  const day = useDay(contactId ? { contact_id: contactId } : { account_id: accountId ?? "" });
  const { act, later, notThis } = useDueActs();
  const due = day.data?.items[0];
  if (!due) return null;
  return (
    <section className="next-step" aria-label={_("The next step")}>
      <h3>
        {_("Next:")} <bdi>{due.title}</bdi>
      </h3>
      <p className="quiet">
        <bdi>{due.reason}</bdi>
      </p>
      <div className="line">
        <Button size="xs" className="next-act" onClick={() => act(due)}>{due.act.label}</Button>
        <Button size="xs" variant="default" onClick={() => later(due)}>{_("Later")}</Button>
        {offers("myDay.notThis") && may("contacts.update") && (
          <Tooltip multiline maw={260} label={_("Takes it out of your day for good. The timeline says that you turned it down; colleagues see it still.")}>
            <Button size="xs" variant="default" onClick={() => notThis(due)}>{_("Not this")}</Button>
          </Tooltip>
        )}
      </div>
    </section>
  ); // prettier-ignore
};
