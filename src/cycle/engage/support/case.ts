import { sql } from "kysely";
import { invalid } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { order } from "#deliver/orders";
import { product } from "#convert/catalog";
import { checkReason, describeObject, registerRecordType, type Choice, type RecordType, type Values } from "#records";
import { rematch } from "./rematch.ts";

const choice = (value: string, label: string, tone: Choice["tone"] = "neutral"): Choice => ({ value, label, tone }) as Choice; // prettier-ignore

export const supportCase = describeObject({
  name: "case",
  plural: "cases",
  label: "Case",
  label_plural: "Cases",
  table: "cases",
  title: "number",
  fields: [
    { name: "number", label: "Number", type: "text", computed: true, shown: true },
    { name: "subject", label: "Subject", type: "text", required: true, shown: true },
    { name: "status", label: "Status", type: "choice", computed: true, required: true, shown: true, choices: [choice("open", "Open", "blue"), choice("waiting", "Waiting", "amber"), choice("resolved", "Resolved", "green"), choice("closed", "Closed", "gray")] },
    { name: "priority", label: "Priority", type: "choice", shown: true, choices: [choice("low", "Low", "gray"), choice("normal", "Normal"), choice("high", "High", "amber"), choice("urgent", "Urgent", "red")] },
    { name: "due_at", label: "Due", type: "datetime", computed: true, sortable: true, shown: true },
    { name: "due_target", label: "Due what", type: "choice", computed: true, choices: [choice("first_response", "First response"), choice("next_response", "Next response"), choice("resolution", "Resolution")] },
    { name: "contact_id", label: "Contact", type: "relation", to: "contact", shown: true },
    { name: "account_id", label: "Account", type: "relation", to: "account", help: "The contact's account when left empty." },
    { name: "owner_id", label: "Owner", type: "user", shown: true },
    { name: "type", label: "Type", type: "choice", choices: [choice("question", "Question"), choice("problem", "Problem"), choice("complaint", "Complaint"), choice("request", "Request")] },
    { name: "reason_id", label: "Reason", type: "relation", to: "reason", shown: true },
    { name: "product_id", label: "Product", type: "relation", to: product.name },
    { name: "order_id", label: "Order", type: "relation", to: order.name },
    { name: "order_line_id", label: "Order line", type: "relation", to: "order_line", computed: true },
    { name: "description", label: "Description", type: "long_text", help: "What the customer asked; it stands on their own page." },
    { name: "channel", label: "Came by", type: "choice", computed: true, choices: [choice("hand", "By hand"), choice("page", "Their page"), choice("mail", "Mail"), choice("form", "A form"), choice("survey", "A survey"), choice("phone", "Phone")] },
    { name: "previous_id", label: "Goes on from", type: "relation", to: "case", computed: true },
    { name: "first_reply_at", label: "First reply", type: "datetime", computed: true },
    { name: "resolved_at", label: "Resolved", type: "datetime", computed: true, sortable: true },
  ],
  related: [],
  search: ["number", "subject"],
  default_sort: "-created_at",
  trash: false,
  creatable: false,
  custom: true,
}); // prettier-ignore

/** A case with its rules. What happens to it is told by the commands, which know why. */
export const caseType: RecordType = registerRecordType({
  object: supportCase,
  async prepare(tx, values, before) {
    if (typeof values.reason_id === "string" && values.reason_id !== before?.reason_id)
      await checkReason(tx, values.reason_id, "case");
    for (const [name, usual] of [["priority", "normal"], ["type", "question"]] as const)
      if (values[name] === null) values[name] = usual; // prettier-ignore
    const found = await withLine(tx, values);
    const contact = found.contact_id;
    if (typeof contact !== "string" || found.account_id) return found;
    const { rows } = await sql<{ account_id: string | null }>`select account_id from contacts where id = ${contact}`.execute(tx.db); // prettier-ignore
    return { ...found, account_id: rows[0]?.account_id ?? null };
  },
  async saved(tx, act, row, changed) {
    if (act === "updated" && (changed.includes("priority") || changed.includes("type"))) await rematch(tx, row.id);
  },
  tell: () => null,
});

/** A line says which order and which product it is about. */
async function withLine(tx: Tx, values: Values): Promise<Values> {
  if (typeof values.order_line_id !== "string") return values;
  const { rows } = await sql<{ order_id: string; product_id: string | null }>`
    select order_id, product_id from order_lines where id = ${values.order_line_id}`.execute(tx.db);
  const line = rows[0];
  if (!line) throw invalid("order_line_id", "There is no such order line.");
  if (values.order_id && values.order_id !== line.order_id)
    throw invalid("order_line_id", "This line is of another order.");
  return { ...values, order_id: line.order_id, product_id: values.product_id ?? line.product_id };
}
