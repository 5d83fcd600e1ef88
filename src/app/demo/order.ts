import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { enqueue } from "#platform/jobs";
import { loadKind, oneAtATime, stateOf, wipeKind, type SampleState } from "./sample.ts";

const dayMs = 86_400_000;
const busy: Record<"loading" | "wiping", string> = {
  loading: "The sample company is being loaded; wait for it, or cancel that job, and then wipe what there is.",
  wiping: "The sample company is being wiped; wait until that is done.",
};

/**
 * Orders the sample to be loaded, its two years ending with the day before today (UTC): all of it, or a part with at least so many
 * customers. Answers the job. @throws Refused when it is there already.
 */
export const loadSample = (ctx: Ctx | Tx, { customers }: { customers?: number } = {}): Promise<{ job_id: string }> =>
  inTransaction(ctx, async (tx) => {
    const { state } = await decide(tx);
    if (state === "loaded")
      throw new Refused(
        "conflict",
        "demo.loaded",
        "The sample company is here already. Wipe it before you load it again.",
      );
    const today = new Date(Math.floor(tx.clock().getTime() / dayMs) * dayMs);
    return {
      job_id: await enqueue(tx, {
        kind: loadKind,
        title: "Load the sample company",
        input: { today: today.toISOString(), ...(customers === undefined ? {} : { customers }) },
      }),
    };
  });

/** Orders everything of the sample to be taken away. Answers the job. @throws Refused when there is none. */
export const wipeSample = (ctx: Ctx | Tx): Promise<{ job_id: string }> =>
  inTransaction(ctx, async (tx) => {
    const { state } = await decide(tx);
    if (state === "absent") throw new Refused("conflict", "demo.absent", "There is no sample company to wipe.");
    return { job_id: await enqueue(tx, { kind: wipeKind, title: "Wipe the sample company" }) };
  });

async function decide(tx: Tx): Promise<SampleState> {
  await oneAtATime(tx);
  const now = await stateOf(tx);
  if (now.state === "loading" || now.state === "wiping")
    throw new Refused("conflict", `demo.${now.state}`, busy[now.state], { detail: { job_id: now.job_id } });
  return now;
}
