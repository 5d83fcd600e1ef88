import { toMinor } from "#kernel/money";
import type { Tx } from "#platform/context";
import {
  customOf, firstOfEach, recordOptions, recordOptionsOf, registerImporter, stageRecords, textIn, valuesIn,
  type Counts, type ImportField, type ImportValues, type Plan, type StagedRow, type Unfit, type Written,
} from "#records"; // prettier-ignore
import { saveProducts, type ProductItem } from "./save-products.ts";

const fields: readonly ImportField[] = [
  { name: "name", label: "Name", type: "text", required: true, synonyms: ["name", "product", "product name", "title", "item", "item name", "description short", "artikel", "produkt", "bezeichnung", "nom", "produit", "nombre", "producto"] },
  { name: "sku", label: "SKU", type: "text", max: 100, synonyms: ["sku", "variant sku", "stock code", "product code", "item code", "article number", "artikelnummer", "artikel nr", "reference", "referencia", "codigo"] },
  { name: "id", label: "Number elsewhere", type: "text", synonyms: ["id", "product id", "item id", "handle", "external id"] },
  { name: "category", label: "Category", type: "text", synonyms: ["category", "product category", "type", "product type", "department", "kategorie", "warengruppe", "categorie", "categoria"] },
  { name: "price", label: "Price", type: "decimal", synonyms: ["price", "unit price", "variant price", "list price", "selling price", "preis", "verkaufspreis", "listenpreis", "prix", "precio", "prezzo"] },
  { name: "currency", label: "Currency", type: "currency", synonyms: ["currency", "currency code", "wahrung", "devise", "moneda", "valuta"] },
  { name: "active", label: "On sale", type: "boolean", synonyms: ["active", "published", "on sale", "enabled", "available", "aktiv", "actif", "activo"] },
  { name: "description", label: "Description", type: "long_text", synonyms: ["description", "body", "body html", "long description", "details", "beschreibung", "descripcion"] },
]; // prettier-ignore

const unfit = (field: string, code: string, message: string): Unfit => ({ field, code, message });

function keyOf(v: ImportValues): string | Unfit {
  if (!v.name) return unfit("name", "name-missing", "there is no name");
  const price = textIn(v, "price");
  if (price?.startsWith("-")) return unfit("price", "price-negative", `the price ${price} is negative`);
  if (price && Number(price) > 1e12) return unfit("price", "price-too-large", "the price is above 1,000,000,000,000");
  for (const field of ["id", "sku"]) if (v[field]) return `${field} ${String(v[field]).toLowerCase()}`;
  return `name ${String(v.name).toLowerCase()}`;
}

function itemOf(plan: Plan, { key, ...row }: StagedRow): ProductItem {
  const v = valuesIn({ key, ...row });
  const currency = textIn(v, "currency") ?? plan.workspace.currency;
  const [price, id] = [textIn(v, "price"), textIn(v, "id")];
  return {
    key, name: textIn(v, "name") ?? "", sku: textIn(v, "sku") ?? null, category: textIn(v, "category") ?? null, description: textIn(v, "description") ?? null,
    external: id ? { system: recordOptionsOf(plan).shop, id } : null, price: price === undefined ? null : toMinor(price, currency), currency,
    status: typeof v.active === "boolean" ? (v.active ? "active" : "discontinued") : null, custom: customOf(v) ?? null,
  }; // prettier-ignore
}

async function write(tx: Tx, plan: Plan, staged: readonly StagedRow[]): Promise<Written> {
  const { rows, failures } = firstOfEach(staged);
  const saved = await saveProducts(tx, rows.map((r) => itemOf(plan, r)), { update: recordOptionsOf(plan).update }); // prettier-ignore
  const counts: Counts = {};
  for (const s of saved) counts[s.outcome] = (counts[s.outcome] ?? 0) + 1;
  const refused = saved.flatMap((s, i) =>
    s.outcome === "refused"
      ? [{ row: rows[i]!.row, field: "sku", code: "sku-taken", message: "another product has this SKU" }]
      : [],
  );
  return { counts, failures: [...failures, ...refused] };
}

/** Product files: by id elsewhere, SKU or name. */
registerImporter({
  object: "products",
  label: "Products",
  fields,
  general: true,
  custom: true,
  options: recordOptions,
  check: () => [],
  stage: stageRecords(keyOf),
  write,
  preview(plan, staged) {
    const { rows, failures } = firstOfEach(staged);
    const items = rows
      .toSorted((a, b) => a.row - b.row)
      .map((r) => ({ kind: "product", row: r.row, ...itemOf(plan, r) }));
    return { items, counts: { products: rows.length, twice: failures.length } };
  },
  result: (c) => [
    { key: "created", label: "new products", count: c.created ?? 0 },
    { key: "updated", label: "products changed", count: c.updated ?? 0 },
    { key: "unchanged", label: "products already here, nothing changed", count: c.unchanged ?? 0 },
  ],
  created: (c) => c.created ?? 0,
  tables: ["products", "external_ids", "facts", "changes"],
});
