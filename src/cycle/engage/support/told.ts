import type { Tx } from "#platform/context";
import { record, type FactInput, type FactName, type PayloadOf } from "#timeline";
import type { CaseRow } from "./words.ts";

type CaseFact = Extract<FactName, `case.${string}`>;
/** What is told beside the case itself. */
type Beside<N extends CaseFact> = Omit<PayloadOf<N>, "case_id" | "number" | "reason_id" | "product_id" | "order_id">;

interface How {
  occurred_at?: Date;
  caused_by?: string | null | undefined;
  /** Told by Rondo, whoever is at work just now. */
  system?: boolean;
}

const rondo = { kind: "system", id: null, name: "Rondo" } as const;

/** Records a fact of the case about its customer, caused by its opening unless said; answers the fact's id. */
export function tell<N extends CaseFact>(tx: Tx, c: CaseRow, name: N, beside: Beside<N>, how: How = {}): Promise<string> {
  const { id: case_id, number, reason_id, product_id, order_id, contact_id, account_id } = c;
  const payload = { case_id, number, reason_id, product_id, order_id, ...beside } as PayloadOf<N>;
  const input: FactInput<N> = { name, payload, contact_id, account_id, caused_by: how.caused_by === undefined ? c.opened_fact : how.caused_by };
  return record<N>(tx, { ...input, ...(how.occurred_at ? { occurred_at: how.occurred_at } : {}), ...(how.system ? { actor: rondo } : {}) });
} // prettier-ignore
