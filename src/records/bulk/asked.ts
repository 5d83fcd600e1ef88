import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { roles, type Ctx, type Role } from "#platform/context";
import { accessOf, actingNow } from "../access/index.ts";

/** What a job keeps of whoever asked for it; a person's role is looked up when the job runs. */
export const whoAsks = (ctx: Ctx): { role: Role } => ({ role: ctx.role });

/** The job's ctx as whoever asked for it, with what they may do now: a role that was taken away meanwhile acts no more. */
export async function asAsked(ctx: Ctx, input: Readonly<Record<string, unknown>>): Promise<Ctx> {
  if (ctx.actor.kind !== "user" && ctx.actor.kind !== "key") return ctx;
  const now = await actingNow(ctx);
  if (now) return { ...ctx, ...now };
  const { rows } = await sql`select from rondo.users where id = ${ctx.actor.id}`.execute(ctx.db);
  if (rows.length > 0) throw new Refused("forbidden", "job.nobody", `${ctx.actor.name} does not work here any more.`);
  // Nobody this server knows (the workspace came from another one): no more than the role that asked.
  const asThen = { ...ctx, role: roles.find((role) => role === input.role) ?? "viewer" };
  const person = ctx.actor.kind === "user" ? ctx.actor.id : null;
  return { ...asThen, access: await accessOf(asThen, { person, role_id: null }) };
}
