import { z } from "zod";
import { invalid } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { stages, type SubjectKind } from "../stage.ts";
import { flowedSql, unknown } from "./flow-sql.ts";
import { listLenses } from "./lenses.ts";
import { movedOnSql } from "./ring-sql.ts";

/*
 * Words we use
 *   moved   the question behind the number on a link of the ring: who moved on from a step toward the next in a period; or behind a band
 *           of the flow: who stood in one stage when a period began, and stands in another (or the same) at its end
 */
const periodAtMostMs = 50 * 366 * 86_400_000;
const key = z.string().min(1).max(60);
const instant = z.iso
  .datetime({ offset: true, error: "An instant is written 2026-11-22T10:00:00Z." })
  .transform((v) => new Date(v));

const onLink = z.strictObject({ lens: key, from: key, to: key, since: instant, until: instant });
const inFlow = z.strictObject({
  stood: z.enum([unknown, ...stages]),
  stands: z.enum(stages),
  since: instant,
  until: instant,
});
export const movedSchema = z.union([inFlow, onLink]);
export type Moved = z.output<typeof onLink>;
export type Flowed = z.output<typeof inFlow>;

/** Refuses a period that does not end after it begins or is longer than 50 years; the fields are named as the question names them. */
export function checkPeriod(from: Date, until: Date, at = { from: "from", until: "until" }): void {
  if (!(from < until)) throw invalid(at.until, "A period ends after it begins.", "period.empty");
  if (until.getTime() - from.getTime() > periodAtMostMs)
    throw invalid(at.from, "A period is at most 50 years long.", "period.too-long");
}

/** The test that keeps those who moved on, for a list of contacts or accounts; refuses a lens or a link that the workspace does not have. */
export async function onlyMoved(
  ctx: Ctx,
  subject: SubjectKind,
  moved: Moved | Flowed,
): Promise<(params: unknown[]) => string> {
  const { since, until } = moved;
  checkPeriod(since, until, { from: "moved.since", until: "moved.until" });
  if ("stood" in moved) return (params) => flowedSql(subject, moved, "t.id", params);
  const lens = (await listLenses(ctx)).find((l) => l.key === moved.lens);
  if (!lens) throw invalid("moved.lens", `There is no lens “${moved.lens}”.`, "lens.unknown");
  const step = lens.steps.findIndex((s) => s.key === moved.from);
  if (step < 0) throw invalid("moved.from", `“${lens.name}” has no step “${moved.from}”.`, "lens.unknown-step");
  if (lens.steps[step + 1]?.key !== moved.to)
    throw invalid("moved.to", `“${moved.to}” does not follow “${moved.from}” in “${lens.name}”.`, "lens.unknown-link");
  return (params) => movedOnSql({ lens, subject, step, from: since, until }, "t.id", params);
}
