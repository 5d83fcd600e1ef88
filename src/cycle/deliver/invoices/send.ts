import { sql } from "kysely";
import { queueMail, type Queued } from "#attract/channels";
import { newId } from "#kernel/id";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { issuedInvoice, titleOf, wordsFor, type Issued } from "./paper.ts";
import { linksOf } from "./queries.ts";

/** Sends an invoice to its contact by mail, again if it was sent before; answers what stands in its way when it may not go. */
export const sendInvoice = (ctx: Ctx | Tx, id: string): Promise<Queued> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<{ contact_id: string | null; fact: string }>`
      select contact_id, fact from invoices where id = ${id} for no key update`.execute(tx.db);
    const row = rows[0];
    if (!row) throw notFound("invoice");
    if (!row.contact_id) throw new Refused("conflict", "invoice.nobody", "This order has no contact whom it could be sent to.");
    const mail = mailOf(tx, await issuedInvoice(tx, id));
    const source_id = newId();
    const queued = await queueMail(tx, {
      kind: "service",
      source: "invoice",
      source_id,
      contact_id: row.contact_id,
      ...mail,
      caused_by: row.fact,
      // Each asking is a mail of its own: one that was held back once may go when what held it is gone.
      unique_key: `invoice:${source_id}`,
    });
    if ("held" in queued) return queued;
    await sql`
      update invoices set sent_at = ${tx.clock()}, sent_count = sent_count + 1, updated_at = ${tx.clock()}, version = version + 1 where id = ${id}`.execute(tx.db);
    return queued;
  }); // prettier-ignore

function mailOf(tx: Tx, i: Issued): { subject: string; text: string } {
  const { money, day } = wordsFor(tx, i.currency);
  const said =
    i.kind === "invoice"
      ? `your invoice ${i.number} for order ${i.order_number} comes to ${money(i.total)}${i.open > 0 ? ` and is due by ${day(i.due_at)}` : ""}.`
      : `we credited ${money(i.total)} of invoice ${i.credits ?? ""} for order ${i.order_number}.`;
  const text = `Hello${i.buyer.name ? ` ${i.buyer.name}` : ""},\n\n${said}\n\nSee it and download it as a PDF:\n${linksOf(tx, i.id).page_url}\n\n${i.seller.legal_name}`;
  return { subject: `${titleOf(i)} from ${i.seller.legal_name}`, text };
} // prettier-ignore
