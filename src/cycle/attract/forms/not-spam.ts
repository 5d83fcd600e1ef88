import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import { accept } from "./accept.ts";

/** A person says that a submission is no spam: it counts from now on, as if it had come in like that. Once, however often it is said. */
export const acceptSpam = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql`
      update form_submissions set verdict = 'accepted', why = null where id = ${id} and verdict = 'spam' returning id`.execute(
      tx.db,
    );
    if (rows.length === 0) throw new Refused("conflict", "form.not-spam", "This is not, or no longer, taken for spam.");
    await accept(tx, id);
  });
