import { sql } from "kysely";
import { deps, type Condition } from "#kernel/condition";
import type { Ctx } from "#platform/context";
import { bandFields, consentFacts, derivedFields } from "#customers";
import type { ConsumedFact } from "#timeline";

/** A dynamic segment with what can change it. */
export interface Kept {
  id: string;
  name: string;
  condition: Condition;
  /** Kinds of facts it counts. */
  facts: ReadonlySet<string>;
  /** Other segments it asks for. */
  needs: ReadonlySet<string>;
  /** It reads what the contact's record says. */
  own: boolean;
  /** It reads what the lifecycle derives, or related records: any fact about the contact may change it. */
  derived: boolean;
  /** It reads the account: not at all, only its own fields, or what any fact about it may change. */
  account: "not" | "own" | "derived";
  /** Time alone can change it. */
  time: boolean;
  /** 0 when it asks for no segment, otherwise one more than the highest it asks for. */
  level: number;
}

const derivedNames = new Set([...derivedFields, ...bandFields].map((f) => f.name));

/** What can change a condition over contacts. */
export function keptOf(id: string, name: string, condition: Condition): Kept {
  const found = deps(condition);
  const fields = [...found.fields].filter((f) => !found.related.has(f.split(".")[0]!));
  const account = fields.filter((f) => f.startsWith("account.")).map((f) => f.slice("account.".length));
  return {
    id,
    name,
    condition,
    facts: found.consents.size > 0 ? new Set([...found.facts, ...consentFacts]) : found.facts,
    needs: found.segments,
    own: fields.some((f) => !f.startsWith("account.")),
    derived: found.related.size > 0 || fields.some((f) => derivedNames.has(f)),
    account: account.length === 0 ? "not" : account.some((f) => derivedNames.has(f)) ? "derived" : "own",
    time: found.time,
    level: 0,
  };
}

/** The dynamic segments that are kept up to date, those first that others ask for. */
export async function keptSegments(ctx: Ctx): Promise<Kept[]> {
  const { rows } = await sql<{ id: string; name: string; condition: Condition }>`
    select id, name, condition from segments where kind = 'dynamic' and active and deleted_at is null order by id`.execute(
    ctx.db,
  );
  const kept = new Map(rows.map((r) => [r.id, keptOf(r.id, r.name, r.condition)]));
  const levelOf = (id: string): number => {
    const here = kept.get(id);
    return here ? Math.max(0, ...[...here.needs].map((n) => levelOf(n) + 1)) : 0;
  };
  return [...kept.values()].map((k) => ({ ...k, level: levelOf(k.id) })).toSorted((a, b) => a.level - b.level);
}

// After these, facts that were there before count no longer, or count differently.
const corrections = new Set([
  "order.corrected",
  "customer.stages-corrected",
  "lead.reopened",
  "lead.conversion-undone",
  "task.reopened",
  "entry.removed",
]);
const always = new Set([
  "contact.created",
  "contact.trashed",
  "contact.restored",
  "contact.merged",
  "contact.unmerged",
]);

/** Whether the fact may change whether its contact is in the segment. */
export function wakes(kept: Kept, fact: ConsumedFact): boolean {
  if (fact.name.startsWith("segment.")) return kept.needs.has(String(fact.payload.segment_id));
  if (always.has(fact.name) || kept.derived || kept.facts.has(fact.name)) return true;
  if (fact.name === "contact.updated") return kept.own || kept.account !== "not";
  return kept.facts.size > 0 && corrections.has(fact.name);
}

/** Whether the fact may change the segment for everybody of its account. */
export const wakesAccount = (kept: Kept, fact: ConsumedFact): boolean =>
  !fact.name.startsWith("segment.") &&
  (kept.account === "derived" || (kept.account === "own" && fact.name.startsWith("account.")));
