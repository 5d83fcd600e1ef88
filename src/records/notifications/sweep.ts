import { sql } from "kysely";
import type { Ctx } from "#platform/context";

// Read notifications are kept for ninety days, unread ones and mails for a year.
const oldest = sql`least(
  (select min(at) from notifications where read_at is not null) + interval '90 days',
  (select min(at) from notifications) + interval '365 days')`;

/** When the oldest notification goes; null when there is none. */
export async function sweepNotificationsAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select ${oldest} as at`.execute(ctx.db);
  return rows[0]!.at;
}

/** Removes what is old; answers how much. */
export async function sweepNotifications(ctx: Ctx): Promise<number> {
  const now = ctx.clock();
  const { numAffectedRows } = await sql`
    delete from notifications
     where id in (select id from notifications where at <= ${now}::timestamptz - interval '90 days' and (read_at is not null or at <= ${now}::timestamptz - interval '365 days') limit 5000)`.execute(
    ctx.db,
  );
  await sql`delete from digests where created_at <= ${now}::timestamptz - interval '365 days'`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
}
