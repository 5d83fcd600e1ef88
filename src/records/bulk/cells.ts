import { Refused, type FieldProblem } from "#kernel/refusal";
import { problemOf } from "#platform/http";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { lastLook } from "../access/index.ts";
import { changeByHand, orNothing } from "../by-hand.ts";
import { changeSet, forgetEmptySet } from "../changes.ts";
import { findRecord } from "../list.ts";
import type { RecordType, Values } from "../registry.ts";
import { valuesSchema } from "../values.ts";
import { lockRecord } from "../write.ts";

/*
 * Words we use
 *   cell   one field of one record, as a table shows it; a paste or a fill changes many of them in one act
 */
export interface RowChange {
  id: string;
  /** The version the person saw. */
  version: number;
  values: Values;
}

export interface RowOutcome {
  id: string;
  /** `stale`: somebody changed the record since; `record` is what it is now. */
  outcome: "changed" | "same" | "refused" | "stale";
  record?: unknown;
  message?: string;
  errors?: FieldProblem[];
}

/** Rows whose records come back with the answer; whoever changes more asks for the list again. */
const toldAtMost = 200;

class Rehearsed extends Error {}

/**
 * Changes cells of up to 5,000 records in one transaction and one change set, each row by itself: a refused one leaves the others
 * standing. With `rehearse` everything is tried and nothing saved.
 */
export async function changeCells(
  ctx: Ctx,
  type: RecordType,
  rows: readonly RowChange[],
  rehearse = false,
): Promise<{ set_id: string | null; rows: RowOutcome[] }> {
  let answer: { set_id: string | null; rows: RowOutcome[] } = { set_id: null, rows: [] };
  try {
    await inTransaction(ctx, async (tx) => {
      const set = await changeSet(tx);
      const outcomes: RowOutcome[] = [];
      for (const row of rows) outcomes.push(await changeRow(tx, type, row, outcomes.length < toldAtMost));
      const kept = await forgetEmptySet(tx);
      answer = { set_id: kept ? set : null, rows: outcomes };
      if (rehearse) throw new Rehearsed();
    });
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error;
    answer.set_id = null;
  }
  return answer;
}

async function changeRow(
  tx: Tx,
  type: RecordType,
  { id, version, values }: RowChange,
  told: boolean,
): Promise<RowOutcome> {
  // Whoever hands a record away sees it this once more, as after any other save.
  const record = async (): Promise<unknown> =>
    told ? (JSON.parse((await findRecord(lastLook(tx, type.object), type.object, id)).json) as unknown) : undefined;
  try {
    return await orNothing(tx, async () => {
      const checked = valuesSchema(type.object, "update").parse(values);
      const before = await lockRecord(tx, type, id);
      if (before.version !== version) return { id, outcome: "stale", record: await record() };
      const after = await changeByHand(tx, type, id, version, checked);
      return { id, outcome: after.version === before.version ? "same" : "changed", record: await record() };
    });
  } catch (error) {
    return { id, ...refusalOf(error) };
  }
}

/** What a row's refusal says; a fault of ours or of the moment is no refusal and is thrown on. */
export function refusalOf(error: unknown): { outcome: "refused"; message: string; errors?: FieldProblem[] } {
  const problem = problemOf(error);
  if (!problem || problem.status >= 500) throw error;
  if (error instanceof Refused || !problem.errors?.[0])
    return { outcome: "refused", message: problem.detail, ...(problem.errors ? { errors: problem.errors } : {}) };
  return { outcome: "refused", message: problem.errors[0].message, errors: problem.errors };
}
