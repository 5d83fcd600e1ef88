import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { settingsOf } from "./settings.ts";

export interface Owner {
  id: string;
  name: string;
}

/**
 * Whose turn it is: the contact's own person if they take turns, else who got a lead longest ago. One decision at a time, so that
 * twenty leads at once are spread evenly. Null when nobody could take it.
 */
export async function nextOwner(tx: Tx, contact_id: string): Promise<Owner | null> {
  await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/lead-turn'))`.execute(tx.db);
  const { pool } = await settingsOf(tx);
  const { rows } = await sql<Owner>`
    with able as (
      select m.user_id, u.name, case when m.role in ('agent', 'manager') then 0 else 1 end as rank
        from rondo.members m join rondo.users u on u.id = m.user_id
       where m.workspace_id = ${tx.workspace.id} and m.role <> 'viewer' and (${pool}::uuid[] is null or m.user_id = any(${pool}::uuid[]))),
    -- Where nobody sells by role, the founder does.
    taking as (select * from able where ${pool}::uuid[] is not null or rank = (select min(rank) from able))
    select t.user_id as id, t.name from taking t left join lead_turns l on l.user_id = t.user_id
     order by t.user_id = (select owner_id from contacts where id = ${contact_id}) desc nulls last, l.turn nulls first, t.user_id limit 1`.execute(
    tx.db,
  );
  const owner = rows[0] ?? null;
  if (owner)
    await sql`
      insert into lead_turns (user_id, turn) values (${owner.id}, nextval('lead_turn'))
          on conflict (user_id) do update set turn = excluded.turn`.execute(tx.db);
  return owner;
}
