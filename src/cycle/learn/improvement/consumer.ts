import { segmentsConsumer } from "#attract/audience";
import type { Tx } from "#platform/context";
import type { ConsumedFact, Consumer } from "#timeline";
import { assign } from "./expose.ts";
import { runningNow } from "./find.ts";

/** Puts customers into their arms as they are exposed; behind the segments, so that who is in scope is known. */
export const exposureConsumer: Consumer = {
  name: "improvements",
  facts: async (tx) => [...new Set((await runningNow(tx)).map(({ plan }) => plan.exposure.fact))],
  behind: segmentsConsumer.name,
  apply: takeFacts,
};

async function takeFacts(tx: Tx, facts: readonly ConsumedFact[]): Promise<void> {
  for (const improvement of await runningNow(tx)) {
    const { plan, start_at } = improvement;
    const exposed = facts.filter((f) => f.contact_id && f.name === plan.exposure.fact && f.occurred_at >= start_at);
    if (exposed.length > 0) await assign(tx, improvement, [...new Set(exposed.map((f) => f.contact_id!))]);
  }
}
