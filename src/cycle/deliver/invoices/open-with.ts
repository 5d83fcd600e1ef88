import type { OpenThing, Whose } from "#kernel/due";
import type { Ctx } from "#platform/context";
import { wordsFor } from "./paper.ts";
import { openInvoices } from "./queries.ts";

/** The invoices that a customer has not paid in full. */
export const invoicesOpen = async (ctx: Ctx, whose: Whose): Promise<OpenThing[]> =>
  (await openInvoices(ctx, whose)).map((i) => ({ id: `invoice:${i.id}`, title: `Invoice ${i.number}`, note: wordsFor(ctx, i.currency).money(i.open), to: `/invoices/${i.id}`, due_at: `${i.due_at}T12:00:00Z` })); // prettier-ignore
