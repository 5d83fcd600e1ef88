import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { recordAll, type FactInput } from "#timeline";
import { chanceOf } from "./company/chance.ts";
import { sample } from "./sample.ts";

const dayMs = 86_400_000;

const notes = [
  "Called about the delivery. Prefers to be reached in the morning.",
  "Asked whether lids come in packs of six. Yes, from next month.",
  "Puts up pears every October; wants the large jars before that.",
  "Was at our stand at the fair and tried the clip jars.",
  "Pays by transfer, always on the last day. No worry.",
  "Would like the labels in two languages.",
  "Moved house; the address in the last order is the new one.",
  "Gives our jars away as presents at the end of the year.",
] as const;
const comments = [
  "Who of us goes there next? I could on Thursday.",
  "I sent them the price list again.",
  "Please check with the warehouse before promising anything.",
  "Good talk today. Let us offer the refill.",
] as const;
const colleagues = ["Lena Hoff", "Omar Said", "Priya Nair"] as const;

/** Which customers of the sample have a tag, by what is known of them; the same ones every time. */
const tags = [
  { name: "Gives presents", tone: "pink", percent: 6 },
  { name: "Met at a fair", tone: "violet", percent: 8 },
  { name: "Large kitchen", tone: "teal", percent: 5 },
  { name: "Call in the morning", tone: "amber", percent: 4 },
] as const;

interface Known {
  key: string;
  id: string;
  account_id: string | null;
  since: Date;
}

/** Writes what colleagues put beside the sample's customers: notes, comments and tags; a few rows for one in ten, so that it costs no time. */
export async function writeBeside(tx: Tx, today: Date): Promise<void> {
  const { rows } = await sql<Known>`
    select e.external_id as key, c.id, c.account_id, (select min(f.occurred_at) from facts f where f.contact_id = c.id) as since from external_ids e join contacts c on c.id = e.record_id
     where e.object = 'contact' and e.system = ${sample} and e.external_id ~ '[0-9]' order by e.external_id`.execute(tx.db);
  await writeNotes(tx, rows, today);
  await writeComments(tx, rows, today);
  await writeTags(tx, rows, today);
} // prettier-ignore

/** When something was written: within the last half year, after they were met. */
const then = (luck: ReturnType<typeof chanceOf>, { since }: Known, today: Date): Date =>
  new Date(
    today.getTime() - Math.round(luck.between(0.05, 0.9) * Math.min(180 * dayMs, today.getTime() - since.getTime())),
  );

async function writeNotes(tx: Tx, known: readonly Known[], today: Date): Promise<void> {
  const written = known.flatMap((one) => {
    const { key, id, account_id } = one;
    const luck = chanceOf(`note ${key}`);
    if (!luck.yes(0.08)) return [];
    return [{ id: newId(), contact_id: id, account_id, text: luck.pick(notes), by: luck.pick(colleagues), at: then(luck, one, today) }]; // prettier-ignore
  });
  const facts = await recordAll(tx, written.map((n): FactInput => ({
    name: "note.written", contact_id: n.contact_id, account_id: n.account_id, occurred_at: n.at, payload: { note_id: n.id, text: n.text },
  }))); // prettier-ignore
  const rows = JSON.stringify(written.map((n, i) => ({ ...n, fact_id: facts[i] })));
  await sql`
    insert into notes (id, contact_id, account_id, text, author_name, fact_id, written_at)
    select id, contact_id, account_id, text, by, fact_id, at from json_to_recordset(${rows}::json) as n(id uuid, contact_id uuid, account_id uuid, text text, by text, fact_id uuid, at timestamptz)`.execute(tx.db);
} // prettier-ignore

async function writeComments(tx: Tx, known: readonly Known[], today: Date): Promise<void> {
  const said = known.flatMap((one) => {
    const { key, id } = one;
    const luck = chanceOf(`comment ${key}`);
    if (!luck.yes(0.03)) return [];
    const text = luck.pick(comments);
    return [{ id: newId(), record_id: id, text, html: `<p>${text}</p>`, by: luck.pick(colleagues), at: then(luck, one, today) }]; // prettier-ignore
  });
  await sql`
    insert into comments (id, object, record_id, html, text, by_name, created_at)
    select id, 'contact', record_id, html, text, by, at from json_to_recordset(${JSON.stringify(said)}::json) as c(id uuid, record_id uuid, html text, text text, by text, at timestamptz)`.execute(tx.db);
} // prettier-ignore

/** A tag of that name that the company has already is used, and stays when the sample goes. */
async function writeTags(tx: Tx, known: readonly Known[], today: Date): Promise<void> {
  for (const { name, tone, percent } of tags) {
    const { rows: made } = await sql<{ id: string }>`
      insert into tags (id, name, tone, created_at, updated_at) select ${newId()}, ${name}, ${tone}, ${today}, ${today}
       where not exists (select from tags where lower(name) = lower(${name}) and deleted_at is null) returning id`.execute(tx.db);
    if (made[0]) await sql`insert into external_ids (object, system, external_id, record_id) values ('tag', ${sample}, ${name}, ${made[0].id}) on conflict do nothing`.execute(tx.db);
    const of = known.filter(({ key }) => chanceOf(`${name} ${key}`).yes(percent / 100)).map((c) => c.id);
    await sql`
      insert into tagged (id, record_id, object, tag_id, by_name, created_at)
      select gen_random_uuid(), r.id, 'contact', t.id, 'Sample company', ${today}::timestamptz from unnest(${of}::uuid[]) r(id), tags t
       where lower(t.name) = lower(${name}) and t.deleted_at is null on conflict do nothing`.execute(tx.db);
  }
} // prettier-ignore

/** Takes the sample's tags away where nobody else has put them on anything. */
export async function wipeTags(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    delete from external_ids where object = 'tag' and system = ${sample} returning record_id as id`.execute(tx.db);
  await sql`delete from tags t where id = any(${rows.map((r) => r.id)}) and not exists (select from tagged g where g.tag_id = t.id)`.execute(tx.db);
  return rows.length;
} // prettier-ignore
