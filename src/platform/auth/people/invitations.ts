import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid, notFound } from "#kernel/refusal";
import type { Ctx, Role } from "#platform/context";
import { audited } from "../audit.ts";
import type { Caller, Desk } from "../desk.ts";
import { limits, rateLimit } from "../limits/rate.ts";
import { invitationLetter } from "../letters.ts";
import { pageOf, type Page } from "../page.ts";
import { newSecret, sha256 } from "../secrets.ts";
import { roleNamed } from "./given-role.ts";

export interface Invitation {
  id: string;
  email: string;
  role: Role;
  /** The role made in the browser; null for a built-in one. */
  role_id: string | null;
  inviter: string;
  created_at: string;
  expires_at: string;
  state: "open" | "expired";
}

/** An invitation just made. The link is only shown when no mail has left: it opens the door. */
export interface Invited {
  invitation: Invitation;
  mail: "sent" | "failed" | "outbox";
  link?: string;
  message: string;
}

const lifeMs = 7 * 24 * 3600 * 1000;

/** Invites an address, or invites it again: an earlier link stops working. Refused for members. Seven days. */
export async function invite(desk: Desk, caller: Caller, wanted: { email: string; role: string }): Promise<Invited> {
  await rateLimit(caller.control, `invite:${caller.workspace.id}`, limits.invite, desk.clock());
  const given = await roleNamed(desk, caller, wanted.role);
  const token = newSecret();
  const at = desk.clock();
  const invitation = await caller.control.transaction().execute(async (db) => {
    // Two at once would both find nothing to revoke.
    await sql`select from workspaces where id = ${caller.workspace.id} for no key update`.execute(db);
    const { rows: members } =
      await sql`select 1 from members m join users u on u.id = m.user_id where m.workspace_id = ${caller.workspace.id} and u.email = ${wanted.email}`.execute(
        db,
      );
    if (members.length) throw invalid("email", "This person is a member already.", "invitation.is-member");
    await sql`update invitations set revoked_at = ${at} where workspace_id = ${caller.workspace.id} and email = ${wanted.email} and accepted_at is null and revoked_at is null`.execute(
      db,
    );
    const { rows } = await sql<Invitation>`
      insert into invitations (id, workspace_id, email, role, role_id, token_hash, invited_by, inviter, created_at, expires_at)
      values (${newId()}, ${caller.workspace.id}, ${wanted.email}, ${given.role}, ${given.role_id}, ${sha256(token)}, ${caller.person?.id ?? null}, ${caller.actor.name}, ${at}, ${new Date(at.getTime() + lifeMs)})
      returning id, email, role, role_id, inviter, created_at, expires_at, 'open' as state`.execute(db);
    await audited(db, { ...caller, at }, "invitation.sent", { email: wanted.email, role: wanted.role });
    return rows[0]!;
  });
  return posted(desk, caller, invitation, `${desk.config.publicUrl}/invitation?token=${token}`);
}

async function posted(desk: Desk, caller: Caller, invitation: Invitation, link: string): Promise<Invited> {
  try {
    const { by } = await desk.mail.sendMail(invitationLetter(invitation, caller.workspace.name, link));
    if (by === "smtp")
      return { invitation, mail: "sent", message: `The invitation has been sent to ${invitation.email}.` };
    return {
      invitation,
      mail: "outbox",
      link,
      message: "No mail server is set up: copy this link and send it yourself.",
    };
  } catch (error) {
    desk.log.error({ err: error, invitation: invitation.id }, "the mail of an invitation failed");
    return {
      invitation,
      mail: "failed",
      link,
      message: "The invitation exists, but its mail could not be sent: copy this link and send it yourself.",
    };
  }
}

const open = sql`accepted_at is null and revoked_at is null`;

/** Invites the address of an invitation again, with a new link. */
export async function resend(desk: Desk, caller: Caller, id: string): Promise<Invited> {
  const { rows } = await sql<{ email: string; role: string }>`
    select email, coalesce(role_id::text, role) as role from invitations where id = ${id} and workspace_id = ${caller.workspace.id} and ${open}`.execute(
    caller.control,
  );
  if (!rows[0]) throw notFound("invitation");
  return invite(desk, caller, rows[0]);
}

/** Takes an open invitation back. */
export async function revokeInvitation(desk: Desk, caller: Caller, id: string): Promise<void> {
  const at = desk.clock();
  await caller.control.transaction().execute(async (db) => {
    const { rows } = await sql<{ email: string }>`
      update invitations set revoked_at = ${at} where id = ${id} and workspace_id = ${caller.workspace.id} and ${open} returning email`.execute(
      db,
    );
    if (!rows[0]) throw notFound("invitation");
    await audited(db, { ...caller, at }, "invitation.revoked", { email: rows[0].email });
  });
}

/** Invitations neither accepted nor revoked, newest first. */
export async function invitations(
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Invitation>> {
  const { rows } = await sql<Invitation>`
    select id, email, role, role_id, inviter, created_at, expires_at, case when expires_at > ${ctx.clock()} then 'open' else 'expired' end as state
      from invitations where workspace_id = ${ctx.workspace.id} and ${open} and (${page.cursor ?? null}::uuid is null or id < ${page.cursor ?? null}::uuid)
     order by id desc limit ${page.limit + 1}`.execute(ctx.control);
  return pageOf(rows, page.limit);
}
