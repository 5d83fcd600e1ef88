import Big from "big.js";
import { lineTotal, toMinor } from "#kernel/money";
import type { ImportValues, Plan, StagedRow, Unfit } from "#records";
import { currencyOf, rateOf } from "./options.ts";

/*
 * Words we use
 *   line     a row of the file, understood: somebody bought, or gave back, some of a thing at a time
 *   who      the customer of a line as its file tells of them; a line without one is anonymous
 */
export interface Who {
  customer_id: string | null;
  email: string | null;
  phone: string | null;
  name: string | null;
  given_name: string | null;
  family_name: string | null;
  account_name: string | null;
  city: string | null;
}

export interface Line {
  row: number;
  number: string | null;
  at: number;
  /** Always above zero; `back` says which way it goes. */
  quantity: string;
  back: boolean;
  unit_price: string;
  /** Minor units of the currency. */
  total: number;
  currency: string;
  description: string | null;
  sku: string | null;
  category: string | null;
  country: string | null;
  who: Who;
  /** What the row says in fields of the company's own. */
  own: ImportValues | null;
}

const text = (v: unknown): string | null => (typeof v === "string" ? v : null);

/** The customer of a row; every part may be missing. */
export const whoOf = (v: ImportValues): Who => ({
  customer_id: customerId(text(v.customer_id)), email: text(v.email), phone: text(v.phone), name: text(v.name), given_name: text(v.given_name),
  family_name: text(v.family_name), account_name: text(v.account_name), city: text(v.city),
}); // prettier-ignore

// Spreadsheets write the id 17850 as 17850.0 when a cell of its column is empty.
const customerId = (id: string | null): string | null => id?.replace(/^(\d+)\.0+$/, "$1") ?? null;

/** The rows of one customer share this; null for an anonymous one. */
export function keyOf(w: Who): string | null {
  if (w.customer_id) return `id ${w.customer_id}`;
  if (w.email) return `mail ${w.email}`;
  if (w.phone) return `phone ${w.phone}`;
  const name = (w.name ?? [w.given_name, w.family_name].filter(Boolean).join(" ")).trim() || w.account_name;
  return name ? `name ${name.toLowerCase()}` : null;
}

const unfit = (field: string | null, code: string, message: string): Unfit => ({ field, code, message });

// What the database and the order page hold; beyond it a file is wrong.
const most = { quantity: new Big("1e9"), unit_price: new Big("1e12") };

type Priced = Pick<Line, "quantity" | "back" | "unit_price" | "total" | "currency">;

/** Quantity, price and total of a row; a negative quantity goes back, a negative price is refused. */
export function priceOf(v: ImportValues, plan: Plan): Priced | Unfit {
  const currency = text(v.currency) ?? currencyOf(plan);
  if (rateOf(plan, currency) === undefined)
    return unfit(
      "currency",
      "rate-unknown",
      `there is no exchange rate from ${currency} to ${plan.workspace.currency}; give one in the options`,
    );
  const counted = new Big(text(v.quantity) ?? "1");
  if (counted.eq(0) && v.unit_price !== null) return unfit("quantity", "quantity-zero", "the quantity is zero");
  const quantity = counted.eq(0) ? new Big(1) : counted.abs();
  if (quantity.gt(most.quantity)) return unfit("quantity", "quantity-too-large", "the quantity is above 1,000,000,000");
  const unit = text(v.unit_price) ?? null;
  if (unit !== null) return withUnitPrice(quantity, counted.lt(0), unit, currency);
  const total = text(v.total);
  if (total === null) return unfit("unit_price", "price-missing", "there is no price");
  return withTotal(quantity, counted.lt(0), v.quantity === null, new Big(total), currency);
}

function withUnitPrice(quantity: Big, back: boolean, unit: string, currency: string): Priced | Unfit {
  const price = new Big(unit);
  if (price.lt(0))
    return unfit("unit_price", "price-negative", `the price ${unit} is negative; an adjustment is not an order`);
  if (price.gt(most.unit_price)) return unfit("unit_price", "price-too-large", "the price is above 1,000,000,000,000");
  const total = within(() => lineTotal(quantity.toFixed(), unit, currency));
  if (total === null) return unfit("unit_price", "total-too-large", "quantity times price is too large");
  return { quantity: quantity.toFixed(), back, unit_price: price.toFixed(), total, currency };
}

function withTotal(quantity: Big, counted: boolean, uncounted: boolean, total: Big, currency: string): Priced | Unfit {
  const back = counted || (uncounted && total.lt(0));
  if (total.lt(0) && !back)
    return unfit("total", "price-negative", `the total ${total.toFixed()} is negative; an adjustment is not an order`);
  const minor = total.abs().gt(most.unit_price) ? null : within(() => toMinor(total.abs(), currency));
  if (minor === null) return unfit("total", "total-too-large", "the total is too large");
  return {
    quantity: quantity.toFixed(),
    back,
    unit_price: unitPriceOf(total.abs(), quantity, minor, currency),
    total: minor,
    currency,
  };
}

/** The shortest price that comes to the total again: 29.33 for 3 is 9.777. */
function unitPriceOf(total: Big, quantity: Big, minor: number, currency: string): string {
  const exact = new Big(total);
  for (let places = 2; places < 20; places++) {
    const price = divided(exact, quantity, places);
    if (lineTotal(quantity.toFixed(), price, currency) === minor) return price;
  }
  return divided(exact, quantity, 20);
}

const precise = Big();
precise.DP = 24;
const divided = (total: Big, quantity: Big, places: number): string =>
  new Big(new precise(total.toFixed()).div(quantity.toFixed()).toFixed(places)).toFixed();

function within(count: () => number): number | null {
  try {
    return count();
  } catch {
    return null; // beyond 2^53
  }
}

/** A line as it is staged: a list, because half a million names of fields weigh more than the values. */
export const packed = (l: Omit<Line, "row">): unknown[] => {
  const w = l.who;
  return [
    l.number, l.at, l.quantity, l.back ? 1 : 0, l.unit_price, l.total, l.currency, l.description, l.sku, l.category, l.country,
    w.customer_id, w.email, w.phone, w.name, w.given_name, w.family_name, w.account_name, w.city, ...(l.own ? [l.own] : []),
  ]; // prettier-ignore
};
const ownAt = 19;

type Packed = [string | null, number, string, number, string, number, string, ...(string | null)[]];

/** The line a staged row holds. */
export function unpacked({ row, data }: StagedRow): Line {
  const [number, at, quantity, back, unit_price, total, currency, ...rest] = data as Packed;
  const [
    description,
    sku,
    category,
    country,
    customer_id,
    email,
    phone,
    name,
    given_name,
    family_name,
    account_name,
    city,
  ] = rest.map((v) => v ?? null);
  const who = {
    customer_id: customer_id ?? null, email: email ?? null, phone: phone ?? null, name: name ?? null, given_name: given_name ?? null,
    family_name: family_name ?? null, account_name: account_name ?? null, city: city ?? null,
  }; // prettier-ignore
  return {
    row, number, at, quantity, back: back === 1, unit_price, total, currency, who, own: (data[ownAt] ?? null) as ImportValues | null,
    description: description ?? null, sku: sku ?? null, category: category ?? null, country: country ?? null,
  }; // prettier-ignore
}
