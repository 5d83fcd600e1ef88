import { randomInt } from "node:crypto";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import { notFound } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { pageUrl, seal } from "#platform/pages";

// 31 signs that are not taken for each other: ten are 49 bits.
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

export interface Advocate {
  code_id: string;
  code: string;
  contact_id: string;
  account_id: string | null;
  name: string;
  given_name: string | null;
  click_count: number;
  suspended_at: Date | null;
}

const advocateBy = async (ctx: Ctx, where: ReturnType<typeof sql>): Promise<Advocate | null> =>
  (await sql<Advocate>`
    select k.id as code_id, k.code, k.contact_id, c.account_id, c.name, c.given_name, k.click_count, k.suspended_at
      from referral_codes k join contacts c on c.id = k.contact_id where c.deleted_at is null and ${where}`.execute(ctx.db)).rows[0] ?? null; // prettier-ignore

/** Whose code that is; null when it is nobody's. */
export const advocateOf = (ctx: Ctx, code: string): Promise<Advocate | null> => advocateBy(ctx, sql`k.code = ${code.slice(0, 40).toLowerCase()}`); // prettier-ignore

/** A contact as an advocate; null when they have no code yet. */
export const advocateWith = (ctx: Ctx, contactId: string): Promise<Advocate | null> => advocateBy(ctx, sql`k.contact_id = ${contactId}`); // prettier-ignore

/** Gives a contact their code, once. */
export const makeAdvocate = (ctx: Ctx | Tx, contactId: string): Promise<Advocate> =>
  inTransaction(ctx, async (tx) => {
    const code = Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join("");
    await sql`
      insert into referral_codes (id, contact_id, code, created_at) select ${newId()}, c.id, ${code}, ${tx.clock()} from contacts c where c.id = ${contactId} and c.deleted_at is null
          on conflict (contact_id) do nothing`.execute(tx.db);
    const advocate = await advocateWith(tx, contactId);
    if (!advocate) throw notFound("contact");
    return advocate;
  }); // prettier-ignore

/** What an advocate shares. */
export const shareUrl = (ctx: Ctx, { code }: Pick<Advocate, "code">): string => pageUrl(ctx, `/r/${code}`);

/** The advocate's own page, for them alone. */
export const ownUrl = (ctx: Ctx, contactId: string): string => pageUrl(ctx, `/advocate/${seal(ctx, "advocate", contactId)}`); // prettier-ignore

/** Lets a code bring nobody any more, or again. */
export async function suspendAdvocate(ctx: Ctx, contactId: string, suspended: boolean): Promise<void> {
  const { rows } = await sql`
    update referral_codes set suspended_at = ${suspended ? ctx.clock() : null} where contact_id = ${contactId} returning 1`.execute(ctx.db);
  if (rows.length === 0) throw notFound("referral-code");
} // prettier-ignore
