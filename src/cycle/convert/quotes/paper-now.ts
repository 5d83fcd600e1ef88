import { sql } from "kysely";
import type { FileAnswer } from "#kernel/endpoint";
import { notFound } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import type { Row } from "#records";
import { contentOf, type Content } from "./content.ts";
import { paperOf } from "./paper.ts";

/** The quote on paper: the version the customer has, else the draft as it stands. */
export async function paperNow(ctx: Ctx, id: string): Promise<FileAnswer> {
  const { content, at, version_id } = await inTransaction(ctx, async (tx) => {
    const { rows } = await sql<Row & { kept: string | null }>`
      select q.*, v.content as kept, v.sent_at as kept_at from quotes q left join quote_versions v on v.id = q.shown_version_id where q.id = ${id} and q.deleted_at is null`.execute(tx.db); // prettier-ignore
    const row = rows[0];
    if (!row) throw notFound("quote");
    const kept = row.kept ? (JSON.parse(row.kept) as Content) : await contentOf(tx, row);
    return {
      content: kept,
      at: (row.kept_at ?? row.updated_at) as Date,
      version_id: row.shown_version_id as string | null,
    };
  });
  const file = await paperOf(ctx, content, { at, version_id });
  return { file, type: "application/pdf", name: `${content.number}.pdf` };
}
