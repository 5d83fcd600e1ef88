import { sql } from "kysely";
import { inTransaction, type Ctx } from "#platform/context";
import { notify } from "#records";

const waiting = sql`told_at is null and status = 'open' and deleted_at is null and owner_id is not null`;
const atOnce = 200;

/** When the next task reminds its owner; null when none does. */
export async function remindAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(coalesce(remind_at, due_at)) as at from tasks where ${waiting}`.execute(ctx.db);
  return rows[0]!.at;
}

interface Reminded {
  id: string;
  title: string;
  owner_id: string;
  due_at: Date | null;
  at: Date;
}

/** Reminds the owners of tasks whose time has come, each once for each time; answers how many. */
export const remind = (ctx: Ctx): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<Reminded>`
      update tasks set told_at = ${tx.clock()}
       where id in (select id from tasks where ${waiting} and coalesce(remind_at, due_at) <= ${tx.clock()} order by coalesce(remind_at, due_at), id limit ${atOnce} for update skip locked)
      returning id, title, owner_id, due_at, coalesce(remind_at, due_at) as at`.execute(tx.db);
    for (const { id, title, owner_id, due_at, at } of rows) {
      const isDue = due_at !== null && due_at <= tx.clock();
      const text = isDue ? "is due" : "reminds you";
      await notify(tx, { users: [owner_id], kind: "task_due", key: `task:${id}:${at.getTime()}`, title, text, path: `/tasks/${id}`, about: { object: "task", record_id: id } });
    }
    return rows.length;
  }); // prettier-ignore
