import { sql } from "kysely";
import type { Db } from "#platform/postgres";

/** Deletes what has ended: sessions, mailed links, full buckets, answers kept for Idempotency-Keys. To be run about once an hour. */
export async function sweepAuth(control: Db, now: Date = new Date()): Promise<void> {
  const dayAgo = new Date(now.getTime() - 24 * 3600 * 1000);
  await sql`delete from sessions where expires_at < ${now}`.execute(control);
  await sql`delete from verifications where expires_at < ${now}`.execute(control);
  // No limit fills up more slowly than within an hour.
  await sql`delete from rate_limits where filled_at < ${dayAgo}`.execute(control);
  await sql`delete from idempotency_keys where created_at < ${dayAgo}`.execute(control);
}
