import { sql } from "kysely";
import { invalid, Refused } from "#kernel/refusal";
import type { Role } from "#platform/context";
import type { Db } from "#platform/postgres";
import { audited } from "../audit.ts";
import type { Desk } from "../desk.ts";
import { limits, networkOf, rateLimit } from "../limits/rate.ts";
import { sha256 } from "../secrets.ts";
import { enter, emailBucket } from "../sign-in/enter.ts";
import { hash, refuseWeak, verify } from "../sign-in/password.ts";
import { insertPerson, personByEmail, type Person } from "../sign-in/people.ts";
import type { Visitor } from "../visitor.ts";

interface OpenInvitation {
  id: string;
  workspace_id: string;
  email: string;
  role: Role;
  role_id: string | null;
  inviter: string;
  workspace: string;
}

export interface ShownInvitation {
  workspace: string;
  inviter: string;
  email: string;
  role: Role;
  /** The address already signs in to Rondo: its own password is asked for, not a new one. */
  has_account: boolean;
}

const gone = (): Refused =>
  new Refused(
    "not-found",
    "invitation.gone",
    "This invitation has been used, taken back or is too old. Ask for a new one.",
  );

async function find(desk: Desk, visitor: Visitor, token: string): Promise<OpenInvitation> {
  await rateLimit(desk.database.control, `invitation:${networkOf(visitor.ip)}`, limits.linkByIp, desk.clock());
  const { rows } = await sql<OpenInvitation>`
    select i.id, i.workspace_id, i.email, i.role, i.role_id, i.inviter, w.name as workspace from invitations i join workspaces w on w.id = i.workspace_id
     where i.token_hash = ${sha256(token)} and i.accepted_at is null and i.revoked_at is null and i.expires_at > ${desk.clock()}`.execute(
    desk.database.control,
  );
  if (!rows[0]) throw gone();
  return rows[0];
}

/** Who invites whom to what, for whoever holds the link. */
export async function showInvitation(desk: Desk, visitor: Visitor, token: string): Promise<ShownInvitation> {
  const { workspace, inviter, email, role } = await find(desk, visitor, token);
  return { workspace, inviter, email, role, has_account: (await personByEmail(desk.database.control, email)) !== null };
}

/** Accepts an invitation once: makes the person (or takes the one with that address, by their own password), the member, a session. */
export async function acceptInvitation(
  desk: Desk,
  visitor: Visitor,
  given: { token: string; name: string; password: string },
): Promise<void> {
  const invitation = await find(desk, visitor, given.token);
  const known = await personByEmail(desk.database.control, invitation.email);
  if (known) await provePerson(desk, known, given.password);
  else refuseWeak(given.password, invitation.email);
  const hashed = known ? "" : await hash(given.password);
  await desk.database.control.transaction().execute(async (db) => {
    await useUp(db, invitation, desk.clock());
    const person =
      known ?? (await insertPerson(db, { name: given.name, email: invitation.email, hashed, at: desk.clock() }));
    await join(db, invitation, person, desk.clock());
  });
  desk.known.forget();
  await enter(desk, visitor, { email: invitation.email, password: given.password });
}

async function provePerson(
  desk: Desk,
  person: { email: string; hashed: string | null },
  password: string,
): Promise<void> {
  await rateLimit(desk.database.control, emailBucket("sign-in", person.email), limits.signInByEmail, desk.clock());
  if (person.hashed !== null && (await verify({ hash: person.hashed, password }))) return;
  throw invalid(
    "password",
    "You sign in to Rondo with this address already: please enter that password.",
    "invitation.wrong-password",
  );
}

async function useUp(db: Db, invitation: OpenInvitation, at: Date): Promise<void> {
  const { rows } = await sql`
    update invitations set accepted_at = ${at} where id = ${invitation.id} and accepted_at is null and revoked_at is null returning 1`.execute(
    db,
  );
  if (!rows.length) throw gone();
}

async function join(db: Db, invitation: OpenInvitation, person: Person, at: Date): Promise<void> {
  await sql`insert into members (workspace_id, user_id, role, role_id, joined_at) values (${invitation.workspace_id}, ${person.id}, ${invitation.role}, ${invitation.role_id}, ${at})
            on conflict (workspace_id, user_id) do nothing`.execute(db);
  const actor = { kind: "user", id: person.id, name: person.name } as const;
  await audited(db, { workspace: { id: invitation.workspace_id }, actor, at }, "person.joined", {
    email: person.email,
    role: invitation.role_id ?? invitation.role,
  });
}
