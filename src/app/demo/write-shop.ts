import { sql } from "kysely";
import { saveProducts } from "#convert/catalog";
import { meetAccounts, type Company } from "#customers";
import type { Tx } from "#platform/context";
import { toMinor } from "#kernel/money";
import type { Firm } from "./company/firms.ts";
import { goods, vendors } from "./company/goods.ts";
import { sample } from "./sample.ts";

const dayMs = 86_400_000;
const foundedDays = 740;

/** Writes the accounts that buy, the vendors, and the goods, all as of the day the company was founded. */
export async function writeShop(
  tx: Tx,
  firms: readonly Firm[],
  today: Date,
  price: (hundredths: number) => string,
): Promise<void> {
  const first_seen_at = new Date(today.getTime() - foundedDays * dayMs);
  const then: Tx = { ...tx, clock: () => first_seen_at };
  const wanted: Company[] = [
    ...vendors.map((v) => ({ ...v, is_vendor: true, industry: "Making" })),
    ...firms.map(({ key, name, domain, industry, country, city }) => ({ key, name, domain, industry, country, city })),
  ].map((c) => ({ ...c, external: { system: sample, id: c.key }, website: `https://www.${c.domain}`, first_seen_at }));
  const met = await meetAccounts(then, await withoutNamesakes(tx, wanted), { source: "sample company" });
  requireNew([...met.values()]);
  await saveProducts(then, await goodsOf(tx, new Map([...met].map(([key, m]) => [key, m.id])), price), {
    update: false,
  });
}

/** Thrown when somebody saved the same at this very moment: the job goes again and then leaves it alone. */
export function requireNew(met: readonly { created: boolean }[]): void {
  if (met.some((m) => !m.created))
    throw new Error("a record of the company's own came up while the sample was written");
}

// An own account of the same name or domain must neither be filled nor ever be wiped: the sample's takes another name.
async function withoutNamesakes(tx: Tx, companies: readonly Company[]): Promise<Company[]> {
  const names = companies.map((c) => c.name.toLowerCase());
  const domains = companies.map((c) => c.domain!);
  const { rows } = await sql<{ name: string; domain: string | null }>`
    select lower(name) as name, lower(domain) as domain from accounts where lower(name) = any(${names}) or lower(domain) = any(${domains})`.execute(
    tx.db,
  );
  const taken = new Set(rows.flatMap((r) => [r.name, r.domain]));
  return companies.map((c) => ({
    ...c,
    name: taken.has(c.name.toLowerCase()) ? `${c.name} (sample)` : c.name,
    domain: taken.has(c.domain!) ? undefined : c.domain,
  }));
}

async function goodsOf(tx: Tx, accountOf: ReadonlyMap<string, string>, price: (hundredths: number) => string) {
  const { rows } = await sql<{
    sku: string;
  }>`select sku from products where sku = any(${goods.map((g) => g.sku)}) and deleted_at is null`.execute(tx.db);
  const taken = new Set(rows.map((r) => r.sku));
  return goods.map((g) => ({
    key: g.sku, name: g.name, sku: taken.has(g.sku) ? `${g.sku}-S` : g.sku, category: g.category, external: { system: sample, id: g.sku },
    vendor_id: accountOf.get(g.vendor) ?? null, price: toMinor(price(g.price), tx.workspace.currency), currency: tx.workspace.currency,
  })); // prettier-ignore
}
