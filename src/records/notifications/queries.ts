import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { visibleIds } from "../beside.ts";
import { digestHour, kindNames, kinds, type Notification, type NotificationKind, type Way } from "./kind.ts";

export interface NotificationPage {
  items: Notification[];
  next: string | null;
  unread: number;
}

const columns = sql`id, kind, object, record_id, title, text, path, by_name, at, read_at`;

/** A person's notifications, newest first; those of records they may no longer see are left out. */
export async function notificationsOf(
  ctx: Ctx,
  asked: { unread: boolean; before?: string | undefined; limit: number },
): Promise<NotificationPage> {
  const { rows } = await sql<Notification>`
    select ${columns} from notifications
     where user_id = ${ctx.actor.id} and (not ${asked.unread}::boolean or read_at is null)
       and (${asked.before ?? null}::uuid is null or (at, id) < (select n.at, n.id from notifications n where n.id = ${asked.before ?? null} and n.user_id = ${ctx.actor.id}))
     order by at desc, id desc limit ${asked.limit + 1}`.execute(ctx.db);
  const page = rows.slice(0, asked.limit);
  const items = await seenOf(ctx, page);
  return { items, next: rows.length > asked.limit ? (page.at(-1)?.id ?? null) : null, unread: await unreadOf(ctx) };
}

/** Those of the notifications whose record the person may see, or that are about none. */
export async function seenOf<N extends { object: string | null; record_id: string | null }>(
  ctx: Ctx,
  items: readonly N[],
): Promise<N[]> {
  const seen = await visibleIds(ctx, items.flatMap((n) => (n.object && n.record_id ? [{ object: n.object, record_id: n.record_id }] : []))); // prettier-ignore
  return items.filter((n) => !n.record_id || seen.has(n.record_id));
}

/** How many are unread; counted up to 100. */
export async function unreadOf(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select from notifications where user_id = ${ctx.actor.id} and read_at is null limit 100) s`.execute(
    ctx.db,
  );
  return rows[0]!.n;
}

/** Marks them as read, or as unread again; all of the person's when none is named. */
export async function markRead(ctx: Ctx, ids: readonly string[] | undefined, read: boolean): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update notifications set read_at = ${read ? ctx.clock() : null}
     where user_id = ${ctx.actor.id} and (${ids ? [...ids] : null}::uuid[] is null or id = any(${ids ? [...ids] : null}::uuid[]))
       and read_at is ${sql.raw(read ? "null" : "not null")} returning id`.execute(ctx.db);
  return rows.map((r) => r.id);
}

export interface NotificationSettings {
  ways: { kind: NotificationKind; label: string; way: Way }[];
  hour: number;
  /** The last mails, and whether they left. */
  mails: { subject: string; created_at: Date; sent_at: Date | null; failure: string | null }[];
}

/** How a person hears of each kind, and when their digest leaves. */
export async function settingsOf(ctx: Ctx): Promise<NotificationSettings> {
  const { rows } = await sql<{ kind: string; way: Way }>`
    select kind, way from notification_ways where user_id = ${ctx.actor.id}`.execute(ctx.db);
  const { rows: hours } = await sql<{ hour: number }>`
    select hour from digest_hours where user_id = ${ctx.actor.id}`.execute(ctx.db);
  const { rows: mails } = await sql<NotificationSettings["mails"][number]>`
    select subject, created_at, sent_at, failure from digests where user_id = ${ctx.actor.id} order by created_at desc limit 10`.execute(
    ctx.db,
  );
  return {
    mails,
    ways: kindNames.map((kind) => ({ kind, label: kinds[kind].label, way: rows.find((r) => r.kind === kind)?.way ?? kinds[kind].way })),
    hour: hours[0]?.hour ?? digestHour,
  }; // prettier-ignore
}

/** Chooses the way of some kinds, and the hour of the digest. */
export async function chooseWays(
  ctx: Ctx,
  chosen: { ways: readonly { kind: NotificationKind; way: Way }[]; hour?: number | undefined },
): Promise<void> {
  for (const { kind, way } of chosen.ways)
    await sql`
      insert into notification_ways (user_id, kind, way) values (${ctx.actor.id}, ${kind}, ${way})
      on conflict (user_id, kind) do update set way = excluded.way`.execute(ctx.db);
  if (chosen.hour !== undefined)
    await sql`
      insert into digest_hours (user_id, hour) values (${ctx.actor.id}, ${chosen.hour})
      on conflict (user_id) do update set hour = excluded.hour`.execute(ctx.db);
}
