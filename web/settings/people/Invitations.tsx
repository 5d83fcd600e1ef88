import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { instant } from "../../kit/format.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { Ask } from "../Ask.tsx";
import { InvitedNote } from "./Invite.tsx";
import { invitationKey, people, type Invitation, type Invited } from "./people.ts";
import { useRoles } from "./useRoles.ts";

const Row = ({ invitation, onInvited }: { invitation: Invitation; onInvited: (invited: Invited) => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const { nameOf } = useRoles();
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await act();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    } finally {
      setBusy(false);
      await cache.invalidateQueries({ queryKey: invitationKey });
    }
  };
  const resend = () => attempt(async () => onInvited(await people().resend({ id: invitation.id })));
  const revoke = () =>
    attempt(async () => {
      await people().revokeInvitation({ id: invitation.id });
      tell(_("The link of {email} no longer works", { email: invitation.email }));
    });
  const expired = invitation.state === "expired";
  return (
    <li>
      <span className="who fill">
        <strong>
          <bdi>{invitation.email}</bdi>
        </strong>
        <span className="quiet small">
          {_("{role}, invited by {name}", { role: nameOf(invitation.role_id ?? invitation.role), name: invitation.inviter })}
        </span>
      </span>
      <span className="chip" data-tone={expired ? "red" : "blue"}>
        <span className="dot" />
        {expired ? _("Expired") : _("until {when}", { when: instant(invitation.expires_at) })}
      </span>
      <Button variant="default" disabled={busy} aria-label={_("Send again to {email}", { email: invitation.email })} onClick={() => void resend()}>
        {_("Send again")}
      </Button>
      <Button variant="default" disabled={busy} aria-label={_("Take back the invitation of {email}", { email: invitation.email })} onClick={() => void revoke()}>
        {_("Take back")}
      </Button>
    </li>
  ); // prettier-ignore
};

/** Invitations that nobody has accepted yet. */
export const Invitations = () => {
  const { _ } = useLingui();
  const [invited, setInvited] = useState<Invited>();
  const open = useQuery({ queryKey: invitationKey, queryFn: () => people().invitations({ limit: 200 }) });
  return (
    <section className="settings-part" aria-labelledby="invited">
      <h2 className="h" id="invited">
        {_("Invited")}
      </h2>
      {invited && <InvitedNote invited={invited} />}
      <Ask asked={open}>
        {(found) =>
          found.items.length === 0 ? (
            <p className="quiet">{_("Nobody is invited at the moment.")}</p>
          ) : (
            <ul className="rows">
              {found.items.map((invitation) => (
                <Row key={invitation.id} invitation={invitation} onInvited={setInvited} />
              ))}
            </ul>
          )
        }
      </Ask>
    </section>
  );
};
