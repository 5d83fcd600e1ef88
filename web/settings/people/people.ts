import type { PeopleApi } from "#platform/auth";
import type { ClientOf } from "#kernel/endpoint";
import { client } from "../../kit/client.ts";

type Asked = ClientOf<PeopleApi>;
export type Member = Awaited<ReturnType<Asked["list"]>>["items"][number];
export type Invitation = Awaited<ReturnType<Asked["invitations"]>>["items"][number];
export type Invited = Awaited<ReturnType<Asked["invite"]>>;
export type Role = Member["role"];

/** Members and invitations on the server. */
export const people = (): Asked => client<PeopleApi>("people");

export const memberKey = ["people"] as const;
export const invitationKey = ["invitations"] as const;
