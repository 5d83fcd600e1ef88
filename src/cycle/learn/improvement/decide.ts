import { sql } from "kysely";
import { invalid, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { createRecord, lockRecord, noteChanges } from "#records";
import { findImprovement, type Found } from "./find.ts";
import { improvementType, type NextStep } from "./improvement.ts";

async function change(tx: Tx, id: string, before: Found, after: Partial<Pick<Found, "state" | "next_step" | "stop_reason" | "review_at" | "verdict">>): Promise<void> {
  const now = { ...before, ...after };
  await sql`
    update improvements set state = ${now.state}, next_step = ${now.next_step}, stop_reason = ${now.stop_reason}, review_at = ${now.review_at}, verdict = ${now.verdict},
           version = version + 1, updated_at = ${tx.clock()} where id = ${id}`.execute(tx.db);
  const fields = Object.fromEntries(Object.keys(after).map((k) => [k, [before[k as keyof Found], now[k as keyof Found]] as [unknown, unknown]]));
  await noteChanges(tx, [{ object: "improvement", record_id: id, action: "updated", fields }]);
} // prettier-ignore

const locked = async (tx: Tx, id: string): Promise<Found> => {
  await lockRecord(tx, improvementType, id);
  return findImprovement(tx, id);
};

/** Decides what follows from the verdict. To change or to repeat makes a new draft with the same plan; answers its id. */
export const decide = (ctx: Ctx | Tx, id: string, next_step: NextStep): Promise<string | null> =>
  inTransaction(ctx, async (tx) => {
    const it = await locked(tx, id);
    if (it.state !== "review")
      throw new Refused("conflict", "improvement.no-verdict", "There is nothing to decide: it has not been measured, or it is decided already.");
    await change(tx, id, it, { state: "done", next_step });
    if (next_step !== "change" && next_step !== "repeat") return null;
    const { plan, name, insight_id, hypothesis, kind, owner_id } = it;
    const { id: next } = await createRecord(tx, improvementType, { plan, insight_id, hypothesis, kind, owner_id, repeats_id: id, name: again(name, next_step) });
    return next;
  }); // prettier-ignore

const again = (name: string, step: "change" | "repeat"): string =>
  `${name.slice(0, 180)} (${step === "repeat" ? "again" : "changed"})`;

/** Takes a decision back: it waits to be decided again. A draft it made stays. */
export const reopen = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const it = await locked(tx, id);
    if (it.state !== "done") throw new Refused("conflict", "improvement.not-decided", "It has not been decided.");
    await change(tx, id, it, { state: "review", next_step: null });
  });

/** Gives it more time: it runs on until the new review. Its measurements so far are kept, and later ones must be the surer for them. */
export const extendReview = (ctx: Ctx | Tx, id: string, review_at: Date): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const it = await locked(tx, id);
    if (it.state === "draft" || !it.review_at) throw new Refused("conflict", "improvement.draft", "It has not started.");
    if (review_at <= tx.clock()) throw invalid("review_at", "The review lies ahead.");
    if (it.state === "running" && review_at < it.review_at)
      throw invalid("review_at", "A review cannot be brought forward: looking when it suits is how chance becomes proof.", "improvement.sooner");
    await change(tx, id, it, { state: "running", review_at, verdict: null, next_step: null, stop_reason: null });
  }); // prettier-ignore

/** Ends it without a verdict. */
export const stopImprovement = (ctx: Ctx | Tx, id: string, reason: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const it = await locked(tx, id);
    if (it.state !== "running") throw new Refused("conflict", "improvement.not-running", "It is not running.");
    await change(tx, id, it, { state: "stopped", stop_reason: reason });
  });
