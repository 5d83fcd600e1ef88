import type { Ctx } from "#platform/context";
import type { JobKind } from "#platform/jobs";
import { accessOf, actingNow } from "#records";

/** The job as whoever started it may do it now: an import, an export, a change of many records reach no further than its starter. */
export const asStarter = (kind: JobKind): JobKind =>
  kind.above ? kind : { ...kind, run: async (ctx, job, control) => kind.run(await starterOf(ctx), job, control) };

async function starterOf(ctx: Ctx): Promise<Ctx> {
  const { kind, id } = ctx.actor;
  if (id === null || (kind !== "user" && kind !== "key")) return ctx;
  const now = await actingNow(ctx);
  if (now) return { ...ctx, ...now };
  // Of somebody who has left nothing goes on in their name.
  const nobody = { ...ctx, role: "viewer" as const };
  return { ...nobody, access: { ...(await accessOf(nobody, { person: null, role_id: null })), grants: {} } };
}
