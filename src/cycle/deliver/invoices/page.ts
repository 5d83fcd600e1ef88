import { notFound } from "#kernel/refusal";
import { html, unseal, type PublicPage } from "#platform/pages";
import type { Ctx } from "#platform/context";
import { invoicePdf, issuedInvoice, taxesOf, titleOf, wordsFor, type Issued } from "./paper.ts";
import { linkKind } from "./queries.ts";

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

// A forged link and an invoice that is gone look the same.
async function opened(ctx: Ctx, token: string | undefined): Promise<Issued> {
  const id = unseal(ctx, linkKind, token ?? "");
  if (!id || !uuid.test(id)) throw notFound("page");
  return issuedInvoice(ctx, id).catch(() => {
    throw notFound("page");
  });
}

const standing = (i: Issued, money: (amount: number) => string, day: (text: string) => string): string => {
  if (i.kind === "credit_note") return `Takes back ${i.credits ?? "an invoice"} in part or whole.`;
  if (i.status === "credited") return "Nothing is to be paid: this invoice was credited.";
  if (i.open === 0) return "Paid. Thank you.";
  return i.status === "overdue" ? `${money(i.open)} was due on ${day(i.due_at)}.` : `${money(i.open)} is due by ${day(i.due_at)}.`;
}; // prettier-ignore

function pageOf(ctx: Ctx, i: Issued, token: string) {
  const { money, number, day } = wordsFor(ctx, i.currency);
  const rows = i.lines.map((l) => html`<tr><td><bdi>${l.description}</bdi></td><td class="number">${number(l.quantity)}</td><td class="number">${money(l.total - l.tax)}</td></tr>`);
  const taxes = taxesOf(i.lines).filter((t) => t.tax > 0);
  const sums = [...taxes.map((t) => [`Tax ${number(t.rate)} %`, money(t.tax)] as const), ["Total", money(i.total)] as const];
  return html`<div class="card">
    <h1>${titleOf(i)}</h1>
    <p>${standing(i, money, day)}</p>
    <div class="scroll"><table>
      <thead><tr><th>What</th><th class="number">Quantity</th><th class="number">Net</th></tr></thead>
      <tbody>${rows}</tbody>
      <tfoot>${sums.map(([label, value]) => html`<tr><th colspan="2">${label}</th><td class="number">${value}</td></tr>`)}</tfoot>
    </table></div>
    <p><a class="button" href="${token}/pdf">Download as PDF</a></p>
    <p class="quiet small">Order ${i.order_number} · ${i.seller.legal_name}${i.seller.bank ? ` · ${i.seller.bank}` : ""}</p>
  </div>`;
} // prettier-ignore

/** The customer's page of an invoice, by the link in the mail; it changes nothing. */
export const invoicePages: readonly PublicPage[] = [
  {
    route: "GET /i/{token}",
    run: async (ctx, ask) => {
      const i = await opened(ctx, ask.params.token);
      return { title: titleOf(i), body: pageOf(ctx, i, ask.params.token!) };
    },
  },
  {
    route: "GET /i/{token}/pdf",
    // Writing a PDF is the dearest thing a stranger with a link can ask for.
    limit: { burst: 30, per_seconds: 600 },
    run: async (ctx, ask) => {
      const i = await opened(ctx, ask.params.token);
      return { file: await invoicePdf(ctx, i), type: "application/pdf", name: `${i.number}.pdf` };
    },
  },
];
