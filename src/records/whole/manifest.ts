import { z } from "zod";
import { migrationsOf } from "#platform/postgres";

/*
 * The file: gzip of JSON, one value a line. The first is the manifest; then for each table {"table": name} and its rows as PostgreSQL
 * writes them; the last is {"end": rows by table, "sha256": of all bytes before that line}. What is not in it: people's passwords, sessions and
 * API keys, and the bytes of attached files.
 */
const name = z.string().max(100);
export const Manifest = z.object({
  format: z.literal("rondo-workspace"),
  version: z.literal(1),
  at: z.iso.datetime(),
  workspace: z.object({ name: z.string().max(200), currency: z.string().length(3), time_zone: z.string().max(60), locale: z.string().max(35), lens: z.string().max(60) }),
  migrations: z.array(z.string().max(200)).max(5000),
  people: z.array(z.object({ id: z.uuid(), name: z.string().max(200), email: z.string().max(254), role: z.enum(["owner", "admin", "manager", "agent", "viewer"]) })).max(10_000),
  tables: z.array(z.object({ name, columns: z.array(name).max(500) })).max(2000),
  sequences: z.record(name, z.int().nullable()),
}); // prettier-ignore
export type Manifest = z.output<typeof Manifest>;

export const Foot = z.object({ end: z.record(name, z.int().min(0)), sha256: z.string().length(64) });

/** Names of the migrations this version of Rondo runs in a workspace. */
export const migrationNames = (): string[] => migrationsOf("workspace").map((m) => m.name);
