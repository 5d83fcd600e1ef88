import { sql } from "kysely";
import { opportunityType } from "#convert/pipeline";
import { accountType } from "#customers";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { lockRecord, noteChanges, recordType, trashRecord, updateRecord, type Row } from "#records";
import { record, withdraw } from "#timeline";
import { leadType } from "../lead.ts";
import { saveLead } from "../move.ts";
import { holdPerson, openLeadOf } from "../open.ts";
import { rescore } from "../score/rescore.ts";
import { textIn } from "../words.ts";
import type { Conversion } from "./convert.ts";

/** Undoes a conversion exactly: the opportunity goes, what was filled is empty again, the lead stands where it stood. Refused, saying why, when the opportunity has moved on. */
export const undoConversion = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const row = await lockRecord(tx, leadType, id);
    const did = row.conversion as Conversion | null;
    if (!row.converted_at || !did) throw new Refused("conflict", "lead.not-converted", "This lead was not converted.");
    await holdPerson(tx, String(row.contact_id));
    const other = await openLeadOf(tx, String(row.contact_id));
    if (other) throw movedOn(`${String(row.name)} asked again since and has another open lead`, { lead_id: other.id });
    const opportunity = await untouched(tx, did);
    await emptyAgain(tx, did);
    const about = { contact_id: String(row.contact_id), account_id: textIn(row.account_id) };
    const by = await record(tx, {
      ...about,
      name: "lead.conversion-undone",
      caused_by: did.facts.at(-1) ?? null,
      payload: { lead_id: id, title: String(opportunity.name) },
    });
    const opened = textIn(opportunity.opened_fact);
    await withdraw(tx, [...did.facts, ...(opened ? [opened] : [])], by);
    await saveLead(tx, row, {
      ...did.before,
      converted_at: null,
      closed_at: null,
      opportunity_id: null,
      conversion: null,
    });
    await noteChanges(tx, [
      { object: "lead", record_id: id, action: "updated", fields: { status: [row.status, did.before.status], opportunity_id: [row.opportunity_id, null] } }, // prettier-ignore
    ]);
    await trashRecord(tx, opportunityType, opportunity.id);
    await trashMade(tx, did.made_account);
    await rescore(tx, [id], "opened");
  });

const movedOn = (why: string, detail: Record<string, unknown> = {}): Refused =>
  new Refused("conflict", "lead.moved-on", `This cannot be undone: ${why}.`, { detail });

/** The opportunity as conversion left it. @throws Refused when somebody worked on it since. */
async function untouched(tx: Tx, { opportunity: was }: Conversion): Promise<Row> {
  const { rows } = await sql<Row & { stage: string; spells: number }>`
    select o.*, s.name as stage, (select count(*)::int from stage_spells p where p.opportunity_id = o.id) as spells
      from opportunities o join pipeline_stages s on s.id = o.stage_id where o.id = ${was.id} for update of o`.execute(
    tx.db,
  );
  const row = rows[0];
  const detail = { opportunity_id: was.id };
  if (!row || row.deleted_at) throw movedOn("the opportunity is in the trash");
  if (row.status !== "open") throw movedOn(`the opportunity was ${String(row.status)}`, detail);
  if (row.spells > 1) throw movedOn(`the opportunity has moved to “${row.stage}”`, detail);
  if (row.version !== was.version || (row.touched_at as Date).toISOString() !== was.touched_at)
    throw movedOn("somebody changed the opportunity since", detail);
  return row;
}

/** What was filled is empty again, where it still says what conversion wrote. */
async function emptyAgain(tx: Tx, { filled }: Conversion): Promise<void> {
  for (const [id, some] of Map.groupBy(filled, (f) => f.id)) {
    const type = recordType(some[0]!.object);
    const { rows } = await sql<Row>`select * from ${sql.table(type.object.table)} where id = ${id} and deleted_at is null for update`.execute(tx.db); // prettier-ignore
    const now = rows[0];
    const ours = now ? some.filter((f) => now[f.field] === f.value) : [];
    if (ours.length > 0)
      await updateRecord(tx, type, id, undefined, Object.fromEntries(ours.map((f) => [f.field, null])));
  }
}

/** The account that conversion made goes with it, unless people or orders have come to it. */
async function trashMade(tx: Tx, id: string | null): Promise<void> {
  if (!id) return;
  const { rows } = await sql`
    select 1 from accounts a where a.id = ${id} and a.deleted_at is null
       and not exists (select from contacts where account_id = a.id)
       and not exists (select from facts f where f.account_id = a.id and f.contact_id is null and f.name not like 'account.%')`.execute(
    tx.db,
  );
  if (rows.length > 0) await trashRecord(tx, accountType, id);
}
