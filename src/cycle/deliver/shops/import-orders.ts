import { toMajor } from "#kernel/money";
import { registerImporter, type Counts, type Plan, type ResultLine, type StagedRow } from "#records";
import { basketsOf, type Basket } from "./basket.ts";
import { orderFields } from "./fields.ts";
import { currencyOf, optionsOf, orderOptions, rateOf } from "./options.ts";
import { stageOrders } from "./stage.ts";
import { nameless, writeOrders } from "./write.ts";

type MappingProblems = ReturnType<Parameters<typeof registerImporter>[0]["check"]>;

const lines = [
  ["orders", "orders of known customers"],
  ["free_orders", "orders of free items only"],
  ["anonymous_orders", "orders without a customer"],
  ["returns", "returns"],
  ["customers_new", "new customers"],
  ["customers_known", "customers known before"],
  ["products_new", "new products"],
  ["already_here", "orders already here, nothing changed"],
  ["returns_already_here", "returns already here, nothing changed"],
] as const;

const result = (c: Counts): ResultLine[] =>
  lines.flatMap(([key, label]) => {
    const count = c[key] ?? 0;
    const amount = c[`${key}_sum`];
    return count === 0 && key !== "orders" ? [] : [{ key, label, count, ...(amount === undefined ? {} : { amount }) }];
  });

/** Order files: one row per line or per order, grouped by number or by customer and time; negative quantities are returns. */
export const ordersImporter = registerImporter({
  object: "orders",
  label: "Orders",
  fields: orderFields,
  custom: true,
  options: orderOptions,
  settle: (fields) => ({
    drop: fields.has("unit_price") && fields.has("total") ? ["total"] : [],
    options: {
      group_by: fields.has("number")
        ? "number"
        : fields.has("unit_price") || fields.has("description")
          ? "customer_and_time"
          : "row",
    },
  }),
  check,
  stage: stageOrders,
  unitField: (plan) => (optionsOf(plan).group_by === "number" ? "number" : null),
  write: writeOrders,
  preview,
  result,
  created: (c) => (c.orders ?? 0) + (c.free_orders ?? 0) + (c.anonymous_orders ?? 0) + (c.returns ?? 0),
  tables: [
    "contacts",
    "external_ids",
    "products",
    "orders",
    "order_lines",
    "payments",
    "returns",
    "return_lines",
    "facts",
    "changes",
  ],
});

function check(plan: Plan): MappingProblems {
  const mapped = new Set(plan.columns.map((c) => c.field.name));
  const problems: MappingProblems = [];
  if (!mapped.has("unit_price") && !mapped.has("total"))
    problems.push({
      code: "field.missing",
      field: "unit_price",
      message: 'Map a column to "Price of one" or to "Total of the line".',
    });
  if (mapped.has("unit_price") && mapped.has("total"))
    problems.push({
      code: "field.conflict",
      field: "total",
      message: 'Map "Price of one" or "Total of the line", not both.',
    });
  if (optionsOf(plan).group_by === "number" && !mapped.has("number"))
    problems.push({
      code: "field.missing",
      field: "number",
      message: "To group rows by order number, map a column to it.",
    });
  const currency = currencyOf(plan);
  if (rateOf(plan, currency) === undefined)
    problems.push({
      code: "rate.missing",
      field: `options.rates.${currency}`,
      message: `Say what one ${currency} is worth in ${plan.workspace.currency}.`,
    });
  return problems;
}

const kindOf = (b: Basket): string =>
  b.back ? "returns" : b.customer === null ? "anonymous_orders" : b.total > 0 ? "orders" : "free_orders";

function preview(plan: Plan, rows: readonly StagedRow[]): { items: Record<string, unknown>[]; counts: Counts } {
  const { baskets, misfits } = basketsOf(plan, rows);
  const counts: Counts = { customers: new Set(baskets.flatMap((b) => b.customer ?? [])).size, misfits: misfits.length };
  for (const b of baskets) counts[kindOf(b)] = (counts[kindOf(b)] ?? 0) + 1;
  // As the file has them, not as the keys sort.
  const items = baskets.toSorted((a, b) => a.lines[0]!.row - b.lines[0]!.row).slice(0, 200).map((b) => itemOf(plan, b)); // prettier-ignore
  return { items, counts };
}

const itemOf = (plan: Plan, b: Basket): Record<string, unknown> => ({
  kind: b.back ? "return" : "order",
  number: b.number,
  customer:
    b.who.name ??
    ([b.who.given_name, b.who.family_name].filter(Boolean).join(" ") ||
      (b.who.email ?? b.who.customer_id ?? b.who.phone ?? b.who.account_name)),
  customer_id: b.who.customer_id,
  email: b.who.email,
  country: b.country,
  placed_at: new Date(b.at),
  currency: b.currency,
  total: b.total,
  total_words: toMajor(b.total, b.currency),
  rows: b.lines.map((l) => l.row),
  lines: b.lines.slice(0, 20).map((l) => ({
    row: l.row,
    description: l.description ?? l.sku ?? nameless(plan),
    quantity: l.quantity,
    unit_price: l.unit_price,
    total: l.total,
  })),
});
