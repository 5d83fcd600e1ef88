import { expect, test } from "vitest";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import { accountType, contactType } from "#customers";
import { cancelLines, cancelOrder, placeOrder, returnGoods } from "#deliver/orders";
import { receivePayment, refund } from "#deliver/payments";
import { seal, unseal, type Ask } from "#platform/pages";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord, reasonNamed } from "#records";
import { timelineOf } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { suppress } from "#attract/channels";
import { invoicesApi } from "./api.ts";
import { invoicesDue } from "./due.ts";
import { creditInvoice, issueInvoice, sendInvoice } from "./index.ts";
import { invoicePdf, issuedInvoice } from "./paper.ts";
import { invoicePages } from "./page.ts";
import "#convert/catalog";

const day = 86_400_000;
const lantern = { description: "Lantern", quantity: "3", unit_price: "10", tax_rate: "19" };

async function ordered(ctx: Ctx, lines: readonly object[] = [lantern]) {
  const vertex = await createRecord(ctx, accountType, { name: `Vertex ${newId()} GmbH` });
  const ana = await createRecord(ctx, contactType, { name: "Ana Ruiz", account_id: vertex.id, email: `${newId()}@example.com` });
  const id = await placeOrder(ctx, { contact_id: ana.id, lines: lines as [typeof lantern] });
  const { rows } = await sql<{ id: string }>`select id from order_lines where order_id = ${id} order by position`.execute(ctx.db);
  return { id, ana: ana.id, lines: rows.map((r) => r.id) };
} // prettier-ignore
const told = async (ctx: Ctx, id: string) => JSON.parse((await invoicesApi.get.run(ctx, { id })).json) as Record<string, unknown> & { lines: { id: string }[]; page_url: string }; // prettier-ignore
const numbers = async (ctx: Ctx, kind = "invoice"): Promise<string[]> =>
  (await sql<{ number: string }>`select number from invoices where kind = ${kind} order by issued_at, length(number), number`.execute(ctx.db)).rows.map((r) => r.number); // prettier-ignore

test("an order is invoiced in two parts, with tax, and paid oldest first", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, ana, lines } = await ordered(ctx);
  const first = await issueInvoice(ctx, id, { lines: [{ order_line_id: lines[0]!, quantity: "1" }] });
  const second = await issueInvoice(ctx, id);
  expect(await told(ctx, first)).toMatchObject({ number: "INV-1001", status: "open", net: 1000, tax: 190, total: 1190, open: 1190 }); // prettier-ignore
  expect(await told(ctx, second)).toMatchObject({ number: "INV-1002", net: 2000, tax: 380, total: 2380 });
  await receivePayment(ctx, id, { amount: 1500, method: "card" });
  expect(await told(ctx, first)).toMatchObject({ status: "paid", paid: 1190, open: 0 });
  expect(await told(ctx, second)).toMatchObject({ status: "open", paid: 310, open: 2070 });
  await expect(issueInvoice(ctx, id)).rejects.toMatchObject({ code: "invoice.nothing-left" });
  const { items } = await timelineOf(ctx, { contact_id: ana });
  expect(items.map((i) => i.sentence)).toContain("invoice INV-1002 over €23.80 for order 1001");
});

test("what came back is credited with its reason, in a series of its own; what is paid stays paid", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, ana, lines } = await ordered(ctx);
  const invoice = await issueInvoice(ctx, id);
  await receivePayment(ctx, id, { amount: 3570, method: "card" });
  const reason_id = await inTransaction(ctx, (tx) => reasonNamed(tx, "Lid does not close", "refund"));
  await returnGoods(ctx, id, { lines: [{ order_line_id: lines[0]!, quantity: "1" }] });
  const line = (await told(ctx, invoice)).lines[0]!.id;
  const note = await creditInvoice(ctx, invoice, { lines: [{ invoice_line_id: line, quantity: "1" }], reason_id });
  expect(await told(ctx, note)).toMatchObject({ kind: "credit_note", number: "CN-1001", total: 1190, tax: 190, invoice: { title: "INV-1001" }, reason: "Lid does not close", reason_id, status: "credit_note" }); // prettier-ignore
  await refund(ctx, id, { amount: 1190, method: "card", reason_id });
  expect(await told(ctx, invoice)).toMatchObject({ status: "paid", credited: 1190, open: 0 });
  // A goodwill refund without a credit note asks nobody for money.
  await refund(ctx, id, { amount: 500, method: "card", reason: "for the trouble" });
  expect(await told(ctx, invoice)).toMatchObject({ status: "paid", open: 0 });
  const { items } = await timelineOf(ctx, { contact_id: ana });
  const refunded = items.filter((i) => i.name === "payment.refunded").map((i) => i.payload);
  expect(refunded).toMatchObject([{ reason: "for the trouble" }, { reason: "Lid does not close", reason_id }]);
  const credited = items.find((i) => i.name === "invoice.credited")!;
  expect(credited.sentence).toBe("credit note CN-1001 over €11.90 for invoice INV-1001");
  // What came back is neither invoiced again.
  await expect(issueInvoice(ctx, id)).rejects.toMatchObject({ code: "invoice.nothing-left" });
});

test("goodwill is an amount over the invoice's tax rates, and never more than it asked for", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id } = await ordered(ctx, [lantern, { ...lantern, quantity: "1", tax_rate: "7" }]);
  const invoice = await issueInvoice(ctx, id);
  const note = await creditInvoice(ctx, invoice, { amount: 1000, reason: "late" });
  // 35.70 at 19 % and 10.70 at 7 %: 7.69 and 2.31 of the 10.
  expect(await told(ctx, note)).toMatchObject({ total: 1000, tax: 123 + 15, lines: [{ total: 769, tax: 123 }, { total: 231, tax: 15 }] }); // prettier-ignore
  // The order costs so much less: paying the rest of the invoice settles it.
  await receivePayment(ctx, id, { amount: 3640, method: "card" });
  const { rows } = await sql`select payment_status, status from orders where id = ${id}`.execute(ctx.db);
  expect([rows, (await told(ctx, invoice)).status]).toEqual([
    [{ payment_status: "paid", status: "completed" }],
    "paid",
  ]);
  await expect(creditInvoice(ctx, invoice, { reason: "all of it" })).rejects.toMatchObject({ code: "credit.too-much" });
  await expect(creditInvoice(ctx, invoice, { amount: 3641, reason: "x" })).rejects.toThrow("Only 36.40 EUR of invoice INV-1001"); // prettier-ignore
  await expect(creditInvoice(ctx, invoice, { amount: 1 })).rejects.toMatchObject({ fields: [{ field: "reason" }] });
  await expect(creditInvoice(ctx, note, { amount: 1, reason: "x" })).rejects.toMatchObject({
    code: "credit.of-credit",
  });
});

test("credited in full, a wrong invoice can be issued anew", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id } = await ordered(ctx);
  const wrong = await issueInvoice(ctx, id);
  await creditInvoice(ctx, wrong, { reason: "wrong name" });
  expect(await told(ctx, wrong)).toMatchObject({ status: "credited", open: 0 });
  expect(await told(ctx, await issueInvoice(ctx, id))).toMatchObject({ number: "INV-1002", total: 3570 });
});

test("twenty at once, some of which fail, take consecutive numbers", async () => {
  const ctx = (await databaseForTest()).ctx();
  const orders = await Promise.all(Array.from({ length: 20 }, () => ordered(ctx)));
  const late = new Error("the disk is full");
  const tries = await Promise.allSettled(
    orders.map((o, i) =>
      inTransaction(ctx, async (tx) => {
        await issueInvoice(tx, o.id, i % 5 === 0 ? { lines: [{ order_line_id: o.lines[0]!, quantity: "9" }] } : {});
        // The number is taken already when this one fails.
        if (i % 4 === 1) throw late;
      }),
    ),
  );
  const issued = tries.filter((t) => t.status === "fulfilled").length;
  expect(issued).toBe(12);
  expect(await numbers(ctx)).toEqual(Array.from({ length: issued }, (_, i) => `INV-${1001 + i}`));
  const twice = await Promise.allSettled([0, 1, 2].map(() => creditInvoice(ctx, orders[2]!.id, { reason: "x" })));
  expect(twice.map((t) => t.status)).toEqual(["rejected", "rejected", "rejected"]);
});

test("of two who invoice or credit the same at once one does", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id } = await ordered(ctx);
  const issued = await Promise.allSettled(Array.from({ length: 10 }, () => issueInvoice(ctx, id)));
  const [invoice] = issued.flatMap((t) => (t.status === "fulfilled" ? [t.value] : []));
  expect(issued.filter((t) => t.status === "fulfilled")).toHaveLength(1);
  const credited = await Promise.allSettled(
    Array.from({ length: 10 }, (_, i) => creditInvoice(ctx, invoice!, i % 2 ? { reason: "x" } : { amount: 3570, reason: "x" })), // prettier-ignore
  );
  expect(credited.filter((t) => t.status === "fulfilled")).toHaveLength(1);
  expect(await numbers(ctx, "credit_note")).toEqual(["CN-1001"]);
});

test("what was issued is changed by nobody", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id } = await ordered(ctx);
  const invoice = await issueInvoice(ctx, id);
  await expect(sql`update invoices set net = 1, total = 1 + tax where id = ${invoice}`.execute(ctx.db)).rejects.toThrow("stays as it is"); // prettier-ignore
  expect(Object.keys(invoicesApi)).not.toContain("update");
  const pdf = async () => (await invoicePdf(ctx, await issuedInvoice(ctx, invoice))).toString("latin1");
  const before = await pdf();
  await receivePayment(ctx, id, { amount: 3570, method: "card" });
  expect(await pdf()).toBe(before);
  expect(before.startsWith("%PDF-")).toBe(true);
});

test("what cannot be invoiced is refused in words", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, lines } = await ordered(ctx);
  const free = await ordered(ctx, [{ description: "Leaflet", quantity: "1", unit_price: "0" }]);
  const part = (quantity: string) => issueInvoice(ctx, id, { lines: [{ order_line_id: lines[0]!, quantity }] });
  await cancelLines(ctx, id, { lines: [{ order_line_id: lines[0]!, quantity: "1" }], reason: "out of stock" });
  await expect(part("3")).rejects.toThrow("Only 2 of this line can still be invoiced.");
  await expect(part("0")).rejects.toThrow("above zero");
  await expect(issueInvoice(ctx, id, { due_at: "2020-01-01" })).rejects.toThrow("This day has passed.");
  await expect(issueInvoice(ctx, free.id)).rejects.toMatchObject({ code: "invoice.nothing-due" });
  await expect(issueInvoice(ctx, newId())).rejects.toMatchObject({ kind: "not-found" });
  await cancelOrder(ctx, free.id, "x");
  await expect(issueInvoice(ctx, free.id)).rejects.toMatchObject({ code: "order.cancelled" });
  expect(await numbers(ctx)).toEqual([]);
});

test("past its day an invoice is overdue and somebody should ask", async () => {
  const t = await databaseForTest();
  const { id } = await ordered(t.ctx());
  const invoice = await issueInvoice(t.ctx("owner", { at: new Date(Date.now() - 20 * day) }), id);
  expect(await told(t.ctx(), invoice)).toMatchObject({ status: "overdue" });
  const [due] = await invoicesDue(t.ctx());
  expect(due).toMatchObject({ title: "Invoice INV-1001 is overdue", value: 3570, act: { to: `/invoices/${invoice}` } });
  expect(due!.reason).toMatch(/^Vertex .* · €35\.70 · [5-7] days overdue$/);
  await receivePayment(t.ctx(), id, { amount: 3570, method: "card" });
  expect(await invoicesDue(t.ctx())).toEqual([]);
});

test("the customer sees the invoice by the link in the mail, and nothing by a forged one", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id } = await ordered(ctx, [{ ...lantern, description: "<b>Lantern</b>" }]);
  const invoice = await issueInvoice(ctx, id);
  expect(await sendInvoice(ctx, invoice)).toHaveProperty("send_id");
  const { rows } = await sql<{ body: string; source: string }>`select body, source from sends`.execute(ctx.db);
  const { page_url } = await told(ctx, invoice);
  expect(rows[0]).toMatchObject({ source: "invoice" });
  expect(rows[0]!.body).toContain(page_url);
  const token = page_url.split("/").at(-1)!;
  expect(unseal(ctx, "invoice", token)).toBe(invoice);
  const ask = (given: string) => ({ params: { token: given } }) as unknown as Ask;
  const [page, pdf] = invoicePages;
  const shown = (await page!.run(ctx, ask(token))) as { title: string; body: { html: string } };
  expect(shown.title).toBe("Invoice INV-1001");
  expect(shown.body.html).toContain("&lt;b&gt;Lantern");
  expect(await pdf!.run(ctx, ask(token))).toMatchObject({ type: "application/pdf", name: "INV-1001.pdf" });
  const forged = [token.replace(/.$/, (c) => (c === "A" ? "B" : "A")), seal(ctx, "quote", invoice), seal(ctx, "invoice", newId()), seal(ctx, "invoice", "x"), "", "%00"]; // prettier-ignore
  for (const given of forged)
    await expect(page!.run(ctx, ask(given))).rejects.toMatchObject({
      kind: "not-found",
      message: "There is no such page.",
    });
});

test("an invoice that was held back because the address was dead goes once the address works again", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const { id, ana } = await ordered(ctx);
  const invoice = await issueInvoice(ctx, id);
  const { rows } = await sql<{ email: string }>`select email from contacts where id = ${ana}`.execute(ctx.db);
  await inTransaction(ctx, (tx) => suppress(tx, { address: rows[0]!.email, scope: "all", why: "550 no such user", source: "bounce" }));
  expect(await sendInvoice(ctx, invoice)).toHaveProperty("held");
  await sql`delete from suppressions`.execute(ctx.db);
  expect(await sendInvoice(ctx, invoice)).toHaveProperty("send_id");
}); // prettier-ignore
