import { sql } from "kysely";
import { newId } from "#kernel/id";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { followers, mentionedIn, notify, pathOf, seenRecord, titleOf, type RichText } from "#records";
import { record, withdraw } from "#timeline";
import { author, beginning, requireOwn } from "./told.ts";
import { whoseOf, type About, type Whose } from "./whose.ts";

/** Writes a note on a contact or an account, plain or rich; colleagues named in it are told and follow the customer. Answers its id. */
export const writeNote = (ctx: Ctx | Tx, about: About & ({ text: string } | { rich: RichText })): Promise<{ id: string }> =>
  inTransaction(ctx, async (tx) => {
    const whose = await whoseOf(tx, about);
    const id = newId();
    const by = author(tx);
    const { html, text, mentions } = "rich" in about ? about.rich : { html: null, text: about.text, mentions: [] };
    const fact = await record(tx, { ...whose, name: "note.written", payload: { note_id: id, text: beginning(text) } });
    await sql`
      insert into notes (id, contact_id, account_id, text, html, author_id, author_name, fact_id, written_at)
      values (${id}, ${whose.contact_id}, ${whose.account_id}, ${text}, ${html}, ${by.id}, ${by.name}, ${fact}, ${tx.clock()})`.execute(
      tx.db,
    );
    await tellNamed(tx, whose, { id, text, mentions });
    return { id };
  }); // prettier-ignore

/** Colleagues are told once of a note that names them; whoever wrote or is named follows the customer. */
async function tellNamed(tx: Tx, whose: Whose, note: { id: string; text: string; mentions: readonly string[] }): Promise<void> {
  const record_id = whose.contact_id ?? whose.account_id;
  if (!record_id) return;
  const ref = { object: whose.contact_id ? "contact" : "account", record_id };
  if (tx.actor.kind === "user" && tx.actor.id) await followers(tx, ref, [tx.actor.id]);
  const users = await mentionedIn(tx, ref, note.mentions);
  if (users.length === 0) return;
  await followers(tx, ref, users);
  const title = titleOf(ref.object, await seenRecord(tx, ref));
  await notify(tx, { users, kind: "mentioned", key: `note:${note.id}`, title, text: note.text, path: pathOf(ref), about: ref });
} // prettier-ignore

interface Kept extends Whose {
  version: number;
  author_id: string | null;
  fact_id: string;
  written_at: Date;
  text: string;
}

async function lockNote(tx: Tx, id: string, away: boolean): Promise<Kept> {
  const { rows } = await sql<Kept>`
    select contact_id, account_id, version, author_id, fact_id, written_at, text from notes where id = ${id} and deleted_at is ${sql.raw(away ? "not null" : "null")} for update`.execute(
    tx.db,
  );
  if (!rows[0]) throw notFound("note");
  requireOwn(tx, "note", rows[0].author_id);
  return rows[0];
}

/** Tells of the note as it is now, in its old place on the timeline. */
const retell = (tx: Tx, id: string, { contact_id, account_id, written_at }: Kept, text: string): Promise<string> =>
  record(tx, { contact_id, account_id, name: "note.written", occurred_at: written_at, payload: { note_id: id, text: beginning(text) } }); // prettier-ignore

/** Changes one's own note when nobody has since; its line on the timeline changes with it. */
export const editNote = (ctx: Ctx, id: string, version: number, rich: RichText): Promise<{ id: string; version: number }> =>
  inTransaction(ctx, async (tx) => {
    const kept = await lockNote(tx, id, false);
    if (kept.version !== version) throw new Refused("stale", "note.stale", "This note was changed since you opened it.");
    const fact = await retell(tx, id, kept, rich.text);
    await withdraw(tx, [kept.fact_id], fact);
    await sql`
      update notes set text = ${rich.text}, html = ${rich.html}, fact_id = ${fact}, edited_at = ${tx.clock()}, version = version + 1 where id = ${id}`.execute(tx.db);
    await tellNamed(tx, kept, { id, ...rich });
    return { id, version: version + 1 };
  }); // prettier-ignore

/** Takes one's own note back that was taken away. */
export const restoreNote = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const kept = await lockNote(tx, id, true);
    const fact = await retell(tx, id, kept, kept.text);
    await sql`update notes set deleted_at = null, fact_id = ${fact} where id = ${id}`.execute(tx.db);
  });
