import { sql } from "kysely";
import { segmentsConsumer } from "#attract/audience";
import { lifecycleConsumer } from "#customers";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx, type Role } from "#platform/context";
import { reasonNamed } from "#records";
import { consumeAll, record } from "#timeline";
import { leadsConsumer } from "./consumer.ts";
import { scoresConsumer } from "./score/consumer.ts";

export interface LeadRow {
  id: string;
  status: string;
  owner_id: string | null;
  account_id: string | null;
  asked_at: Date;
  asks: number;
  interest: string | null;
  message: string | null;
  first_response_due: Date | null;
  responded_at: Date | null;
  qualified_at: Date | null;
  closed_at: Date | null;
  converted_at: Date | null;
  opportunity_id: string | null;
  unqualified_reason: string | null;
  recycle_at: Date | null;
  score: number;
}

/** Makes colleagues with these roles, named "agent 1" and so on; answers their ids. */
export async function people(ctx: Ctx, roles: readonly Role[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [i, role] of roles.entries()) {
    const id = newId();
    await sql`insert into rondo.users (id, name, email) values (${id}, ${`${role} ${i + 1}`}, ${`${id}@northwind.example`})`.execute(
      ctx.db,
    );
    await sql`insert into rondo.members (workspace_id, user_id, role) values (${ctx.workspace.id}, ${id}, ${role})`.execute(
      ctx.db,
    );
    ids.push(id);
  }
  return ids;
}

/** Tells that somebody sent a form; answers the fact's id. */
export const submitForm = (
  ctx: Ctx,
  contact_id: string,
  form: { form: string; message?: string; opens_lead?: boolean },
): Promise<string> =>
  inTransaction(ctx, (tx) =>
    record(tx, { name: "form.submitted", contact_id, payload: { opens_lead: true, source: form.form, ...form } }),
  );

/** Reads all facts: the lifecycle, segments, leads and scores, until none has anything left. */
export async function readLeads(ctx: Ctx): Promise<void> {
  for (let read = 1; read > 0;) {
    read = 0;
    for (const consumer of [lifecycleConsumer, segmentsConsumer, leadsConsumer, scoresConsumer])
      read += await consumeAll(ctx, consumer);
  }
}

/** The newest lead of a person, as its row. */
export async function leadNow(ctx: Ctx, contact_id: string): Promise<LeadRow> {
  const { rows } =
    await sql<LeadRow>`select * from leads where contact_id = ${contact_id} and deleted_at is null order by created_at desc limit 1`.execute(
      ctx.db,
    );
  return rows[0]!;
}

/** A reason for setting leads aside. */
export const addReasonForTest = (ctx: Ctx): Promise<string> =>
  inTransaction(ctx, (tx) => reasonNamed(tx, "Too small an order", "unqualified"));
