import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { settleMerges } from "#records";

// Two accounts of points become one: entries, lots and spends move, the sums are added, so that every balance stays the sum of its entries.
settleMerges({
  name: "points",
  object: "contact",
  tables: [
    { table: "loyalty_members", column: "contact_id", rows: "x.contact_id = any($1::uuid[])", key: ["id"] },
    ...["loyalty_lots", "loyalty_spends", "loyalty_entries", "loyalty_tiers"].map((table) => ({
      table,
      rows: "x.member_id in (select m.id from loyalty_members m where m.contact_id = any($1::uuid[]))",
      key: ["id"],
    })),
  ],
  async settle(tx, { winner, losers }) {
    for (const loser of losers) {
      const { rows } = await sql<{ id: string; contact_id: string }>`
        select id, contact_id from loyalty_members where contact_id in (${winner}, ${loser}) order by id for update`.execute(
        tx.db,
      );
      const theirs = rows.find((m) => m.contact_id === loser);
      const ours = rows.find((m) => m.contact_id === winner);
      if (!theirs) continue;
      if (ours) await add(tx, ours.id, theirs.id);
      else await sql`update loyalty_members set contact_id = ${winner} where id = ${theirs.id}`.execute(tx.db);
    }
  },
});

async function add(tx: Tx, ours: string, theirs: string): Promise<void> {
  for (const table of ["loyalty_lots", "loyalty_spends", "loyalty_entries", "loyalty_tiers"])
    await sql`update ${sql.table(table)} set member_id = ${ours} where member_id = ${theirs}`.execute(tx.db);
  await sql`
    update loyalty_members o set issued = o.issued + t.issued, pending = o.pending + t.pending, available = o.available + t.available, debt = o.debt + t.debt,
           redeemed = o.redeemed + t.redeemed, expired = o.expired + t.expired, joined_at = least(o.joined_at, t.joined_at), moved_at = ${tx.clock()},
           tier = coalesce(o.tier, t.tier), tier_since = coalesce(o.tier_since, t.tier_since), evaluate_at = ${tx.clock()}, due_at = ${tx.clock()}
      from loyalty_members t where o.id = ${ours} and t.id = ${theirs}`.execute(tx.db);
  await sql`delete from loyalty_members where id = ${theirs}`.execute(tx.db);
}
