import { sql } from "kysely";
import { closeTasks } from "#convert/activities";
import { newId } from "#kernel/id";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { checkReason, lockRecord, noteChanges, restoreRecord, type Row, type Values } from "#records";
import { record, recordAll, withdraw, type FactInput } from "#timeline";
import { leadType, type LeadStatus } from "./lead.ts";
import { holdPerson, openLeadOf, responseDue } from "./open.ts";
import { rescore } from "./score/rescore.ts";
import { textIn } from "./words.ts";

/*
 * Words we use
 *   move   one step of an episode: answered, qualified, set aside, open again; the last one can be taken back exactly
 */
export const ways = ["mail", "call", "meeting", "message"] as const;
export type Way = (typeof ways)[number];

interface Move {
  set: Values;
  facts: readonly FactInput[];
}

const aboutOf = (row: Row) => ({ contact_id: String(row.contact_id), account_id: textIn(row.account_id) });

const statusWords: Record<LeadStatus, string> = {
  open: "is open",
  working: "is being worked",
  qualified: "is qualified",
  disqualified: "was set aside",
};

/** The lead, held; refused when it was converted or does not stand where the move begins. */
export async function heldLead(tx: Tx, id: string, from: readonly LeadStatus[]): Promise<Row> {
  const row = await lockRecord(tx, leadType, id);
  if (row.converted_at)
    throw new Refused("conflict", "lead.converted", "This lead became an opportunity already.", {
      detail: { opportunity_id: row.opportunity_id },
    });
  if (!from.includes(row.status as LeadStatus))
    throw new Refused("conflict", "lead.status", `This lead ${statusWords[row.status as LeadStatus]}.`);
  return row;
}

async function move(tx: Tx, row: Row, { set, facts }: Move): Promise<void> {
  const told = facts.map((f) => ({ ...aboutOf(row), caused_by: String(row.opened_fact), ...f, id: f.id ?? newId() }));
  const before = Object.fromEntries(Object.keys(set).map((k) => [k, row[k] ?? null]));
  const undo = { before, facts: told.map((f) => f.id), to: set.status ?? row.status };
  await saveLead(tx, row, { ...set, undo: JSON.stringify(undo) });
  await recordAll(tx, told);
  await noteChanges(tx, [{ object: "lead", record_id: row.id, action: "updated", fields: changesOf(row, set) }]);
}

const noted = ["status", "unqualified_reason", "recycle_at"];
const changesOf = (row: Row, set: Values): Record<string, [unknown, unknown]> =>
  Object.fromEntries(
    noted.filter((k) => k in set && set[k] !== row[k]).map((k) => [k, [row[k] ?? null, set[k] ?? null]]),
  );

/** Writes these columns of a lead that is held. */
export async function saveLead(tx: Tx, row: Row, set: Values): Promise<void> {
  const sets = Object.entries(set).map(([k, v]) => sql`${sql.id(k)} = ${v}`);
  await sql`update leads set ${sql.join(sets)}, updated_at = ${tx.clock()}, version = version + 1 where id = ${row.id}`.execute(
    tx.db,
  );
}

/** Says that somebody answered; the first answer stops the clock. `cause`: the fact that shows it, such as a call. */
export const contactLead = (
  ctx: Ctx | Tx,
  id: string,
  how: Way,
  answered: { at?: Date; cause?: string } = {},
): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const row = await heldLead(tx, id, ["open", "working", "qualified"]);
    if (row.responded_at) throw new Refused("conflict", "lead.answered", "Somebody answered already.");
    const at = answered.at ?? tx.clock();
    const minutes = Math.max(0, Math.round((at.getTime() - (row.asked_at as Date).getTime()) / 60_000));
    await move(tx, row, {
      set: { status: row.status === "open" ? "working" : row.status, responded_at: at },
      facts: [
        {
          name: "lead.contacted",
          occurred_at: at,
          ...(answered.cause ? { caused_by: answered.cause } : {}),
          payload: { lead_id: id, how, minutes },
        },
      ],
    });
  });

/** Says that the lead is worth an opportunity. */
export const qualifyLead = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const row = await heldLead(tx, id, ["open", "working"]);
    await move(tx, row, {
      set: { status: "qualified", qualified_at: tx.clock() },
      facts: [{ name: "lead.qualified", payload: { lead_id: id, score: Number(row.score) } }],
    });
  });

/** Sets the lead aside with its reason; it comes back on a day when one is given. Ends the tasks about it. */
export const unqualifyLead = (
  ctx: Ctx | Tx,
  id: string,
  why: { reason_id: string; recycle_at?: Date | null | undefined },
): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const row = await heldLead(tx, id, ["open", "working", "qualified"]);
    const reason = await checkReason(tx, why.reason_id, "unqualified");
    await move(tx, row, {
      set: {
        status: "disqualified",
        unqualified_reason_id: why.reason_id,
        unqualified_reason: reason,
        recycle_at: why.recycle_at ?? null,
        closed_at: tx.clock(),
      },
      facts: [{ name: "lead.unqualified", payload: { lead_id: id, reason, reason_id: why.reason_id } }],
    });
    await sql`delete from lead_flips where lead_id = ${id}`.execute(tx.db);
    await closeTasks(tx, { about: { object: "lead", id } }, `Set aside: ${reason}`);
  });

/** Opens a lead again that was set aside, with a new clock; refused while the person has another open one. */
export const reopenLead = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const row = await heldLead(tx, id, ["disqualified"]);
    await refuseSecond(tx, row);
    await move(tx, row, {
      set: {
        status: "open",
        responded_at: null,
        first_response_due: await responseDue(tx, tx.clock()),
        unqualified_reason: null,
        unqualified_reason_id: null,
        recycle_at: null,
        closed_at: null,
      },
      facts: [
        {
          name: "lead.reopened",
          payload: { lead_id: id, why: row.recycle_at ? "time to look again" : "another chance" },
        },
      ],
    });
    await rescore(tx, [id], "opened");
  });

async function refuseSecond(tx: Tx, row: Row): Promise<void> {
  await holdPerson(tx, String(row.contact_id));
  const other = await openLeadOf(tx, String(row.contact_id));
  if (other && other.id !== row.id)
    throw new Refused("conflict", "lead.another-open", `${String(row.name)} has another open lead.`, {
      detail: { lead_id: other.id },
    });
}

interface Undo {
  before: Values;
  facts: string[];
  to: string;
}

/** Takes the last move back: status, clock and reasons are as they were, and what was told is withdrawn. */
export const takeBackMove = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const row = await lockRecord(tx, leadType, id);
    const undo = row.undo as Undo | null;
    if (row.converted_at) throw new Refused("conflict", "lead.converted", "Undo the conversion first.");
    if (!undo || undo.to !== row.status)
      throw new Refused("conflict", "lead.nothing-to-undo", "There is nothing to take back on this lead.");
    if (row.status === "disqualified") await refuseSecond(tx, row);
    await saveLead(tx, row, { ...undo.before, undo: null });
    const by = await record(tx, {
      ...aboutOf(row),
      name: "lead.reopened",
      payload: { lead_id: id, why: "taken back" },
    });
    await withdraw(tx, [...undo.facts, by], by);
    await noteChanges(tx, [{ object: "lead", record_id: id, action: "updated", fields: changesOf(row, undo.before) }]);
    await rescore(tx, [id], "opened");
  });

/** Takes a lead out of the trash; refused while the person has another open one. */
export const restoreLead = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<Row>`select * from leads where id = ${id}`.execute(tx.db);
    const row = rows[0];
    if (row && row.status !== "disqualified" && !row.converted_at) await refuseSecond(tx, row);
    await restoreRecord(tx, leadType, id);
    await rescore(tx, [id], "opened");
  });
