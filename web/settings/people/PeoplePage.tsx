import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../kit/boot.ts";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { Invite } from "./Invite.tsx";
import { Invitations } from "./Invitations.tsx";
import { MemberRow } from "./MemberRow.tsx";
import { memberKey, people } from "./people.ts";
import { roleWords } from "./roles.ts";
import "../../records/records.css";

const Roles = () => {
  const { _ } = useLingui();
  return (
    <dl className="facts">
      {Object.values(roleWords).map(({ label, lead }) => (
        <div key={label}>
          <dt>{_(label)}</dt>
          <dd>{_(lead)}</dd>
        </div>
      ))}
    </dl>
  );
};

/** Members with their roles, invitations under way, and what each role may do. */
export const PeoplePage = () => {
  const { _ } = useLingui();
  const members = useQuery({ queryKey: memberKey, queryFn: () => people().list({ limit: 200 }) });
  const manages = may("people.manage");
  return (
    <Settings title={_("People")} lead={_("Everybody who works with these customers.")} wide>
      {manages && <Invite />}
      <section className="settings-part" aria-labelledby="members">
        <h2 className="h" id="members">
          {_("Members")}
        </h2>
        <Ask asked={members}>
          {(found) => (
            <ul className="rows">
              {found.items.map((member) => (
                <MemberRow key={member.id} member={member} manages={manages} />
              ))}
            </ul>
          )}
        </Ask>
      </section>
      {manages && <Invitations />}
      <section className="settings-part" aria-labelledby="roles">
        <h2 className="h" id="roles">
          {_("What each role may do")}
        </h2>
        <Roles />
      </section>
    </Settings>
  );
};
