import { invalid } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { describeObject, lockRecord, recordType, registerRecordType, type Row, type Values } from "#records";

export const product = describeObject({
  name: "product",
  plural: "products",
  label: "Product",
  label_plural: "Products",
  table: "products",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true },
    {
      name: "sku",
      label: "SKU",
      type: "text",
      max: 100,
      shown: true,
      help: "The seller's own code; each is used once.",
    },
    { name: "category", label: "Category", type: "text", shown: true },
    { name: "price", label: "Price", type: "money", currency_field: "currency", sortable: true, shown: true },
    { name: "currency", label: "Currency", type: "currency", help: "The company's currency unless said." },
    {
      name: "vendor_id",
      label: "Vendor",
      type: "relation",
      to: "account",
      shown: true,
      help: "An account that is marked as a vendor.",
    },
    {
      name: "status",
      label: "Status",
      type: "choice",
      choices: [
        { value: "active", label: "Active", tone: "green" },
        { value: "discontinued", label: "Discontinued", tone: "gray" },
      ],
      shown: true,
      help: "Discontinued products keep their history and are no longer offered.",
    },
    {
      name: "kind",
      label: "Kind",
      type: "choice",
      choices: [
        { value: "goods", label: "Goods", tone: "neutral" },
        { value: "service", label: "Service", tone: "violet" },
      ],
      help: "Goods are shipped: an order is completed when it is paid and they have arrived. A service is not.",
    },
    { name: "description", label: "Description", type: "long_text" },
  ],
  related: [{ name: "purchases", label: "Purchases", object: "order_line", by: "product_id" }],
  search: ["name", "sku"],
  default_sort: "name",
  offered: { field: "status", op: "is", value: "active" },
  creatable: true,
  custom: true,
});

async function prepare(tx: Tx, values: Values, before: Row | null): Promise<Values> {
  if (typeof values.price === "number" && values.price < 0) throw invalid("price", "A price is not below zero.");
  if (typeof values.vendor_id === "string") await requireVendor(tx, values.vendor_id);
  const checked: Values = {
    ...values,
    ...(values.status === null ? { status: "active" } : {}),
    ...(values.kind === null ? { kind: "goods" } : {}),
  };
  if (typeof checked.price !== "number" || checked.currency || (checked.currency === undefined && before?.currency))
    return checked;
  return { ...checked, currency: tx.workspace.currency };
}

async function requireVendor(tx: Tx, id: string): Promise<void> {
  const account = await lockRecord(tx, recordType("account"), id, "read").catch(() => null);
  if (!account) throw invalid("vendor_id", "There is no such account.");
  if (account.is_vendor !== true) throw invalid("vendor_id", `${String(account.name)} is not marked as a vendor.`);
}

const nameOf = (row: Row): { product_id: string; name: string } => ({ product_id: row.id, name: String(row.name) });

/** A product is described here once; lists, forms, imports and the API come from it. */
export const productType = registerRecordType({
  object: product,
  prepare,
  tell: (act, row, changed) =>
    act === "updated"
      ? { name: "product.updated", payload: { ...nameOf(row), fields: [...changed] } }
      : { name: `product.${act}`, payload: nameOf(row) },
});
