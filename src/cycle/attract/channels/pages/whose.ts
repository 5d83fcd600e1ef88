import { sql } from "kysely";
import type { Purpose } from "#customers";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { unseal, type Ask } from "#platform/pages";
import type { SendKind } from "../send.ts";

/** The mail a link of ours stood in, and the person it went to. */
export interface Mailed {
  id: string;
  kind: SendKind;
  purpose: Purpose;
  source: string;
  source_id: string;
  contact_id: string | null;
  address: string;
  fact_id: string | null;
  name: string | null;
}

/** The mail behind a sealed link. A forged link and one of a mail that is gone answer alike. */
export async function mailedBy(ctx: Ctx, kind: "unsubscribe" | "preferences", token: string): Promise<Mailed> {
  const id = unseal(ctx, kind, token);
  const { rows } = await sql<Mailed>`
    select s.id, s.kind, s.purpose, s.source, s.source_id, s.contact_id, coalesce(s.address, c.email, '') as address, s.fact_id, c.name
      from sends s left join contacts c on c.id = s.contact_id where s.id = ${/^[0-9a-f-]{36}$/.test(id ?? "") ? id : null}::uuid`.execute(
    ctx.db,
  );
  if (!rows[0]) throw notFound("link");
  return rows[0];
}

/** The customer themself at work: what they say is said by them. */
export const asThem = (ctx: Ctx, mailed: Mailed): Ctx => ({
  ...ctx,
  actor: { kind: "customer", id: null, name: mailed.name ?? "A customer" },
});

/** What proves where an answer came from. */
export const proofOf = (ask: Ask): { ip: string; user_agent: string } => ({ ip: ask.ip, user_agent: ask.userAgent });
