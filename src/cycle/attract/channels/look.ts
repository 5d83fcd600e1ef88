import type { Purpose } from "#customers";
import type { Ctx } from "#platform/context";
import { budgetsOf } from "./budget.ts";
import { gate } from "./gate.ts";
import { countsAgainstBudget, heldCodes, purposeOf, type SendKind } from "./send.ts";
import { mailSettings } from "./settings.ts";

/** Who of these would get such a mail now: null, or why not, in words. Only looks; the moment of sending decides. */
export async function lookAhead(
  ctx: Ctx,
  contacts: readonly string[],
  { kind, purpose = purposeOf[kind] }: { kind: SendKind; purpose?: Purpose },
): Promise<Map<string, string | null>> {
  const verdicts = await gate(ctx, contacts.map((id) => ({ id, kind, purpose, contact_id: id, address: null }))); // prettier-ignore
  const budgets = countsAgainstBudget(kind)
    ? await budgetsOf(ctx, await mailSettings(ctx), contacts)
    : new Map<string, never>();
  return new Map(
    contacts.map((id) => {
      const verdict = verdicts.get(id);
      if (verdict && "code" in verdict) return [id, verdict.reason] as const;
      const left = budgets.get(id) ?? "free";
      return [id, left === "free" ? null : heldCodes[left]] as const;
    }),
  );
}
