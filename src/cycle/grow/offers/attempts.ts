import { giveBack, rateLimit } from "#platform/auth";
import type { Ctx } from "#platform/context";
import { codeNamed } from "./use.ts";

// Wrong codes from one person or program, and how soon they may try again; a code of 50 bits is not guessed so.
const wrongOnes = { burst: 20, per_seconds: 600 };

/** Counts wrong attempts: right ones cost nothing, and after too many wrong ones nothing is answered for a while. */
export async function guardAttempts(ctx: Ctx, typed: string): Promise<void> {
  const bucket = `promotion-code:${ctx.workspace.id}:${ctx.actor.id ?? ctx.actor.kind}`;
  await rateLimit(ctx.control, bucket, wrongOnes, ctx.clock());
  if (await codeNamed(ctx, typed)) await giveBack(ctx.control, bucket, wrongOnes);
}
