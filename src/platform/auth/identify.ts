import type { FastifyRequest } from "fastify";
import { sql } from "kysely";
import { isId } from "#kernel/id";
import { Refused } from "#kernel/refusal";
import type { Access, Actor, Ctx, Role, Workspace } from "#platform/context";
import { limits, networkOf, rateLimit } from "./limits/rate.ts";
import { cookieName, sessionLife, sessionRenewedEvery } from "./sign-in/flows.ts";
import { sha256, unsign } from "./secrets.ts";
import type { Caller, Desk } from "./desk.ts";

interface WorkspaceColumns {
  workspace_id: string;
  workspace_name: string;
  schema: string;
  currency: string;
  time_zone: string;
  locale: string;
  lens: string;
  role: Role;
  role_id: string | null;
}
interface SessionRow extends WorkspaceColumns {
  session_id: string;
  expires_at: Date;
  user_id: string;
  name: string;
  email: string;
}
interface KeyRow extends WorkspaceColumns {
  created_by: string | null;
  key_id: string;
  name: string;
  expires_at: Date | null;
  last_used_at: Date | null;
}

const workspaceColumns = sql`w.id as workspace_id, w.name as workspace_name, w.schema, w.currency, w.time_zone, w.locale, w.lens`;
const keyForm = /^Bearer (rondo_[\w-]{43})$/;

/** Cookies to be sent again because their session was prolonged while this request was answered. */
export const renewedCookies = new WeakMap<FastifyRequest, string>();

/** Who asks, in which workspace; null for nobody. One query, or none for somebody seen within ten seconds. */
export async function identify(desk: Desk, request: FastifyRequest): Promise<Caller | null> {
  const wanted = request.headers["x-workspace"];
  const given = request.headers.authorization;
  await desk.known.fresh();
  // Never on to the cookie: a browser adds the cookie by itself, and isForeignWrite trusts this header.
  if (given !== undefined) return withWorkspace(await byKey(desk, request, given), wanted);
  const value = request.cookies[cookieName];
  const token = value === undefined ? null : unsign(value, desk.secret);
  if (value === undefined || token === null) return null;
  return withWorkspace(
    await bySession(desk, request, { value, token, wanted: isId(wanted) ? wanted.toLowerCase() : null }),
    wanted,
  );
}

/** Refuses a workspace the caller does not belong to: working in another one instead would be worse. */
function withWorkspace(caller: Caller | null, wanted: string | string[] | undefined): Caller | null {
  if (!caller || wanted === undefined || wanted === "" || caller.workspace.id === String(wanted).toLowerCase())
    return caller;
  throw new Refused("forbidden", "workspace.not-member", "You are not a member of this workspace.");
}

async function bySession(
  desk: Desk,
  request: FastifyRequest,
  of: { value: string; token: string; wanted: string | null },
): Promise<Caller | null> {
  const credential = `${of.token} ${of.wanted ?? ""}`;
  const known = desk.known.get(credential);
  if (known) return known;
  const since = desk.known.mark();
  const now = desk.clock();
  const { rows } = await sql<SessionRow>`
    select s.id as session_id, s.expires_at, u.id as user_id, u.name, u.email, m.role, m.role_id, ${workspaceColumns}
      from sessions s join users u on u.id = s.user_id join members m on m.user_id = u.id join workspaces w on w.id = m.workspace_id
     where s.token = ${of.token} and s.expires_at > ${now}
     order by (w.id = ${of.wanted}::uuid) desc nulls last, m.joined_at, w.id limit 1`.execute(desk.database.control);
  const row = rows[0];
  if (!row) return null;
  await prolong(desk, request, row, of.value, now);
  const caller = await callerOf(
    desk,
    { ...row, whose: row.user_id },
    { kind: "user", id: row.user_id, name: row.name },
    { id: row.user_id, name: row.name, email: row.email },
    row.session_id,
  );
  desk.known.put(credential, caller, since);
  return caller;
}

/** Sliding expiry, at most once a day and session. */
async function prolong(desk: Desk, request: FastifyRequest, row: SessionRow, value: string, now: Date): Promise<void> {
  const renewAt = row.expires_at.getTime() - (sessionLife - sessionRenewedEvery) * 1000;
  if (now.getTime() < renewAt) return;
  const until = new Date(now.getTime() + sessionLife * 1000);
  await sql`update sessions set expires_at = ${until}, updated_at = ${now} where id = ${row.session_id}`.execute(
    desk.database.control,
  );
  const secure = desk.config.publicUrl.startsWith("https:") ? "; Secure" : "";
  renewedCookies.set(
    request,
    `${cookieName}=${encodeURIComponent(value)}; Max-Age=${sessionLife}; Path=/; HttpOnly; SameSite=Lax${secure}`,
  );
}

async function byKey(desk: Desk, request: FastifyRequest, header: string): Promise<Caller | null> {
  const key = keyForm.exec(header)?.[1];
  if (key === undefined) return null;
  const digest = sha256(key);
  const credential = digest.toString("base64");
  const known = desk.known.get(credential);
  if (known) return known;
  const since = desk.known.mark();
  const now = desk.clock();
  const { rows } = await sql<KeyRow>`
    select k.id as key_id, k.name, k.role, k.role_id, k.created_by, k.last_used_at, k.expires_at, ${workspaceColumns}
      from api_keys k join workspaces w on w.id = k.workspace_id
     where k.token_hash = ${digest} and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now})`.execute(
    desk.database.control,
  );
  const row = rows[0];
  if (!row) {
    await rateLimit(desk.database.control, `bad-key:${networkOf(request.ip)}`, limits.badKeyByIp, now);
    return null;
  }
  if (!row.last_used_at || now.getTime() - row.last_used_at.getTime() >= 60_000)
    await sql`update api_keys set last_used_at = ${now} where id = ${row.key_id}`.execute(desk.database.control);
  // A built-in role's key is nobody's; one made here asks whose a record is, and that is its maker.
  const whose = row.role_id ? row.created_by : null;
  const caller = await callerOf(desk, { ...row, whose }, { kind: "key", id: row.key_id, name: row.name }, null, null);
  // A key that ends within the ten seconds is asked for each time.
  if (!row.expires_at || row.expires_at.getTime() - now.getTime() > 10_000) desk.known.put(credential, caller, since);
  return caller;
}

async function callerOf(
  desk: Desk,
  row: WorkspaceColumns & { whose: string | null },
  actor: Actor,
  person: Caller["person"],
  sessionId: string | null,
): Promise<Caller> {
  const ctx: Ctx = {
    db: desk.database.workspace(row.schema),
    control: desk.database.control,
    outside: desk.outside,
    workspace: workspaceOf(row),
    actor,
    role: row.role,
    access: { ...noLimits, person: row.whose },
    clock: desk.clock,
  };
  const access = (await desk.hooks.accessOf?.(ctx, { person: row.whose, role_id: row.role_id })) ?? ctx.access; // prettier-ignore
  return { ...ctx, access, person, sessionId };
}

// A server without the records above it has no roles of its own either.
const noLimits: Access = { person: null, teams: [], colleagues: [], below: [], grants: null, fields: {}, territories: [], guarded: new Set(), shared: new Set() }; // prettier-ignore

const workspaceOf = (row: WorkspaceColumns): Workspace => ({
  id: row.workspace_id,
  name: row.workspace_name,
  schema: row.schema,
  currency: row.currency,
  time_zone: row.time_zone,
  locale: row.locale,
  lens: row.lens,
});
