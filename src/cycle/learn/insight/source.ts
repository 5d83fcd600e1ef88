import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { ruleTest, type Definition } from "./match.ts";

/*
 * Words we use
 *   source    a kind of fact in which customers say, or give as a reason, what bothers them
 *   mention   one case, return, refund, answer or lost deal that belongs to a theme; a case counts once, however often it is told
 */
const textOf: Readonly<Record<string, string>> = {
  "case.opened": "subject",
  "case.resolved": "reason",
  "order.returned": "reason",
  "payment.refunded": "reason",
  "opportunity.lost": "reason",
  "lead.unqualified": "reason",
  "quote.declined": "reason",
  "survey.answered": "comment",
  "review.written": "text",
};

/** The kinds of facts that can mention a theme. */
export const sources: readonly string[] = Object.keys(textOf);

export interface Said {
  id: string;
  name: string;
  occurred_at: Date;
  contact_id: string | null;
  account_id: string | null;
  payload: Record<string, unknown>;
}

const textIn = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** What was said in a fact, in the customer's or the company's words. */
export const saidIn = ({ name, payload }: Pick<Said, "name" | "payload">): string | null =>
  textIn(payload[textOf[name] ?? ""]);

/** What a mention counts as: the case, or the fact itself. */
export const keyOf = ({ id, name, payload, contact_id }: Said): string =>
  name.startsWith("case.") ? `case:${textIn(payload.case_id) ?? `${String(payload.number)} of ${contact_id}`}` : id;

/** A test whether a fact belongs to the definition; reasons bring the reasons below them, given by `below`. */
export function belongs(
  definition: Definition,
  below: ReadonlyMap<string, readonly string[]>,
): (fact: Pick<Said, "name" | "payload">) => boolean {
  const reasons = new Set(definition.reason_ids.flatMap((id) => [id, ...(below.get(id) ?? [])]));
  const test = ruleTest(definition.rules);
  return (fact) => {
    if (!(fact.name in textOf)) return false;
    const reason = textIn(fact.payload.reason_id);
    if (reason !== null && reasons.has(reason)) return true;
    const said = saidIn(fact);
    return said !== null && test(said);
  };
}

/** The reasons below each group. */
export async function reasonsBelow(ctx: Ctx): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ id: string; parent_id: string }>`
    select id, parent_id from reasons where parent_id is not null`.execute(ctx.db);
  return new Map([...Map.groupBy(rows, (r) => r.parent_id)].map(([id, all]) => [id, all.map((r) => r.id)]));
}
