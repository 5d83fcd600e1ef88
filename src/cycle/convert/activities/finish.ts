import { sql } from "kysely";
import { newId } from "#kernel/id";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { noteChanges } from "#records";
import { record, recordAll, withdraw } from "#timeline";

interface Finished {
  id: string;
  title: string;
  contact_id: string | null;
  account_id: string | null;
  done_fact: string;
  opened_fact: string | null;
}

/** Says that a task is done and what came of it; of two who say so at once one is refused. */
export const finishTask = (ctx: Ctx | Tx, id: string, outcome: string | null = null): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const done = await finish(tx, [id], outcome);
    if (done.length === 0) throw await whyNot(tx, id, "open");
  });

/** Ends every open task about a record, or that of a key; answers how many there were. */
export async function closeTasks(
  tx: Tx,
  which: { about: { object: string; id: string } } | { key: string },
  outcome: string,
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from tasks where status = 'open' and deleted_at is null
       and ${"key" in which ? sql`key = ${which.key}` : sql`about_object = ${which.about.object} and about_id = ${which.about.id}`}
     order by id for update`.execute(tx.db);
  return (await finish(tx, rows.map((r) => r.id), outcome)).length; // prettier-ignore
}

/** Opens a task again that was done by mistake; its fact is withdrawn. */
export const reopenTask = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<{ done_fact: string | null; title: string; contact_id: string | null; account_id: string | null }>`
      update tasks t set status = 'open', done_at = null, outcome = null, done_fact = null, updated_at = ${tx.clock()}, version = version + 1
        from (select id, done_fact from tasks where id = ${id} for update) old
       where t.id = old.id and t.status = 'done' and t.deleted_at is null
      returning old.done_fact, t.title, t.contact_id, t.account_id`.execute(tx.db); // prettier-ignore
    const row = rows[0];
    if (!row) throw await whyNot(tx, id, "done");
    const { contact_id, account_id, title } = row;
    const by = await record(tx, { name: "task.reopened", contact_id, account_id, payload: { task_id: id, title } });
    if (row.done_fact) await withdraw(tx, [row.done_fact, by], by);
    await noteChanges(tx, [{ object: "task", record_id: id, action: "updated", fields: { status: ["done", "open"] } }]);
  });

async function finish(tx: Tx, ids: readonly string[], outcome: string | null): Promise<Finished[]> {
  if (ids.length === 0) return [];
  const facts = ids.map(() => newId());
  const { rows } = await sql<Finished>`
    update tasks t set status = 'done', done_at = ${tx.clock()}, outcome = ${outcome}, done_fact = n.fact, updated_at = ${tx.clock()}, version = version + 1
      from unnest(${[...ids]}::uuid[], ${facts}::uuid[]) as n (id, fact)
     where t.id = n.id and t.status = 'open' and t.deleted_at is null
    returning t.id, t.title, t.contact_id, t.account_id, t.done_fact,
              (select f.id from facts f where f.name = 'task.opened' and (f.contact_id = t.contact_id or f.account_id = t.account_id) and f.payload ->> 'task_id' = t.id::text limit 1) as opened_fact`.execute(
    tx.db,
  );
  await recordAll(
    tx,
    rows.map(({ id, title, done_fact, opened_fact, ...whose }) => ({
      ...whose,
      id: done_fact,
      caused_by: opened_fact,
      name: "task.done" as const,
      payload: { task_id: id, title, outcome },
    })),
  );
  await noteChanges(
    tx,
    rows.map(({ id }) => ({
      object: "task",
      record_id: id,
      action: "updated" as const,
      fields: { status: ["open", "done"] as [unknown, unknown], ...(outcome ? { outcome: [null, outcome] as [unknown, unknown] } : {}) },
    })), // prettier-ignore
  );
  return rows;
}

async function whyNot(tx: Tx, id: string, wanted: "open" | "done"): Promise<Refused> {
  const { rows } = await sql`select 1 from tasks where id = ${id} and deleted_at is null`.execute(tx.db);
  if (rows.length === 0) return notFound("task");
  return wanted === "open"
    ? new Refused("conflict", "task.done", "This task is done already.")
    : new Refused("conflict", "task.open", "This task is open.");
}
