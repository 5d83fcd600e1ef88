import { sql } from "kysely";
import { invalid, notFound } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { record } from "#timeline";
import { stageLabel, type Stage, type SubjectKind } from "../stage.ts";
import { retell } from "./retell.ts";
import { currentRules } from "./rules.ts";

/** Moves a customer by hand, with a reason; it stands until something new happens to them, at most 90 days. */
export const moveByHand = (
  ctx: Ctx | Tx,
  subject: { kind: SubjectKind; id: string },
  to: Stage,
  reason: string,
): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const why = reason.trim();
    if (why.length < 3) throw invalid("reason", "Say why, so that others understand it later.", "move.reason");
    const { rows } = await sql<{ stage: Stage }>`
      select lifecycle_stage as stage from ${sql.table(`${subject.kind}s`)} where id = ${subject.id} and deleted_at is null for no key update`.execute(
      tx.db,
    );
    const now = rows[0];
    if (!now) throw notFound(subject.kind);
    if (now.stage === to) throw invalid("to", `They are “${stageLabel(to)}” already.`, "move.same");
    const about = subject.kind === "contact" ? { contact_id: subject.id } : { account_id: subject.id };
    const at = tx.clock();
    await record(tx, { name: "customer.moved-by-hand", ...about, occurred_at: at, payload: { to, reason: why } });
    await retell(tx, subject.kind, new Map([[subject.id, at]]), await currentRules(tx), { why: "moved by hand" });
  });
