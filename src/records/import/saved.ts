import { createHash } from "node:crypto";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { wordsOfHeader } from "./headers.ts";
import type { Mapping } from "./mapping.ts";

/*
 * Words we use
 *   saved mapping   a mapping with its choices under a name, for the next file of the same kind
 *   fingerprint     the header names of a file in plain words: a file with the same ones is of the same kind
 */
export interface SavedMapping {
  id: string;
  name: string;
  mapping: Mapping;
  options: Record<string, unknown>;
  /** Whether the file looked at has the headers it was made for. */
  fits: boolean;
}

const fingerprintOf = (columns: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(columns.map(wordsOfHeader))).digest("hex"); // prettier-ignore

/** The saved mappings of an object, those that fit the columns first, then those used last. */
export async function savedMappings(ctx: Ctx, object: string, columns: readonly string[]): Promise<SavedMapping[]> {
  const { rows } = await sql<SavedMapping>`
    select id, name, mapping, options, fingerprint = ${fingerprintOf(columns)} as fits from import_mappings where object = ${object}
     order by fits desc, coalesce(used_at, created_at) desc limit 100`.execute(ctx.db);
  return rows;
}

/** Saves a mapping under its name; one of the same name is replaced. */
export async function saveMapping(
  ctx: Ctx,
  saved: { object: string; name: string; columns: readonly string[]; mapping: Mapping; options: Record<string, unknown> },
): Promise<{ id: string }> {
  const by = ctx.actor.kind === "user" ? ctx.actor.id : null;
  const { rows } = await sql<{ id: string }>`
    insert into import_mappings (id, object, name, fingerprint, mapping, options, created_by, created_at, used_at)
    values (${newId()}, ${saved.object}, ${saved.name}, ${fingerprintOf(saved.columns)}, ${JSON.stringify(saved.mapping)}, ${JSON.stringify(saved.options)}, ${by}, ${ctx.clock()}, ${ctx.clock()})
    on conflict (object, lower(name)) do update set name = excluded.name, fingerprint = excluded.fingerprint, mapping = excluded.mapping, options = excluded.options, used_at = excluded.used_at
    returning id`.execute(ctx.db);
  return rows[0]!;
} // prettier-ignore

/** Forgets a saved mapping; imports made with it stay as they are. */
export async function forgetMapping(ctx: Ctx, id: string): Promise<void> {
  const { rows } = await sql`delete from import_mappings where id = ${id} returning id`.execute(ctx.db);
  if (rows.length === 0) throw notFound("mapping");
}
