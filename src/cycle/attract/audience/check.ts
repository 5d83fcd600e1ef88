import { sql } from "kysely";
import { deps, type Condition } from "#kernel/condition";
import { invalid, Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { contact } from "#customers";
import { checkFilter, objectsFor, refuseWorkedOut } from "#records";

interface Known {
  id: string;
  name: string;
  condition: Condition | null;
}

/**
 * Refuses a condition that cannot be kept: one that speaks of what contacts have not, of entering or leaving segments as facts
 * (it could go on for ever), of a segment that is gone, or of itself by way of others, naming the way.
 */
export async function checkSegmentCondition(
  ctx: Ctx,
  condition: Condition,
  self?: string,
  name = "this segment",
): Promise<void> {
  checkFilter(condition, contact);
  const objects = await objectsFor({ ...ctx, access: "above" });
  refuseWorkedOut(condition, objects(contact.name), objects);
  const { facts, segments } = deps(condition);
  if ([...facts].some((f) => f.startsWith("segment.")))
    throw invalid(
      "condition",
      "Ask whether somebody is in a segment, not whether they entered or left one.",
      "segment.own-fact",
    );
  if (segments.size === 0) return;
  const { rows } = await sql<Known>`select id, name, condition from segments where deleted_at is null`.execute(ctx.db);
  const known = new Map(rows.map((r) => [r.id, r]));
  for (const id of segments)
    if (!known.has(id)) throw invalid("condition", "One of the segments it asks for is gone.", "segment.gone");
  if (self === undefined) return;
  known.set(self, { id: self, name, condition });
  const circle = circleFrom(self, known);
  if (circle)
    throw new Refused(
      "invalid",
      "segment.circle",
      `Segments cannot ask for each other in a circle: ${circle.join(" → ")}.`,
      { fields: [{ field: "condition", message: circle.join(" → ") }] },
    );
}

/** The way from a segment back to itself, by names; null when there is none. */
function circleFrom(start: string, known: ReadonlyMap<string, Known>): string[] | null {
  const seen = new Set<string>();
  const walk = (id: string, path: string[]): string[] | null => {
    const here = known.get(id);
    if (!here?.condition) return null;
    for (const next of deps(here.condition).segments) {
      if (next === start) return [...path, here.name, known.get(start)!.name];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...path, here.name]);
      if (found) return found;
    }
    return null;
  };
  return walk(start, []);
}
