import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { shownFiles } from "../files/file.ts";
import type { RecordRef } from "../named.ts";

/** How much lies beside a record, for the bar of its page: asked in one question each time a page is opened. */
export interface Beside {
  files: number;
  comments: number;
  tags: number;
}

/** What lies beside the record. */
export async function besideOf(ctx: Ctx, ref: RecordRef): Promise<Beside> {
  const { object, record_id } = ref;
  const { rows } = await sql<Beside>`
    select (select count(*)::int from files where record_id = ${record_id} and object = ${object} and deleted_at is null and kept_at is not null and ${await shownFiles(ctx, ref)}) as files,
           (select count(*)::int from comments where record_id = ${record_id} and object = ${object} and deleted_at is null) as comments,
           (select count(*)::int from tagged where record_id = ${record_id} and object = ${object} and deleted_at is null) as tags`.execute(
    ctx.db,
  );
  return rows[0]!;
}
