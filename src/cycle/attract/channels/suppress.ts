import { sql } from "kysely";
import { invalid, notFound } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { isAddress } from "#platform/mail";

export interface Suppression {
  address: string;
  scope: "all" | "marketing";
  why: string;
  source: "bounce" | "complaint" | "hand";
  by_name: string;
  created_at: Date;
}

/** Takes an address off all mails, or off marketing; "all" is never weakened to "marketing". */
export async function suppress(
  tx: Tx,
  what: Pick<Suppression, "address" | "scope" | "why" | "source"> & { send_id?: string },
): Promise<void> {
  const address = what.address.trim().toLowerCase();
  if (!isAddress(address)) throw invalid("address", "This is not an e-mail address.");
  await sql`
    insert into suppressions as s (address, scope, why, source, send_id, by_name, created_at)
    values (${address}, ${what.scope}, ${what.why}, ${what.source}, ${what.send_id ?? null}, ${tx.actor.name}, ${tx.clock()})
        on conflict (address) do update set scope = excluded.scope, why = excluded.why, source = excluded.source, send_id = excluded.send_id,
           by_name = excluded.by_name, created_at = excluded.created_at
     where s.scope = 'marketing' or excluded.scope = 'all'`.execute(tx.db);
}

/** Lets an address get mails again. */
export const release = (ctx: Ctx, address: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { rows } =
      await sql`delete from suppressions where address = ${address.trim().toLowerCase()} returning address`.execute(
        tx.db,
      );
    if (rows.length === 0) throw notFound("suppression");
  });

/** What is suppressed of these addresses. */
export async function suppressedOf(ctx: Ctx, addresses: readonly string[]): Promise<Map<string, Suppression>> {
  const { rows } = await sql<Suppression>`
    select address, scope, why, source, by_name, created_at from suppressions where address = any(${addresses.map((a) => a.toLowerCase())})`.execute(
    ctx.db,
  );
  return new Map(rows.map((r) => [r.address, r]));
}

/** Suppressed addresses, newest first, at most 200 a page; `q` is part of the address. */
export async function listSuppressions(
  ctx: Ctx,
  { q, cursor, limit }: { q?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: Suppression[]; next: string | null }> {
  const { rows: after } = cursor
    ? await sql<{ created_at: Date }>`select created_at from suppressions where address = ${cursor}`.execute(ctx.db)
    : { rows: [] };
  const { rows } = await sql<Suppression>`
    select address, scope, why, source, by_name, created_at from suppressions
     where strpos(address, ${q?.trim().toLowerCase() ?? ""}) > 0
       and ${after[0] ? sql`(created_at < ${after[0].created_at} or (created_at = ${after[0].created_at} and address > ${cursor}))` : sql`true`}
     order by created_at desc, address limit ${limit + 1}`.execute(ctx.db);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? items.at(-1)!.address : null };
}
