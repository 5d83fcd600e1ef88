import { announceAccess, noteAccessChange } from "#platform/auth";
import { inTransaction, type Ctx, type Tx } from "#platform/context";

/** Runs a change of access in one transaction; it holds at once, also on open live connections, in other processes within a second. */
export const changeAccess = <T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(ctx, async (tx) => {
    const answer = await work(tx);
    await noteAccessChange(tx.db);
    tx.afterCommit(announceAccess);
    return answer;
  });
