import { sql } from "kysely";
import { z } from "zod";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { noteChanges } from "../changes.ts";
import { cleanText } from "../values.ts";

/*
 * Words we use
 *   letterhead   who we are on paper: name, address, tax number, bank line; on quotes and invoices
 *   tax rate     a percentage with the name it has on paper; the first one is the usual
 */
const text = (max: number) => z.string().max(max * 4).transform(cleanText).pipe(z.string().max(max)); // prettier-ignore
const percent = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, 'A rate is written like "19" or "8.875".').refine((v) => Number(v) <= 100, "A rate is at most 100 %."); // prettier-ignore

const taxRate = z.strictObject({ label: text(60).pipe(z.string().min(1, "Name the rate.")), percent });
export type TaxRate = z.output<typeof taxRate>;

/** What a person may change of the letterhead; absent stays as it is. */
export const letterheadChange = z.strictObject({
  legal_name: text(200).optional(),
  address: text(600).optional(),
  tax_id: text(100).optional(),
  bank: text(300).optional(),
  email: text(254).optional(),
  phone: text(60).optional(),
  website: text(200).optional(),
  footer: text(600).optional(),
  terms: text(10_000).optional(),
  tax_rates: z
    .array(taxRate)
    .max(12, "At most 12 rates.")
    .refine((rates) => new Set(rates.map((r) => Number(r.percent))).size === rates.length, "Each percentage once.")
    .optional(),
});
export type LetterheadChange = z.output<typeof letterheadChange>;

type Text = Exclude<keyof LetterheadChange, "tax_rates">;
export type Letterhead = Record<Text, string> & { tax_rates: TaxRate[]; version: number };

const fields = ["legal_name", "address", "tax_id", "bank", "email", "phone", "website", "footer", "terms", "tax_rates"] as const; // prettier-ignore
// History is kept by record; the letterhead is the one record of its kind.
const recordId = "00000000-0000-7000-8000-000000000001";

/** Who we are on paper; the workspace's name where no legal name was given. */
export async function letterheadOf(ctx: Ctx | Tx): Promise<Letterhead> {
  const found = await read(ctx);
  return { ...found, legal_name: found.legal_name || ctx.workspace.name };
}

async function read(ctx: Ctx | Tx): Promise<Letterhead> {
  const { rows } = await sql<Letterhead>`
    select legal_name, address, tax_id, bank, email, phone, website, footer, terms, tax_rates, version from letterhead`.execute(
    ctx.db,
  );
  return rows[0]!;
}

/** Changes the letterhead; papers that were sent or issued keep the one they had. Refused when somebody else changed it meanwhile. */
export const changeLetterhead = (ctx: Ctx, version: number, change: LetterheadChange): Promise<Letterhead> =>
  inTransaction(ctx, async (tx) => {
    await sql`select 1 from letterhead for update`.execute(tx.db);
    const before = await read(tx);
    if (version !== before.version)
      throw new Refused("stale", "letterhead.stale", "Somebody changed the letterhead since you opened it.", { detail: { current: before } }); // prettier-ignore
    const now = { ...before, ...Object.fromEntries(Object.entries(change).filter(([, v]) => v !== undefined)) };
    const changed = fields.filter((f) => JSON.stringify(now[f]) !== JSON.stringify(before[f]));
    if (changed.length === 0) return letterheadOf(tx);
    await sql`
      update letterhead set legal_name = ${now.legal_name}, address = ${now.address}, tax_id = ${now.tax_id}, bank = ${now.bank}, email = ${now.email},
             phone = ${now.phone}, website = ${now.website}, footer = ${now.footer}, terms = ${now.terms}, tax_rates = ${JSON.stringify(now.tax_rates)}::jsonb,
             version = version + 1, updated_at = ${tx.clock()}`.execute(tx.db);
    const differences = Object.fromEntries(changed.map((f) => [f, [before[f], now[f]] as [unknown, unknown]]));
    await noteChanges(tx, [{ object: "letterhead", record_id: recordId, action: "updated", fields: differences }]);
    return letterheadOf(tx);
  });
