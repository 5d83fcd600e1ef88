import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Caller, Desk } from "../desk.ts";
import { pageInput } from "../page.ts";
import { givenRole, memberRole } from "../people/given-role.ts";
import { invitations, invite, resend, revokeInvitation } from "../people/invitations.ts";
import { changeRole, members, removeMember } from "../people/members.ts";
import * as word from "../words.ts";

const one = z.object({ id: word.id });

/** Members of the workspace and those who are invited. */
export const peopleApi = (desk: Desk) =>
  ({
    list: endpoint({
      route: "GET /people",
      may: "people.read",
      summary: "The members of this workspace",
      input: z.object(pageInput),
      run: (caller: Caller, page) => members(caller, page),
    }),
    changeRole: endpoint({
      route: "PATCH /people/{id}",
      may: "people.manage",
      summary: "Give a member another role",
      input: z.object({ id: word.id, role: memberRole }),
      run: (caller: Caller, given) => changeRole(desk, caller, given.id, given.role),
    }),
    remove: endpoint({
      route: "DELETE /people/{id}",
      may: "people.manage",
      summary: "Remove a member; the API keys they made stop working",
      input: one,
      run: (caller: Caller, given) => removeMember(desk, caller, given.id),
    }),
    invitations: endpoint({
      route: "GET /invitations",
      may: "people.manage",
      summary: "Invitations that are not accepted yet",
      input: z.object(pageInput),
      run: (caller: Caller, page) => invitations(caller, page),
    }),
    invite: endpoint({
      route: "POST /invitations",
      may: "people.manage",
      status: 201,
      secret: true,
      summary: "Invite somebody by e-mail; an earlier invitation of the address stops working",
      input: z.object({ email: word.email, role: givenRole }),
      run: (caller: Caller, given) => invite(desk, caller, given),
    }),
    resend: endpoint({
      route: "POST /invitations/{id}/resend",
      may: "people.manage",
      status: 201,
      secret: true,
      summary: "Send an invitation again, with a new link",
      input: one,
      run: (caller: Caller, given) => resend(desk, caller, given.id),
    }),
    revokeInvitation: endpoint({
      route: "DELETE /invitations/{id}",
      may: "people.manage",
      status: 204,
      summary: "Take an invitation back",
      input: one,
      run: (caller: Caller, given) => revokeInvitation(desk, caller, given.id),
    }),
  }) as const;

export type PeopleApi = ReturnType<typeof peopleApi>;
