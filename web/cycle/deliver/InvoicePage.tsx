import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may, objectOf } from "../../kit/boot.ts";
import { count, money } from "../../kit/format.ts";
import { useKeys } from "../../kit/keys.ts";
import { tell } from "../../kit/notes.ts";
import { Page } from "../../kit/Page.tsx";
import { sentenceOf } from "../../kit/problem.ts";
import { FactList } from "../../records/FactList.tsx";
import { Ask } from "../../settings/Ask.tsx";
import { useAgain } from "./again.ts";
import { BillChip } from "./Bills.tsx";
import { CreditDialog } from "./CreditDialog.tsx";
import { invoices, type Invoice } from "./told.ts";
import { Chain } from "../../timeline/Chain.tsx";
import "./deliver.css";

const facts = ["order_id", "invoice_id", "contact_id", "account_id", "issued_at", "due_at", "paid", "credited", "open", "sent_at", "reason_id", "reason"]; // prettier-ignore

const Lines = ({ invoice }: { invoice: Invoice }) => {
  const { _ } = useLingui();
  const sum = (label: string, amount: number) => (
    <tr>
      <th scope="row" colSpan={3}>{label}</th>
      <td className="number">{money(amount, invoice.currency)}</td>
    </tr>
  );
  return (
    <table className="order-lines">
      <caption className="unseen">{_("Lines of the invoice")}</caption>
      <thead>
        <tr><th scope="col">{_("What")}</th><th scope="col">{_("Quantity")}</th><th scope="col">{_("Tax")}</th><th scope="col">{_("Net")}</th></tr>
      </thead>
      <tbody>
        {invoice.lines.map((line) => (
          <tr key={line.id}>
            <td>
              <bdi>{line.description}</bdi>
              {line.credited_quantity !== "0" && <span className="ledger small"><span data-tone="red">{_("{n} credited", { n: count(Number(line.credited_quantity)) })}</span></span>}
            </td>
            <td className="number">{count(Number(line.quantity))}</td>
            <td className="number">{count(Number(line.tax_rate))} %</td>
            <td className="number">{money(line.total - line.tax, invoice.currency)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {sum(_("Net"), invoice.net)}
        {sum(_("Tax"), invoice.tax)}
        {sum(_("Total"), invoice.total)}
      </tfoot>
    </table>
  );
}; // prettier-ignore

const InvoiceActs = ({ invoice }: { invoice: Invoice }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [crediting, setCrediting] = useState(false);
  const [busy, setBusy] = useState(false);
  const mayCredit = invoice.kind === "invoice" && invoice.credited < invoice.total && may("invoices.credit");
  const mayMail = invoice.contact_id !== null && may("invoices.create");
  const mail = async (): Promise<void> => {
    setBusy(true);
    try {
      const answer = await invoices.mail(invoice.id);
      if ("held" in answer) tell(_("Not sent: {reason}", { reason: answer.held }), { tone: "bad" });
      else tell(_("{number} leaves by mail", { number: invoice.number }));
      await again();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
    setBusy(false);
  };
  useKeys(mayCredit ? [{ keys: "r", label: _("Credit"), group: _("This invoice"), run: () => setCrediting(true) }] : []);
  return (
    <>
      {mayCredit && <Button variant="default" onClick={() => setCrediting(true)}>{_("Credit")}</Button>}
      <Button component="a" href={invoice.pdf_url} target="_blank" rel="noreferrer noopener" variant="default">{_("PDF")}</Button>
      {mayMail && <Button loading={busy} onClick={() => void mail()}>{invoice.sent_at ? _("Send again") : _("Send by mail")}</Button>}
      {crediting && <CreditDialog invoice={invoice} onClose={() => setCrediting(false)} />}
    </>
  );
}; // prettier-ignore

/** One invoice or credit note as it was issued, with what is paid of it, its PDF and its mail. */
export const InvoicePage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const object = objectOf("invoices");
  const asked = useQuery({ queryKey: ["invoices", id], queryFn: ({ signal }) => invoices.get(id, signal) });
  if (!object) return null;
  const invoice = asked.data;
  const title = !invoice ? _(object.label) : invoice.kind === "invoice" ? _("Invoice {number}", { number: invoice.number }) : _("Credit note {number}", { number: invoice.number });
  const note = invoice ? <BillChip status={invoice.status} /> : <Link to="/invoices" className="link">{_(object.label_plural)}</Link>;
  return (
    <Page title={title} note={note} actions={invoice && <InvoiceActs invoice={invoice} />}>
      {invoice && <Chain noun="invoice" id={invoice.id} of={invoice} />}
      <Ask asked={asked}>
        {(found) => (
          <div className="order">
            <div className="order-side"><FactList object={object} record={found} only={facts} /></div>
            <div className="order-main"><Lines invoice={found} /></div>
          </div>
        )}
      </Ask>
    </Page>
  );
}; // prettier-ignore
