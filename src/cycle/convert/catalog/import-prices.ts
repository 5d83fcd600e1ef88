import Big from "big.js";
import { CompiledQuery } from "kysely";
import { DateTime } from "luxon";
import { exponentOf, toMinor } from "#kernel/money";
import { Refused } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import {
  findBy, recordOptions, recordOptionsOf, registerImporter, stageRecords, textIn, valuesIn, whereOf, zoneOf,
  type ImportField, type ImportValues, type Plan, type StagedRow, type Unfit, type Written,
} from "#records"; // prettier-ignore
import { dayIn } from "./price-for.ts";
import { priceList } from "./price-list.ts";
import { product } from "./product.ts";
import { setPrices, type NewPrice } from "./set-prices.ts";

const fields: readonly ImportField[] = [
  { name: "sku", label: "SKU", type: "text", max: 100, synonyms: ["sku", "variant sku", "stock code", "product code", "item code", "product", "product sku", "article number", "artikelnummer", "artikel nr", "artikel", "reference", "referencia", "codigo"] },
  { name: "id", label: "Number elsewhere", type: "text", help: "The id of the product in the system the file comes from.", synonyms: ["id", "product id", "item id", "external id"] },
  { name: "price", label: "Price", type: "decimal", required: true, synonyms: ["price", "unit price", "net price", "list price", "new price", "amount", "preis", "einzelpreis", "listenpreis", "prix", "precio", "prezzo"] },
  { name: "currency", label: "Currency", type: "currency", synonyms: ["currency", "currency code", "wahrung", "devise", "moneda", "valuta"], help: "That of the price list, or the company's, when left out." },
  { name: "price_list", label: "Price list", type: "text", synonyms: ["price list", "pricelist", "list", "preisliste", "liste de prix", "tarif", "lista de precios"], help: "By its name; the default list of the currency when left out." },
  { name: "min_qty", label: "From quantity", type: "decimal", synonyms: ["min qty", "minimum quantity", "from quantity", "quantity", "qty", "ab menge", "mindestmenge", "staffel", "quantite minimum", "cantidad minima"] },
  { name: "valid_from", label: "Valid from", type: "datetime", synonyms: ["valid from", "from", "start date", "starts", "effective from", "effective date", "gultig ab", "gultig von", "valable a partir de", "valido desde"], help: "Today when left out." },
  { name: "valid_to", label: "Valid to", type: "datetime", synonyms: ["valid to", "valid until", "to", "end date", "ends", "effective to", "gultig bis", "valable jusqu au", "valido hasta"], help: "The last day; open-ended when left out." },
]; // prettier-ignore

const options = recordOptions.omit({ update: true });
const unfit = (field: string | null, code: string, message: string): Unfit => ({ field, code, message });

function keyOf(v: ImportValues): string | Unfit {
  const [price, quantity] = [textIn(v, "price"), textIn(v, "min_qty")];
  if (price === undefined) return unfit("price", "price-missing", "there is no price");
  if (price.startsWith("-")) return unfit("price", "price-negative", `the price ${price} is negative`);
  if (Number(price) > 1e12) return unfit("price", "price-too-large", "the price is above 1,000,000,000,000");
  if (quantity !== undefined && !(/^\d{1,13}(\.\d{1,6})?$/.test(quantity) && Number(quantity) > 0))
    return unfit("min_qty", "quantity-invalid", `the quantity ${quantity} is not above zero with at most 6 decimals`);
  for (const field of ["id", "sku"]) if (v[field]) return `${field} ${String(v[field]).toLowerCase()}`;
  return unfit("sku", "product-missing", "nothing says which product this is");
}

const dayOf = (plan: Plan, v: unknown): string | undefined =>
  typeof v === "number" ? (DateTime.fromMillis(v, { zone: zoneOf(plan) }).toISODate() ?? undefined) : undefined;

const inCalendar = (day: string | undefined): boolean => day === undefined || (day >= "1970-01-01" && day <= "2199-12-31"); // prettier-ignore

interface List {
  id: string;
  name: string;
  currency: string;
  is_default: boolean;
}

/** The price lists that may be seen. */
async function listsSeen(tx: Tx): Promise<List[]> {
  const params: unknown[] = [];
  const where = whereOf(tx, priceList, {}, params);
  const text = `select t.id, t.name, t.currency, t.is_default from price_lists t where ${where}`;
  return (await tx.db.executeQuery<List>(CompiledQuery.raw(text, params))).rows;
}

/** The list a row means: the one it names, else the default one of its currency. */
function listOf(lists: readonly List[], v: ImportValues, base: string): List | Unfit {
  const [name, currency] = [textIn(v, "price_list"), textIn(v, "currency")];
  if (name === undefined)
    return (
      lists.find((l) => l.is_default && l.currency === (currency ?? base)) ??
      unfit(currency ? "currency" : null, "list-missing", `there is no default price list in ${currency ?? base}`)
    );
  const list = lists.find((l) => l.name.toLowerCase() === name.toLowerCase());
  if (!list) return unfit("price_list", "list-unknown", `there is no price list '${name}'`);
  if (currency !== undefined && currency !== list.currency)
    return unfit("currency", "currency-other", `the price list '${list.name}' is in ${list.currency}, not in ${currency}`);
  return list;
} // prettier-ignore

/** The products that rows mean, by the rows' keys. */
async function productsOf(tx: Tx, plan: Plan, rows: readonly StagedRow[]): Promise<Map<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const field of ["id", "sku"]) {
    const texts = rows.flatMap((r) => (r.key.startsWith(`${field} `) ? [textIn(valuesIn(r), field)!] : []));
    if (texts.length === 0) continue;
    for (const [text, ids] of await findBy(tx, product, field, texts, recordOptionsOf(plan).shop))
      found.set(`${field} ${text}`, ids);
  }
  return found;
}

function priceOf(plan: Plan, row: StagedRow, about: { lists: readonly List[]; products: ReadonlyMap<string, readonly string[]> }): NewPrice | Unfit {
  const v = valuesIn(row);
  const field = row.key.slice(0, row.key.indexOf(" "));
  const [product_id, another] = about.products.get(row.key) ?? [];
  if (product_id === undefined) return unfit(field, "product-unknown", `there is no product '${textIn(v, field)}'`);
  if (another !== undefined) return unfit(field, "product-several", `several products have '${textIn(v, field)}'`);
  const list = listOf(about.lists, v, plan.workspace.currency);
  if ("code" in list) return list;
  const price = textIn(v, "price")!;
  const decimals = exponentOf(list.currency);
  if (!new Big(price).eq(new Big(price).round(decimals)))
    return unfit("price", "price-too-fine", `a price in ${list.currency} has at most ${decimals} decimals, not ${price}`);
  const [valid_from, valid_to] = [dayOf(plan, v.valid_from), dayOf(plan, v.valid_to)];
  for (const [name, day] of [["valid_from", valid_from], ["valid_to", valid_to]] as const)
    if (!inCalendar(day)) return unfit(name, "day-out-of-calendar", "a day is between 1970 and 2199");
  return { product_id, price_list_id: list.id, unit_price: toMinor(price, list.currency), min_qty: textIn(v, "min_qty"), valid_from, valid_to };
} // prettier-ignore

async function write(tx: Tx, plan: Plan, rows: readonly StagedRow[]): Promise<Written> {
  const about = { lists: await listsSeen(tx), products: await productsOf(tx, plan, rows) };
  const failures: Written["failures"][number][] = [];
  const today = dayIn(tx, tx.clock());
  const asked = rows.flatMap((row) => {
    const price = priceOf(plan, row, about);
    if (!("code" in price)) return [{ row: row.row, price: { ...price, valid_from: price.valid_from ?? today } }];
    failures.push({ ...price, row: row.row });
    return [];
  });
  // The earliest day first, as somebody sets them who knows all: a price that begins later ends the one before.
  asked.sort((a, b) => (a.price.valid_from === b.price.valid_from ? a.row - b.row : a.price.valid_from < b.price.valid_from ? -1 : 1)); // prettier-ignore
  const set = await setPrices(tx, asked.map((a) => a.price)); // prettier-ignore
  const counts = { created: 0, unchanged: 0 };
  set.forEach((one, i) => {
    if (one instanceof Refused)
      failures.push({ row: asked[i]!.row, field: one.fields?.[0]?.field ?? null, code: one.code, message: one.message }); // prettier-ignore
    else counts[one.outcome === "set" ? "created" : "unchanged"] += 1;
  });
  return { counts, failures };
}

/** Price files: each row is what a product costs in a list from a day on. */
registerImporter({
  object: "prices",
  label: "Prices",
  fields,
  may: "products.update",
  reached: true,
  custom: false,
  options,
  check: (plan) =>
    plan.columns.some((c) => c.field.name === "sku" || c.field.name === "id")
      ? []
      : [{ code: "field.missing", field: "sku", message: "Map a column to the SKU or the number of the products." }],
  stage: stageRecords(keyOf),
  write,
  preview(plan, rows) {
    const items = rows.toSorted((a, b) => a.row - b.row).map((r) => {
      const v = valuesIn(r);
      return { kind: "price", row: r.row, ...v, valid_from: dayOf(plan, v.valid_from), valid_to: dayOf(plan, v.valid_to) };
    }); // prettier-ignore
    return { items, counts: { prices: rows.length } };
  },
  result: (c) => [
    { key: "created", label: "new prices", count: c.created ?? 0 },
    { key: "unchanged", label: "prices already here, nothing changed", count: c.unchanged ?? 0 },
  ],
  created: (c) => c.created ?? 0,
  tables: ["price_entries", "facts", "changes"],
});
