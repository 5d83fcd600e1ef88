import type { Due } from "#kernel/due";
import type { Ctx } from "#platform/context";
import { overdueInvoices, type OpenInvoice } from "./queries.ts";
import { wordsFor } from "./paper.ts";

/** Invoices past their day: somebody should remind the customer, or note what came in. */
export const invoicesDue = async (ctx: Ctx): Promise<Due[]> => (await overdueInvoices(ctx)).map((i) => dueOf(ctx, i));

function dueOf(ctx: Ctx, i: OpenInvoice): Due {
  const days = Math.max(1, Math.floor((ctx.clock().getTime() - Date.parse(i.due_at)) / 86_400_000));
  const late = `${days} ${days === 1 ? "day" : "days"} overdue`;
  return {
    id: `invoice:${i.id}`,
    stage: "deliver",
    loses: "money",
    title: `Invoice ${i.number} is overdue`,
    reason: [i.customer, wordsFor(ctx, i.currency).money(i.open), late].filter(Boolean).join(" · "),
    due_at: new Date(`${i.due_at}T23:59:59Z`).toISOString(),
    value: i.base_open,
    contact_id: i.contact_id,
    account_id: i.account_id,
    owner_id: null,
    act: { label: "open", to: `/invoices/${i.id}` },
  };
}
