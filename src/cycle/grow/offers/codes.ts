import { randomInt } from "node:crypto";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid, notFound } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";

// 32 signs without 0, O, 1 and I: 5 bits each, so ten of them are 50 bits.
const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const signs = 10;
/** Codes that are made in one go. */
export const codesAtMost = 5000;

export interface CodeTold {
  id: string;
  code: string;
  uses_limit: number | null;
  used: number;
  active: boolean;
  contact_id: string | null;
  contact: string | null;
  created_at: Date;
}

/** A code nobody guesses. */
export const freshCode = (): string =>
  Array.from({ length: signs }, () => alphabet[randomInt(alphabet.length)]).join("");

/** A code as it is kept, however it was typed. */
export const plainCode = (typed: string): string => typed.toUpperCase().replaceAll(/[\s\p{Pd}_.]+/gu, "");

/** A code as it is read: ABCDE-FGHJK; one of the company's own words stays a word. */
export const shownCode = (code: string): string =>
  /^(?=.*\d)[A-HJ-NP-Z2-9]{10}$/.test(code) ? `${code.slice(0, 5)}-${code.slice(5)}` : code; // prettier-ignore

export interface NewCodes {
  count: number;
  /** How often each may be used; without a limit of its own when null. */
  uses_limit: number | null;
  /** The company's own word instead of a made one. */
  code?: string | undefined;
  contact_id?: string | null | undefined;
}

/** Makes codes for a promotion; answers them as they are read. Refuses a word that is taken. */
export const makeCodes = (ctx: Ctx | Tx, promotionId: string, wanted: NewCodes): Promise<{ id: string; code: string }[]> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql`select 1 from promotions where id = ${promotionId} and deleted_at is null for no key update`.execute(tx.db);
    if (rows.length === 0) throw notFound("promotion");
    const own = wanted.code === undefined ? null : plainCode(wanted.code);
    if (own !== null && !/^[A-Z0-9]{4,30}$/.test(own)) throw invalid("code", "A code has 4 to 30 letters and digits.");
    const made: { id: string; code: string }[] = [];
    while (made.length < (own ? 1 : wanted.count)) {
      const batch = Array.from({ length: own ? 1 : wanted.count - made.length }, () => ({ id: newId(), code: own ?? freshCode() }));
      const { rows: kept } = await sql<{ id: string; code: string }>`
        insert into promotion_codes (id, promotion_id, code, uses_limit, contact_id, created_at)
        select r.id, ${promotionId}, r.code, ${wanted.uses_limit}, ${wanted.contact_id ?? null}::uuid, ${tx.clock()}
          from json_to_recordset(${JSON.stringify(batch)}::json) as r(id uuid, code text)
            on conflict (code) do nothing returning id, code`.execute(tx.db);
      if (own && kept.length === 0) throw invalid("code", "This code is taken.", "code.taken");
      made.push(...kept);
    }
    await sql`update promotions set code_count = code_count + ${made.length} where id = ${promotionId}`.execute(tx.db);
    return made.map((m) => ({ id: m.id, code: shownCode(m.code) }));
  }); // prettier-ignore

/** The codes of a promotion in the order they were made; after a code's id for the next page. */
export async function codesOf(
  ctx: Ctx,
  promotionId: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: CodeTold[]; next: string | null }> {
  const { rows } = await sql<CodeTold>`
    select k.id, k.code, k.uses_limit, k.used, k.active, k.contact_id, c.name as contact, k.created_at
      from promotion_codes k left join contacts c on c.id = k.contact_id
     where k.promotion_id = ${promotionId} and k.id > ${page.cursor ?? "00000000-0000-0000-0000-000000000000"}::uuid
     order by k.id limit ${page.limit + 1}`.execute(ctx.db);
  const items = rows.slice(0, page.limit).map((r) => ({ ...r, code: shownCode(r.code) }));
  return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}

/** Lets a code be used no more, or again; uses that stand stay. */
export async function switchCode(ctx: Ctx, promotionId: string, id: string, active: boolean): Promise<void> {
  const { rows } = await sql`
    update promotion_codes set active = ${active} where id = ${id} and promotion_id = ${promotionId} returning 1`.execute(ctx.db);
  if (rows.length === 0) throw notFound("code");
} // prettier-ignore
