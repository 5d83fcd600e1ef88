import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import type { Caller, Desk } from "../desk.ts";

export interface Session {
  id: string;
  created_at: string;
  used_at: string;
  expires_at: string;
  ip: string | null;
  browser: string | null;
  current: boolean;
}

const personOf = (caller: Caller): string => {
  if (!caller.person) throw new Refused("forbidden", "sessions.need-person", "An API key has no sessions.");
  return caller.person.id;
};

/** One's own open sessions, newest first; at most 200. `used_at` is exact to a day. */
export async function ownSessions(caller: Caller): Promise<{ items: Session[] }> {
  const { rows } = await sql<Session>`
    select id, created_at, updated_at as used_at, expires_at, ip_address as ip, user_agent as browser, id = ${caller.sessionId} as current
      from sessions where user_id = ${personOf(caller)} and expires_at > ${caller.clock()} order by id desc limit 200`.execute(
    caller.control,
  );
  return { items: rows };
}

/** Ends one of one's own sessions. */
export async function endSession(desk: Desk, caller: Caller, id: string): Promise<void> {
  const { rows } =
    await sql`delete from sessions where id = ${id} and user_id = ${personOf(caller)} returning 1`.execute(
      caller.control,
    );
  if (!rows.length) throw notFound("session");
  desk.known.forget();
}

/** Ends all of one's own sessions but this one; answers how many. */
export async function endOtherSessions(desk: Desk, caller: Caller): Promise<{ ended: number }> {
  const { rows } =
    await sql`delete from sessions where user_id = ${personOf(caller)} and id <> ${caller.sessionId} returning 1`.execute(
      caller.control,
    );
  desk.known.forget();
  return { ended: rows.length };
}
