import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { cut } from "../values.ts";
import { digestHour, kinds, type NotificationKind } from "./kind.ts";

export interface NewNotification {
  users: readonly string[];
  kind: NotificationKind;
  /** What told of it: the same key twice makes one notification for a person. */
  key: string;
  title: string;
  text: string;
  path: string;
  about?: { object: string; record_id: string };
}

/** Notifies people, each once for the key and in the way they chose for the kind; whoever did it is not told of it. */
export async function notify(tx: Tx, { users, kind, key, about, ...words }: NewNotification): Promise<void> {
  const wanted = [...new Set(users)].filter((user) => tx.actor.kind !== "user" || user !== tx.actor.id);
  if (wanted.length === 0) return;
  const ids = wanted.map(() => newId());
  await sql`
    insert into notifications (id, user_id, kind, object, record_id, title, text, path, by_name, key, at, mail_at)
    select u.id, u.user_id, ${kind}, ${about?.object ?? null}, ${about?.record_id ?? null}, ${cut(words.title, 200)}, ${cut(words.text, 500)}, ${words.path},
           ${tx.actor.name}, ${key}, ${tx.clock()}, case w.way when 'mail' then ${tx.clock()}::timestamptz when 'digest' then h.at + case when h.at > ${tx.clock()}::timestamptz then interval '0' else interval '1 day' end end
      from unnest(${ids}::uuid[], ${wanted}::uuid[]) as u(id, user_id)
      join rondo.members m on m.workspace_id = ${tx.workspace.id} and m.user_id = u.user_id
     cross join lateral (select coalesce((select n.way from notification_ways n where n.user_id = u.user_id and n.kind = ${kind}), ${kinds[kind].way}) as way) w
     cross join lateral (select (date_trunc('day', ${tx.clock()}::timestamptz at time zone ${tx.workspace.time_zone})
             + make_interval(hours => coalesce((select d.hour from digest_hours d where d.user_id = u.user_id), ${digestHour}))) at time zone ${tx.workspace.time_zone} as at) h
     where w.way <> 'off'
        on conflict (user_id, key) do nothing`.execute(tx.db);
}
