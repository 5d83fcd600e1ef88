import { sql } from "kysely";
import type { Tx } from "#platform/context";
import type { ConsumedFact } from "#timeline";
import { pathOf, titleOf } from "../named.ts";
import { recordType, type Row } from "../registry.ts";
import { notify } from "./notify.ts";

interface Followed {
  record_id: string;
  users: string[];
}

/** Customers move by facts and by time, not by a person's change: whoever follows or owns one is told of it once. */
export const notificationsConsumer = {
  name: "notifications",
  facts: ["customer.stage-changed"],
  apply: async (tx: Tx, facts: readonly ConsumedFact[]): Promise<void> => {
    for (const object of ["contact", "account"] as const) {
      const of = facts.filter((f) => f.payload.subject === object);
      const followed = await followedOf(tx, object, of.map((f) => String(f[`${object}_id`]))); // prettier-ignore
      for (const fact of of) {
        const found = followed.get(String(fact[`${object}_id`]));
        if (found) await tellOf(tx, object, fact, found);
      }
    }
  },
};

async function followedOf(tx: Tx, object: "contact" | "account", ids: readonly string[]): Promise<Map<string, Followed>> {
  if (ids.length === 0) return new Map();
  const { table } = recordType(object).object;
  const { rows } = await sql<Followed>`
    select r.id as record_id, array_agg(distinct w.user_id) as users
      from ${sql.table(table)} r
     cross join lateral (
       select f.user_id from followers f where f.record_id = r.id and f.follows
       union select r.owner_id where r.owner_id is not null and not exists (select from followers f where f.record_id = r.id and f.user_id = r.owner_id and not f.follows)) w
     where r.id = any(${[...new Set(ids)]}::uuid[]) and r.deleted_at is null and exists (select from followers f where f.record_id = r.id and f.follows)
     group by r.id`.execute(tx.db);
  return new Map(rows.map((r) => [r.record_id, r]));
} // prettier-ignore

async function tellOf(tx: Tx, object: "contact" | "account", fact: ConsumedFact, { record_id, users }: Followed): Promise<void> {
  const { rows } = await sql<Row>`select * from ${sql.table(recordType(object).object.table)} where id = ${record_id}`.execute(tx.db);
  const about = { object, record_id };
  const text = String(fact.payload.to).replaceAll("_", " ");
  await notify(tx, { about, users, kind: "moved", key: `fact:${fact.id}`, title: titleOf(object, rows[0]!), path: pathOf(about), text });
} // prettier-ignore
