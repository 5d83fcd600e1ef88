import { sql } from "kysely";
import { newId } from "#kernel/id";
import { calendarOf } from "#platform/calendar";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { createRecord, stillThere } from "#records";
import { caseType } from "./case.ts";
import { acknowledge } from "./reply.ts";
import { promisesOf } from "./policy.ts";
import { retime, startTarget } from "./targets.ts";
import { reasonOf } from "./reason-told.ts";
import { tell } from "./told.ts";
import { holdCase, type CaseType, type Priority } from "./words.ts";

export interface NewCase {
  subject: string;
  description?: string | null | undefined;
  type?: CaseType | null | undefined;
  priority?: Priority | null | undefined;
  contact_id?: string | null | undefined;
  account_id?: string | null | undefined;
  owner_id?: string | null | undefined;
  product_id?: string | null | undefined;
  order_id?: string | null | undefined;
  order_line_id?: string | null | undefined;
  reason_id?: string | null | undefined;
  channel?: "hand" | "page" | "mail" | "form" | "survey" | "phone";
  /** The case it goes on from. */
  previous_id?: string | null;
  /** The fact it follows from; the placing of its order unless said. */
  caused_by?: string | null;
  /** Mails the customer that we have it, with the link to their page of it. */
  acknowledge?: boolean | undefined;
}

/** Opens a case that a fact asked for: a colleague who left, and what is gone or in the trash meanwhile, is left out. */
export const openCaseFor = async (tx: Tx, given: NewCase): Promise<{ id: string; number: string }> =>
  openCase(tx, await stillThere(tx, caseType.object, given));

/** Opens a case: its number, its clocks by the promises and hours of now, and the fact. Answers its id and number. */
export const openCase = (ctx: Ctx | Tx, given: NewCase): Promise<{ id: string; number: string }> =>
  inTransaction(ctx, async (tx) => {
    const { caused_by, acknowledge: mail, channel = "hand", previous_id, ...values } = given;
    const { rows } = await sql<{ number: string }>`select nextval('case_numbers')::text as number`.execute(tx.db);
    const { number } = rows[0]!;
    const [promises, calendar] = [await promisesOf(tx), await calendarOf(tx)];
    const id = newId();
    await createRecord(tx, caseType, { ...values, number, channel, previous_id, policy_version: promises.version, calendar_version: calendar.version, waiting_since: tx.clock() }, id); // prettier-ignore
    const c = await holdCase(tx, id);
    const fact = await tell(tx, c, "case.opened", { subject: c.subject, priority: c.priority, ...(await reasonOf(tx, c.reason_id)) }, { caused_by: caused_by ?? (await placedFactOf(tx, c.order_id)) }); // prettier-ignore
    await sql`update cases set opened_fact = ${fact}, asked_fact = ${fact} where id = ${id}`.execute(tx.db);
    await startTarget(tx, c, "first_response", c.created_at);
    await startTarget(tx, c, "resolution", c.created_at);
    await retime(tx, id);
    if (mail) await acknowledge(tx, { ...c, opened_fact: fact });
    return { id, number };
  });

async function placedFactOf(tx: Tx, orderId: string | null): Promise<string | null> {
  if (!orderId) return null;
  const { rows } = await sql<{ fact: string | null }>`select placed_fact as fact from orders where id = ${orderId}`.execute(tx.db); // prettier-ignore
  return rows[0]?.fact ?? null;
}
