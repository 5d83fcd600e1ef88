import { sql } from "kysely";
import { openTask } from "#convert/activities";
import { newId } from "#kernel/id";
import { invalid } from "#kernel/refusal";
import { calendarOf, dueAfter } from "#platform/calendar";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { createRecord, updateRecord, type Row } from "#records";
import { record } from "#timeline";
import { leadType } from "./lead.ts";
import { nextOwner, type Owner } from "./owner.ts";
import { rescore } from "./score/rescore.ts";
import { settingsOf } from "./settings.ts";
import { textIn } from "./words.ts";

export interface NewLead {
  contact_id: string;
  /** Where they asked: the form's name, a friend, a fair. */
  source: string;
  campaign_id?: string | null | undefined;
  form_id?: string | null | undefined;
  interest?: string | null | undefined;
  message?: string | null | undefined;
  company?: string | null | undefined;
  /** Values of fields of one's own, by their keys. */
  custom?: Record<string, unknown> | undefined;
  /** Who works it; whose turn it is unless said. */
  owner_id?: string | null | undefined;
  asked_at?: Date | undefined;
  /** The fact that opened it. */
  caused_by?: string | null | undefined;
}

/** When the first answer to somebody who asked then is due, by the company's business hours. */
export async function responseDue(ctx: Ctx, asked: Date): Promise<Date> {
  const { respond_within } = await settingsOf(ctx);
  return dueAfter(await calendarOf(ctx), asked, respond_within, []);
}

/** Makes whoever opens, joins or reopens a lead of this person wait for each other, until the transaction ends. */
export const holdPerson = async (tx: Tx, contact_id: string): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/lead'), hashtext(${contact_id}))`.execute(
    tx.db,
  ));

/** The open episode of a person; null when there is none. */
export async function openLeadOf(tx: Tx, contact_id: string): Promise<Row | null> {
  const { rows } = await sql<Row>`
    select * from leads where contact_id = ${contact_id} and status <> 'disqualified' and converted_at is null and deleted_at is null
       for update`.execute(tx.db);
  return rows[0] ?? null;
}

/** Opens a lead, gives it to whose turn it is and scores it; while one is open the asking joins that one. */
export const openLead = (ctx: Ctx | Tx, asked: NewLead): Promise<{ id: string; joined: boolean }> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<{ name: string; account_id: string | null }>`
      select c.name, a.id as account_id from contacts c left join accounts a on a.id = c.account_id and a.deleted_at is null
       where c.id = ${asked.contact_id} and c.deleted_at is null`.execute(tx.db);
    const person = rows[0];
    if (!person) throw invalid("contact_id", "There is no such contact.");
    await holdPerson(tx, asked.contact_id);
    const open = await openLeadOf(tx, asked.contact_id);
    if (open) return { id: await join(tx, open, asked), joined: true };
    return { id: await begin(tx, asked, person), joined: false };
  });

async function begin(tx: Tx, asked: NewLead, person: { name: string; account_id: string | null }): Promise<string> {
  const asked_at = asked.asked_at ?? tx.clock();
  const owner = asked.owner_id ? await named(tx, asked.owner_id) : await nextOwner(tx, asked.contact_id);
  const opened_fact = newId();
  const { id } = await createRecord(tx, leadType, {
    ...person,
    contact_id: asked.contact_id,
    source: asked.source,
    campaign_id: asked.campaign_id,
    form_id: asked.form_id,
    interest: asked.interest,
    message: asked.message,
    company: asked.company,
    ...(asked.custom ? { custom: asked.custom } : {}),
    owner_id: owner?.id ?? null,
    asked_at,
    first_response_due: await responseDue(tx, asked_at),
    opened_fact,
  });
  await record(tx, {
    id: opened_fact,
    name: "lead.opened",
    contact_id: asked.contact_id,
    account_id: person.account_id,
    campaign_id: asked.campaign_id ?? null,
    caused_by: asked.caused_by ?? null,
    payload: { source: asked.source, lead_id: id, owner: owner?.name ?? null },
  });
  await rescore(
    tx,
    [id],
    "opened",
    new Map([[asked.contact_id, [{ id: asked.caused_by ?? opened_fact, name: "form.submitted" }]]]),
  );
  return id;
}

async function named(tx: Tx, id: string): Promise<Owner | null> {
  const { rows } = await sql<{ name: string }>`select name from rondo.users where id = ${id}`.execute(tx.db);
  return rows[0] ? { id, name: rows[0].name } : null;
}

/** The same person asks again: the open lead keeps its owner and its clock; who answered already is told by a task. */
async function join(tx: Tx, open: Row, asked: NewLead): Promise<string> {
  const asked_at = asked.asked_at ?? tx.clock();
  const fact = await record(tx, {
    name: "lead.joined",
    contact_id: asked.contact_id,
    account_id: textIn(open.account_id),
    campaign_id: asked.campaign_id ?? null,
    caused_by: asked.caused_by ?? null,
    payload: { lead_id: open.id, source: asked.source },
  });
  await updateRecord(tx, leadType, open.id, undefined, {
    asks: Number(open.asks) + 1,
    asked_at,
    ...(asked.message ? { message: asked.message } : {}),
    ...(asked.interest && !open.interest ? { interest: asked.interest } : {}),
    ...(asked.company && !open.company ? { company: asked.company } : {}),
  });
  await rescore(
    tx,
    [open.id],
    "fact",
    new Map([[asked.contact_id, [{ id: asked.caused_by ?? fact, name: "form.submitted" }]]]),
  );
  if (open.responded_at)
    await openTask(tx, {
      key: `lead:${open.id}:asked:${asked.caused_by ?? fact}`,
      kind: "mail",
      title: `Answer ${String(open.name)} again`,
      reason: `Asked again through ${asked.source}`,
      contact_id: asked.contact_id,
      owner_id: textIn(open.owner_id),
      due_at: await responseDue(tx, asked_at),
      about: { object: "lead", id: open.id },
      caused_by: fact,
    });
  return open.id;
}
