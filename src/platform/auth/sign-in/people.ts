import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Db } from "#platform/postgres";

export interface Person {
  id: string;
  name: string;
  email: string;
}

/** Makes a person who signs in with a password; `hashed` comes from `hash`. The address must be free: a unique index says so. */
export async function insertPerson(
  db: Db,
  person: { name: string; email: string; hashed: string; at: Date },
): Promise<Person> {
  const id = newId();
  await sql`insert into users (id, name, email, email_verified, created_at, updated_at)
            values (${id}, ${person.name}, ${person.email}, true, ${person.at}, ${person.at})`.execute(db);
  await sql`insert into sign_ins (id, user_id, account_id, provider_id, password, created_at, updated_at)
            values (${newId()}, ${id}, ${id}, 'credential', ${person.hashed}, ${person.at}, ${person.at})`.execute(db);
  return { id, name: person.name, email: person.email };
}

/** The person with this address and their stored password; null when there is none. */
export async function personByEmail(db: Db, email: string): Promise<(Person & { hashed: string | null }) | null> {
  const { rows } = await sql<Person & { hashed: string | null }>`
    select u.id, u.name, u.email, s.password as hashed
      from users u left join sign_ins s on s.user_id = u.id and s.provider_id = 'credential' where u.email = ${email}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Whether anybody is here yet. */
export async function anybody(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from users limit 1`.execute(db);
  return rows.length > 0;
}
