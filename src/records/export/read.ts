import { CompiledQuery, sql } from "kysely";
import type { Ctx } from "#platform/context";
import type { Db } from "#platform/postgres";
import type { Raw } from "./column.ts";

// Few enough to be small in memory, enough for a round trip to be worth it.
const rowsAtOnce = 2_000;

/** A connection that sees everything as it is at this instant, read-only; given back when its user is done or leaves. */
export async function* inSnapshot(ctx: Ctx): AsyncGenerator<Db> {
  const tx = await ctx.db.startTransaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute();
  try {
    // All rows are wanted, not the first ones soon.
    await sql`set local cursor_tuple_fraction = 1`.execute(tx);
    yield tx;
  } finally {
    await tx.rollback().execute();
  }
}

/** The rows of a query, in pieces, from a server-side cursor. The next piece is fetched while this one is used, and only then. */
export async function* pieces(db: Db, text: string, params: readonly unknown[]): AsyncGenerator<Raw[]> {
  const fetch = async (): Promise<Raw[]> =>
    (await db.executeQuery<Raw>(CompiledQuery.raw(`fetch forward ${rowsAtOnce} from exported`))).rows;
  let coming: Promise<Raw[]> | null = null;
  try {
    await db.executeQuery(CompiledQuery.raw(`declare exported no scroll cursor for ${text}`, [...params]));
    coming = fetch();
    for (;;) {
      const rows: Raw[] = await coming;
      coming = rows.length < rowsAtOnce ? null : fetch();
      // Whoever asks for the next piece hears of its failure; until then it is nobody's.
      coming?.catch(() => {});
      if (rows.length > 0) yield rows;
      if (!coming) break;
    }
    await db.executeQuery(CompiledQuery.raw("close exported"));
  } finally {
    await coming?.catch(() => {});
  }
}

/** The rows of a query as they were at one instant; whoever stops early ends it. */
export async function* readInPieces(ctx: Ctx, text: string, params: readonly unknown[]): AsyncGenerator<Raw[]> {
  for await (const db of inSnapshot(ctx)) yield* pieces(db, text, params);
}
