import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Ctx, Tx } from "#platform/context";
import { recordAll } from "#timeline";
import { advance, dueAt } from "./advance.ts";
import type { Book, Lot, Spend } from "./book.ts";
import { programOf, type Program } from "./program.ts";
import { monthsBefore } from "./rules.ts";

type Row = Omit<Book, "lots" | "spends" | "entries" | "tiers" | "told" | "program" | "rules" | "rulesOf"> & {
  lots: Lot[] | null;
  spends: Spend[] | null;
};

const dateFields = ["earned_at", "active_at", "activated_at", "expires_at", "hold_until", "spent_at"] as const;

/** JSON writes times as texts. */
function dated<T>(row: T): T {
  const values = row as Record<string, unknown>;
  for (const name of dateFields) if (typeof values[name] === "string") values[name] = new Date(values[name]);
  return row;
}

// What can still move, what counts for a tier, and what these orders earned or were paid with; a long history stays where it is.
const needed = (since: Date, orders: readonly string[]) => sql`
  with held as (select id from loyalty_spends s where s.member_id = m.id and (s.state = 'held' or s.order_id = any(${orders})))
  select json_agg(l) from loyalty_lots l
   where l.member_id = m.id and (l.state in ('pending', 'active') or l.activated_at > ${since} or l.order_id = any(${orders})
      or l.id in (select a.lot_id from loyalty_allocations a where a.spend_id in (select id from held)))`;

/** The books of these contacts' memberships, or of members by id; everything that can still move. */
export async function readBooks(ctx: Ctx, program: Program, who: { contacts: readonly string[] } | { members: readonly string[] }, orders: readonly string[] = [], lock = false): Promise<Map<string, Book>> {
  const theirs = "contacts" in who ? sql`m.contact_id = any(${who.contacts})` : sql`m.id = any(${who.members})`;
  if (lock) await sql`select 1 from loyalty_members m where ${theirs} order by id for update`.execute(ctx.db);
  const since = monthsBefore(ctx.clock(), program.rules.tier_months + 1, program.zone);
  const { rows } = await sql<Row>`
    select m.id, m.contact_id, c.account_id, m.issued, m.pending, m.available, m.debt, m.redeemed, m.expired, m.tier, m.tier_since, m.evaluate_at, m.in_grace, m.tier_fact, m.joined_at, m.moved_at,
           (${needed(since, orders)}) as lots,
           (select json_agg(to_jsonb(s) || jsonb_build_object('allocations', (select jsonb_agg(jsonb_build_object('lot_id', a.lot_id, 'points', a.points, 'restored', a.restored) order by a.position)
                      from loyalty_allocations a where a.spend_id = s.id)))
              from loyalty_spends s where s.member_id = m.id and (s.state = 'held' or s.order_id = any(${orders}))) as spends
      from loyalty_members m join contacts c on c.id = m.contact_id
     where ${theirs} order by m.id`.execute(ctx.db);
  return new Map(rows.map((row) => [row.contact_id, opened(program, row)]));
} // prettier-ignore

const opened = (program: Program, row: Row): Book => ({
  ...row,
  lots: (row.lots ?? []).map(dated),
  spends: (row.spends ?? []).map(dated),
  entries: [],
  tiers: [],
  told: [],
  program,
  rules: program.rules,
  rulesOf: (version) => program.versions.get(version) ?? program.rules,
});

/** Makes members of contacts who are none yet; answers all their books, held until the transaction ends. */
export async function holdBooks(tx: Tx, program: Program, contacts: readonly string[], orders: readonly string[] = []): Promise<Map<string, Book>> {
  const rows = [...new Set(contacts)].toSorted().map((contact_id) => ({ id: newId(), contact_id }));
  await sql`
    insert into loyalty_members (id, contact_id, joined_at, moved_at)
    select r.id, r.contact_id, ${tx.clock()}, to_timestamp(0) from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, contact_id uuid)
      join contacts c on c.id = r.contact_id on conflict (contact_id) do nothing`.execute(tx.db);
  return readBooks(tx, program, { contacts }, orders, true);
} // prettier-ignore

/** The book of one contact's membership, held; null when there is no programme or they are no member. */
export async function holdBook(tx: Tx, contact: string, orders: readonly string[] = []): Promise<Book | null> {
  const program = await programOf(tx);
  return program ? ((await readBooks(tx, program, { contacts: [contact] }, orders, true)).get(contact) ?? null) : null; // prettier-ignore
}

const memberRow = (b: Book): Record<string, unknown> => ({
  id: b.id, issued: b.issued, pending: b.pending, available: b.available, debt: b.debt, redeemed: b.redeemed, expired: b.expired, tier: b.tier,
  tier_since: b.tier_since, evaluate_at: b.evaluate_at, in_grace: b.in_grace, tier_fact: b.tier_fact, moved_at: b.moved_at, due_at: dueAt(b),
}); // prettier-ignore

/** Brings the books to now and writes what came of it: accounts, lots, spends, entries, tiers and facts, in one go. */
export async function saveBooks(tx: Tx, books: readonly Book[]): Promise<void> {
  for (const book of books) advance(book, tx.clock());
  if (books.length === 0) return;
  const of = <T extends object>(pick: (book: Book) => readonly T[]) => JSON.stringify(books.flatMap((b) => pick(b).map((row) => ({ ...row, member_id: b.id })))); // prettier-ignore
  await recordAll(tx, books.flatMap((b) => b.told).toSorted((a, b) => Number(a.occurred_at) - Number(b.occurred_at)));
  await sql`
    update loyalty_members m set issued = r.issued, pending = r.pending, available = r.available, debt = r.debt, redeemed = r.redeemed, expired = r.expired, tier = r.tier,
           tier_since = r.tier_since, evaluate_at = r.evaluate_at, in_grace = r.in_grace, tier_fact = r.tier_fact, moved_at = r.moved_at, due_at = r.due_at
      from json_to_recordset(${JSON.stringify(books.map(memberRow))}::json)
             as r(id uuid, issued bigint, pending bigint, available bigint, debt bigint, redeemed bigint, expired bigint, tier text, tier_since timestamptz,
             evaluate_at timestamptz, in_grace boolean, tier_fact uuid, moved_at timestamptz, due_at timestamptz) where m.id = r.id`.execute(tx.db);
  await sql`
    insert into loyalty_lots select r.* from json_populate_recordset(null::loyalty_lots, ${of((b) => b.lots)}::json) r
        on conflict (id) do update set remaining = excluded.remaining, reversed = excluded.reversed, expired = excluded.expired, state = excluded.state, active_at = excluded.active_at,
           activated_at = excluded.activated_at, expires_at = excluded.expires_at, activated_fact = excluded.activated_fact
     where (loyalty_lots.remaining, loyalty_lots.reversed, loyalty_lots.expired, loyalty_lots.state, loyalty_lots.active_at)
           is distinct from (excluded.remaining, excluded.reversed, excluded.expired, excluded.state, excluded.active_at)`.execute(tx.db);
  await sql`
    insert into loyalty_spends select r.* from json_populate_recordset(null::loyalty_spends, ${of((b) => b.spends)}::json) r
        on conflict (id) do update set restored = excluded.restored, state = excluded.state, hold_until = excluded.hold_until, order_id = excluded.order_id`.execute(tx.db);
  await sql`
    insert into loyalty_allocations select r.* from json_populate_recordset(null::loyalty_allocations, ${of((b) => b.spends.flatMap((s) => s.allocations.map((a, position) => ({ spend_id: s.id, position, ...a }))))}::json) r
        on conflict (spend_id, position) do update set restored = excluded.restored`.execute(tx.db);
  await sql`
    insert into loyalty_entries select r.* from json_populate_recordset(null::loyalty_entries, ${of((b) => b.entries.map((e) => ({ ...e, recorded_at: tx.clock() })))}::json) r`.execute(tx.db);
  await sql`insert into loyalty_tiers select r.* from json_populate_recordset(null::loyalty_tiers, ${of((b) => b.tiers)}::json) r`.execute(tx.db);
} // prettier-ignore
