import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "#platform/postgres";

/** A fresh secret of 32 random bytes, safe in a URL. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** What is kept of a token of 256 random bits: a slow hash would add nothing. */
export const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** The secret that signs cookies: RONDO_SECRET, or 32 bytes made once and kept in the database, the same for every process. */
export async function loadSecret(control: Db, config: { secret: string | null }): Promise<string> {
  if (config.secret !== null) {
    if (config.secret.length < 32) throw new RangeError("RONDO_SECRET must have at least 32 characters");
    return config.secret;
  }
  await sql`insert into settings (key, value) values ('secret', to_jsonb(${newSecret()}::text)) on conflict (key) do nothing`.execute(
    control,
  );
  const { rows } = await sql<{
    value: string;
  }>`select value #>> '{}' as value from settings where key = 'secret'`.execute(control);
  return rows[0]!.value;
}

/** The token inside a signed cookie ("token.signature", HMAC-SHA-256 in base64 as better-auth signs it); null when forged or garbage. */
export function unsign(value: string, secret: string): string | null {
  const dot = value.lastIndexOf(".");
  if (dot < 1 || value.length > 500) return null;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1), "base64");
  const wanted = createHmac("sha256", secret).update(token).digest();
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? token : null;
}
