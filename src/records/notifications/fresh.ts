import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import type { Notification } from "./kind.ts";

export interface FreshNotification extends Pick<Notification, "id" | "kind" | "title" | "text" | "path" | "by_name"> {
  user_id: string;
  at: Date;
}

// A transaction may commit this long, in ms, after the instant it wrote down; those seen already are left out.
const lateMs = 10_000;

/** A question that answers with what is new since it was asked last, for whoever has the browser open. */
export function newNotifications(from: Date): (ctx: Ctx) => Promise<FreshNotification[]> {
  let since = from;
  let seen = new Map<string, Date>();
  return async (ctx) => {
    const late = new Date(Math.max(since.getTime() - lateMs, from.getTime()));
    const { rows } = await sql<FreshNotification>`
      select id, user_id, kind, title, text, path, by_name, at from notifications where at > ${late} order by at desc, id desc limit 2000`.execute(
      ctx.db,
    );
    const fresh = rows.filter((row) => !seen.has(row.id)).toReversed();
    since = rows[0]?.at ?? since;
    seen = new Map(rows.map((row) => [row.id, row.at]));
    return fresh;
  };
}
