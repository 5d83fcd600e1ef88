import { contactType } from "#customers";
import type { RawJson } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { createRecord } from "#records";
import { quotesApi } from "./api.ts";
import { createQuote } from "./write.ts";
import { sendQuote } from "./send.ts";

/** A quote as its endpoint answers it. */
export const read = async (ctx: Ctx, id: string) =>
  JSON.parse(((await quotesApi.get.run(ctx, { id })) as RawJson<unknown>).json) as Record<string, unknown>;

export const machine = { description: "Espresso machine", quantity: "2", unit_price: "1999.90", discount_percent: "10", tax_rate: "19" }; // prettier-ignore
export const training = { description: "Training", quantity: "1.5", unit_price: "80", tax_rate: "7" };

export interface Quoted {
  id: string;
  contact_id: string;
  /** What stands behind /q/ in the link. */
  token: string;
  version_id: string;
}

/** A quote of two lines and a discount on the whole that Ana has before her. */
export async function quoted(ctx: Ctx, more: Record<string, unknown> = {}): Promise<Quoted> {
  const ana = await createRecord(ctx, contactType, { name: "Ana Ruiz", email: `ana.${Math.random()}@initech.example` });
  const id = await createQuote(ctx, { contact_id: ana.id, discount_percent: 5, lines: [machine, training], ...more });
  const { url } = await sendQuote(ctx, id, { by: "link" });
  const token = url.split("/q/")[1]!;
  return { id, contact_id: ana.id, token, version_id: token.split(".")[0]! };
}
