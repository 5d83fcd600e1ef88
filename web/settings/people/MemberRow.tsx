import { useState } from "react";
import { Button, NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { useBoot } from "../../kit/boot.ts";
import { instant } from "../../kit/format.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { invitationKey, memberKey, people, type Member } from "./people.ts";
import { mayGive } from "./roles.ts";
import { useRoles } from "./useRoles.ts";

/** A member: who, last seen, the role, and the way out. Removing cannot be taken back by us, so it is asked once more. */
export const MemberRow = ({ member, manages }: { member: Member; manages: boolean }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const { me } = useBoot();
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const again = () => Promise.all([memberKey, invitationKey].map((queryKey) => cache.invalidateQueries({ queryKey })));
  const attempt = async (act: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    try {
      await act();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    } finally {
      setBusy(false);
      setSure(false);
      await again();
    }
  };
  const { nameOf, choices } = useRoles();
  const now = member.role_id ?? member.role;
  const give = (role: string): Promise<void> =>
    attempt(async () => {
      await people().changeRole({ id: member.id, role });
      done(_("{name} is now: {role}", { name: member.name, role: nameOf(role) }), () =>
        people().changeRole({ id: member.id, role: now }).then(again),
      );
    });
  const remove = (): Promise<void> =>
    attempt(async () => {
      await people().remove({ id: member.id });
      tell(_("{name} no longer works here. Everything they did stays.", { name: member.name }));
    });
  const roles = mayGive(me?.role ?? "");
  const mine = member.id === me?.id;
  const changeable = manages && roles.includes(member.role);
  return (
    <li>
      <span className="who fill">
        <strong>
          <bdi>{member.name}</bdi> {mine && <span className="quiet small">{_("you")}</span>}
        </strong>
        <bdi className="quiet small">{member.email}</bdi>
      </span>
      <span className="quiet small number">
        {member.last_seen_at ? _("seen {when}", { when: instant(member.last_seen_at) }) : _("never signed in")}
      </span>
      {changeable ? (
        <NativeSelect
          aria-label={_("Role of {name}", { name: member.name })}
          value={now}
          disabled={busy}
          data={choices}
          onChange={(event) => void give(event.currentTarget.value)}
        />
      ) : (
        <span>{nameOf(now)}</span>
      )}
      {changeable &&
        (sure ? (
          <span className="line" role="group" aria-label={_("Remove {name}?", { name: member.name })}>
            <Button color="red" loading={busy} data-autofocus onClick={() => void remove()}>
              {mine ? _("Leave for good") : _("Remove for good")}
            </Button>
            <Button variant="default" onClick={() => setSure(false)}>
              {_("Keep")}
            </Button>
          </span>
        ) : (
          <Button
            variant="default"
            aria-label={mine ? _("Leave this company") : _("Remove {name}", { name: member.name })}
            onClick={() => setSure(true)}
          >
            {mine ? _("Leave") : _("Remove")}
          </Button>
        ))}
    </li>
  );
};
