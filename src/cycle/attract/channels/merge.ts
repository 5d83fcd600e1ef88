import { sql } from "kysely";
import { carry, carryCustomers, hasSame, settleMerges } from "#records";

carry({
  table: "sends",
  column: "contact_id",
  to: "contact",
  // Both got the campaign: the second send stays with whom it was sent to.
  unless: hasSame("sends", "contact_id", ["source", "source_id"], (s) => `${s}.kind <> 'service'`),
});
carryCustomers("sends", ["account_id"]);

// What both were told counts against the one budget.
settleMerges({
  name: "contact budget",
  object: "contact",
  tables: [
    { table: "contact_budgets", column: "contact_id", rows: "x.contact_id = any($1::uuid[])", key: ["contact_id"] },
  ],
  async settle(tx, { winner, losers }) {
    const ids = [winner, ...losers];
    await sql`
      insert into contact_budgets (contact_id, times)
      select ${winner}::uuid, array_agg(t order by t) from contact_budgets b, unnest(b.times) t where b.contact_id = any(${ids}) having count(*) > 0
          on conflict (contact_id) do update set times = excluded.times`.execute(tx.db);
    await sql`delete from contact_budgets where contact_id = any(${losers})`.execute(tx.db);
  },
});
