import type { Reason, reasonsApi, ReasonUse } from "#records";
import { client } from "../../kit/client.ts";

/** The endpoints of reasons. */
export const reasons = () => client<typeof reasonsApi>("reasons");
export const reasonKey = ["reasons"] as const;

/** What a reason can explain, in words. */
export const useWords: Record<ReasonUse, string> = {
  case: "Cases",
  return: "Returns",
  refund: "Refunds",
  lost: "Lost deals",
  unqualified: "Unqualified leads",
  churn: "Leaving customers",
};

/** The ids of a group with one of them moved by one place; null when it stands at the end already. */
export function movedBy(all: readonly Reason[], id: string, step: -1 | 1): string[] | null {
  const one = all.find((reason) => reason.id === id);
  const ids = all.filter((reason) => reason.parent_id === one?.parent_id).map((reason) => reason.id);
  const from = ids.indexOf(id);
  const to = from + step;
  if (from < 0 || to < 0 || to >= ids.length) return null;
  [ids[from], ids[to]] = [ids[to]!, ids[from]!];
  return ids;
}
