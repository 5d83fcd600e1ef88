import { APIError } from "better-auth/api";
import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { giveBack, limits, networkOf, rateLimit } from "../limits/rate.ts";
import { sha256 } from "../secrets.ts";
import type { Desk } from "../desk.ts";
import type { Visitor } from "../visitor.ts";
import { headersOf, passCookies } from "./flows.ts";

/** A bucket for an address that does not write the address down. */
export const emailBucket = (act: string, email: string): string => `${act}:${sha256(email).toString("base64url")}`;

/** Signs in: sets the session cookie. Wrong address and wrong password take the same time and get the same answer. */
export async function signIn(desk: Desk, visitor: Visitor, given: { email: string; password: string }): Promise<void> {
  const { control } = desk.database;
  const buckets = [
    [`sign-in:${networkOf(visitor.ip)}`, limits.signInByIp],
    [emailBucket("sign-in", given.email), limits.signInByEmail],
  ] as const;
  for (const [bucket, limit] of buckets) await rateLimit(control, bucket, limit, desk.clock());
  await enter(desk, visitor, given);
  for (const [bucket, limit] of buckets) await giveBack(control, bucket, limit);
}

/** The same without limits, for those who proved themselves another way a moment ago. */
export async function enter(desk: Desk, visitor: Visitor, given: { email: string; password: string }): Promise<void> {
  const { headers, response } = await desk.flows.api
    .signInEmail({ body: given, headers: headersOf(visitor.request), returnHeaders: true })
    .catch((error: unknown) => {
      if (error instanceof APIError && error.statusCode < 500) throw wrong();
      throw error;
    });
  const { rows } = await sql`select 1 from members where user_id = ${response.user.id} limit 1`.execute(
    desk.database.control,
  );
  if (rows.length) return passCookies(visitor.reply, headers);
  await sql`delete from sessions where token = ${response.token}`.execute(desk.database.control);
  throw new Refused(
    "forbidden",
    "sign-in.no-workspace",
    "You are not a member of any company here any more. Ask an administrator for an invitation.",
  );
}

const wrong = (): Refused =>
  new Refused("unauthenticated", "sign-in.wrong", "The e-mail address or the password is wrong.");

/** Signs out: ends the session and the cookie; says nothing when there was none. */
export async function signOut(desk: Desk, visitor: Visitor): Promise<void> {
  const { headers } = await desk.flows.api.signOut({ headers: headersOf(visitor.request), returnHeaders: true });
  desk.known.forget();
  passCookies(visitor.reply, headers);
}
