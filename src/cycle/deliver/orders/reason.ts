import type { Tx } from "#platform/context";
import { checkReason, type ReasonUse } from "#records";

interface Given {
  reason?: string | null | undefined;
  reason_id?: string | null | undefined;
}

/** Why goods or money went back: the reason of the taxonomy, and words for reading (the reason's own unless more was said). */
export async function reasonGiven(
  tx: Tx,
  { reason, reason_id }: Given,
  use: ReasonUse,
): Promise<{ reason: string | null; reason_id: string | null }> {
  if (!reason_id) return { reason: reason || null, reason_id: null };
  const label = await checkReason(tx, reason_id, use);
  return { reason: reason || label, reason_id };
}
