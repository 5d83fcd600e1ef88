import { sql } from "kysely";
import { APIError } from "better-auth/api";
import { invalid, Refused } from "#kernel/refusal";
import { audited } from "../audit.ts";
import type { Caller, Desk } from "../desk.ts";
import { limits, networkOf, rateLimit } from "../limits/rate.ts";
import type { Visitor } from "../visitor.ts";
import { emailBucket } from "./enter.ts";
import { hash, refuseWeak, verify } from "./password.ts";

/** Sends a link for a new password, if the address is somebody's; the answer neither says nor shows by its time whether it is. */
export async function forgot(desk: Desk, visitor: Visitor, email: string): Promise<void> {
  const { control } = desk.database;
  await rateLimit(control, `forgot:${networkOf(visitor.ip)}`, limits.forgotByIp, desk.clock());
  await rateLimit(control, emailBucket("forgot", email), limits.forgotByEmail, desk.clock());
  // After the answer: looking up, writing and mailing take their time only for those who exist.
  desk.later(async () => void (await desk.flows.api.requestPasswordReset({ body: { email } })));
}

const spent = (): Refused =>
  new Refused("invalid", "reset.spent", "This link has been used or is too old. Ask for a new one.");

/** Sets a new password with the token of a mailed link; once. All sessions and other links of the person end. */
export async function reset(desk: Desk, visitor: Visitor, given: { token: string; password: string }): Promise<void> {
  await rateLimit(desk.database.control, `reset:${networkOf(visitor.ip)}`, limits.linkByIp, desk.clock());
  const context = await desk.flows.$context;
  const verification = await context.internalAdapter.findVerificationValue(`reset-password:${given.token}`);
  if (!verification || verification.expiresAt <= desk.clock()) throw spent();
  const person = await context.internalAdapter.findUserById(verification.value);
  if (!person) throw spent();
  refuseWeak(given.password, person.email);
  await desk.flows.api
    .resetPassword({ body: { token: given.token, newPassword: given.password } })
    .catch((error: unknown) => {
      if (error instanceof APIError && error.statusCode < 500) throw spent();
      throw error;
    });
}

/** Ends what may still be open after a reset; called by the flow itself. */
export async function afterReset(desk: Pick<Desk, "database" | "known" | "clock">, userId: string): Promise<void> {
  const { control } = desk.database;
  desk.known.forget();
  await sql`delete from verifications where value = ${userId}`.execute(control);
  await sql`delete from sessions where user_id = ${userId}`.execute(control);
  const { rows } = await sql<{ workspace_id: string; name: string }>`
    select m.workspace_id, u.name from members m join users u on u.id = m.user_id where u.id = ${userId}`.execute(
    control,
  );
  for (const row of rows)
    await audited(
      control,
      { workspace: { id: row.workspace_id }, actor: { kind: "user", id: userId, name: row.name }, at: desk.clock() },
      "password.reset",
    );
}

/** Changes one's own password; every other session of the person ends. */
export async function changePassword(
  desk: Desk,
  caller: Caller,
  given: { current: string; password: string },
): Promise<void> {
  const { person, sessionId } = caller;
  if (!person || sessionId === null)
    throw new Refused("forbidden", "password.needs-person", "An API key has no password.");
  const { control } = desk.database;
  await rateLimit(control, `change-password:${person.id}`, limits.signInByEmail, desk.clock());
  const { rows } = await sql<{
    password: string | null;
  }>`select password from sign_ins where user_id = ${person.id} and provider_id = 'credential'`.execute(control);
  const stored = rows[0]?.password ?? null;
  if (stored === null || !(await verify({ hash: stored, password: given.current })))
    throw invalid("current", "This is not your current password.", "password.wrong");
  refuseWeak(given.password, person.email);
  const hashed = await hash(given.password);
  const at = desk.clock();
  await control.transaction().execute(async (db) => {
    await sql`update sign_ins set password = ${hashed}, updated_at = ${at} where user_id = ${person.id} and provider_id = 'credential'`.execute(
      db,
    );
    await sql`delete from sessions where user_id = ${person.id} and id <> ${sessionId}`.execute(db);
    await sql`delete from verifications where value = ${person.id}`.execute(db);
    await audited(db, { ...caller, at }, "password.changed");
  });
  desk.known.forget();
}
