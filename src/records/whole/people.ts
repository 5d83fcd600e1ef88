import { sql } from "kysely";
import type { Tx } from "#platform/context";
import type { Manifest } from "./manifest.ts";

/**
 * Gives the people of a file their place here: known by id or by e-mail, else made, without a password until they ask for one. Answers old
 * ids with the new ones, where they differ.
 */
export async function bringPeople(tx: Tx, people: Manifest["people"]): Promise<Map<string, string>> {
  const moved = new Map<string, string>();
  for (const person of people) {
    const { rows } = await sql<{ id: string }>`
      select id from rondo.users where id = ${person.id} or lower(email) = lower(${person.email}) order by (id = ${person.id}) desc limit 1`.execute(
      tx.db,
    );
    const id = rows[0]?.id ?? person.id;
    if (!rows[0])
      await sql`insert into rondo.users (id, name, email) values (${id}, ${person.name}, ${person.email})`.execute(
        tx.db,
      );
    await sql`insert into rondo.members (workspace_id, user_id, role) values (${tx.workspace.id}, ${id}, ${person.role}) on conflict do nothing`.execute(
      tx.db,
    );
    if (id !== person.id) moved.set(person.id, id);
  }
  return moved;
}
