import { invalid } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { describeObject, registerRecordType, type Row, type Values } from "#records";

/*
 * Words we use
 *   promotion   what an order gets off (a share, or an amount), for which goods, when and how often
 *   code        what a customer says to get it; many, or one for all
 *   use         one order that got it; it stands until the order is cancelled or the code is taken off again
 */
export const promotion = describeObject({
  name: "promotion",
  plural: "promotions",
  label: "Promotion",
  label_plural: "Promotions",
  table: "promotions",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true },
    {
      name: "kind",
      label: "Takes off",
      type: "choice",
      required: true,
      choices: [
        { value: "percent", label: "A share" },
        { value: "amount", label: "An amount" },
      ],
    },
    { name: "percent", label: "Percent", type: "number", shown: true, help: "Of the goods it is for, before tax." },
    { name: "amount", label: "Amount", type: "money", currency_field: "currency", shown: true, help: "Never more than the goods cost, before tax." },
    { name: "currency", label: "Currency", type: "currency", help: "Only orders in it get the promotion; the company's unless said." },
    { name: "min_order", label: "Order from", type: "money", currency_field: "currency", help: "What the whole order must come to, before tax." },
    { name: "valid_from", label: "From", type: "datetime" },
    { name: "valid_to", label: "Until", type: "datetime", shown: true },
    { name: "uses_limit", label: "Uses at most", type: "integer" },
    { name: "customer_limit", label: "Uses of one customer", type: "integer", help: "Without a limit when left empty." },
    { name: "day_limit", label: "Uses a day", type: "integer" },
    { name: "budget", label: "Budget", type: "money", currency_field: "currency", help: "What all uses together may take off." },
    { name: "active", label: "Active", type: "boolean", shown: true },
    { name: "description", label: "Note", type: "long_text", max: 2000 },
    { name: "use_count", label: "Used", type: "integer", computed: true, required: true, shown: true },
    { name: "spent", label: "Taken off", type: "money", currency_field: "currency", computed: true, required: true, shown: true },
    { name: "code_count", label: "Codes", type: "integer", computed: true, required: true },
  ],
  related: [],
  search: ["name"],
  default_sort: "-created_at",
  creatable: true,
  custom: false,
}); // prettier-ignore

const atLeast = { percent: 0.01, amount: 1, min_order: 0, uses_limit: 1, customer_limit: 1, day_limit: 1, budget: 1 };

/** A promotion with its rules: a share or an amount, limits above zero, an end after the beginning. */
export const promotionType = registerRecordType({ object: promotion, prepare, tell: () => null });

function prepare(tx: Tx, given: Values, before: Row | null): Promise<Values> {
  const values = { ...given };
  if (!before) values.active ??= true;
  if (values.currency === null || (!before && !values.currency)) values.currency = tx.workspace.currency;
  if (before && Number(before.use_count) > 0 && values.currency && values.currency !== before.currency)
    throw invalid("currency", "It was used in its currency already.");
  const all = { ...before, ...values };
  // Whoever changes the kind means the other figure to go.
  if (all.kind === "percent") values.amount = null;
  else values.percent = null;
  if (all.kind === "percent" && all.percent == null) throw invalid("percent", "Say how many percent.");
  if (all.kind === "amount" && all.amount == null) throw invalid("amount", "Say how much.");
  if (Number(all.percent ?? 0) > 100) throw invalid("percent", "At most 100 percent.");
  for (const [field, least] of Object.entries(atLeast))
    if (values[field] != null && Number(values[field]) < least)
      throw invalid(field, least === 0 ? "This is not below zero." : "This is above zero.");
  if (all.valid_from && all.valid_to && instant(all.valid_to) <= instant(all.valid_from))
    throw invalid("valid_to", "It ends before it begins.");
  return Promise.resolve(values);
}

const instant = (value: unknown): number => (value instanceof Date ? value : new Date(String(value))).getTime();

/** A promotion as its table holds it; amounts are minor units of its currency. */
export interface Promotion {
  id: string;
  version: number;
  name: string;
  kind: "percent" | "amount";
  percent: string | null;
  amount: number | null;
  currency: string;
  min_order: number | null;
  valid_from: Date | null;
  valid_to: Date | null;
  uses_limit: number | null;
  customer_limit: number | null;
  day_limit: number | null;
  budget: number | null;
  active: boolean;
  use_count: number;
  spent: number;
  deleted_at: Date | null;
}
