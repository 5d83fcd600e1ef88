import { useState } from "react";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { Failed } from "../../sign-in/Failed.tsx";
import { useDoorForm } from "../../sign-in/useDoorForm.ts";
import { Secret } from "../Secret.tsx";
import { invitationKey, people, type Invited } from "./people.ts";
import { useRoles } from "./useRoles.ts";

/** What became of an invitation: sent, or a link to pass on by hand. */
export const InvitedNote = ({ invited }: { invited: Invited }) => {
  const { _ } = useLingui();
  return (
    <div className="note" role="status">
      <p>{_(invited.message)}</p>
      {invited.link && <Secret text={invited.link} label={_("Link of the invitation")} />}
      {invited.link && <p className="quiet small">{_("It works once, for seven days, and is not shown again.")}</p>}
    </div>
  );
};

const InviteForm = ({ onInvited }: { onInvited: (invited: Invited) => void }) => {
  const { _ } = useLingui();
  const { choices } = useRoles();
  const { field, failed, busy, form, values } = useDoorForm({ email: "", role: "agent" }, async (told) =>
    onInvited(await people().invite({ email: told.email, role: told.role })),
  );
  return (
    <>
      <form {...form} className="inline-form" noValidate>
        <TextInput
          {...field("email")}
          label={_("Invite by e-mail")}
          type="email"
          maxLength={320}
          autoComplete="off"
          placeholder="mira@example.com"
        />
        <NativeSelect {...field("role")} label={_("Role")} data={choices.filter((role) => role.value !== "owner")} />
        <Button type="submit" loading={busy} disabled={values.email.trim() === ""}>
          {_("Invite")}
        </Button>
      </form>
      <Failed words={failed} />
    </>
  );
};

/** Invites somebody by e-mail, with a role that is not above one's own. */
export const Invite = () => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [invited, setInvited] = useState<Invited>();
  const onInvited = (answer: Invited): void => {
    setInvited(answer);
    void cache.invalidateQueries({ queryKey: invitationKey });
  };
  return (
    <section className="stack" aria-label={_("Invite somebody")}>
      <InviteForm key={invited?.invitation.id ?? "first"} onInvited={onInvited} />
      {invited && <InvitedNote invited={invited} />}
    </section>
  );
};
