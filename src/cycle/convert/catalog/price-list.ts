import { sql } from "kysely";
import { invalid } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { describeObject, registerRecordType, type Row, type Values } from "#records";

/*
 * Words we use
 *   price list   what things cost in one currency while it is valid; the default one of a currency answers when nobody names a list
 *   entry        the price of one product in a list, from a quantity on, between two days that both belong to it
 *   day          a calendar day in the company's time zone: prices change at its midnight
 */
export const priceList = describeObject({
  name: "price_list",
  plural: "price_lists",
  label: "Price list",
  label_plural: "Price lists",
  table: "price_lists",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true },
    { name: "currency", label: "Currency", type: "currency", required: true, shown: true },
    { name: "valid_from", label: "Valid from", type: "date", shown: true },
    { name: "valid_to", label: "Valid to", type: "date", shown: true, help: "The last day it is valid." },
    {
      name: "is_default",
      label: "Default of its currency",
      type: "boolean",
      shown: true,
      help: "Answers when nobody names a list. Another default of the currency stops being it.",
    },
  ],
  related: [],
  search: [],
  page: false,
  default_sort: "name",
  creatable: true,
  custom: false,
});

async function prepare(tx: Tx, values: Values, before: Row | null): Promise<Values> {
  const now = { ...before, ...values };
  if (typeof now.valid_from === "string" && typeof now.valid_to === "string" && now.valid_to < now.valid_from)
    throw invalid("valid_to", "A list ends after it begins.");
  if (before && values.currency && values.currency !== before.currency && (await hasEntries(tx, before.id)))
    throw invalid("currency", "The list has prices in its currency; make another list.");
  if (now.is_default === true)
    await sql`
      update price_lists set is_default = false, version = version + 1, updated_at = ${tx.clock()}
       where currency = ${now.currency} and is_default and deleted_at is null and id is distinct from ${before?.id ?? null}::uuid`.execute(
      tx.db,
    );
  return { ...values, ...("is_default" in values ? { is_default: values.is_default === true } : {}) };
}

const hasEntries = async (tx: Tx, id: string): Promise<boolean> =>
  (await sql`select 1 from price_entries where list_id = ${id} limit 1`.execute(tx.db)).rows.length > 0;

/** A price list is described here once; its prices are set by setPrice. */
export const priceListType = registerRecordType({ object: priceList, prepare, tell: () => null });
