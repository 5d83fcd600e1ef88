import Big from "big.js";

/*
 * Words we use
 *   minor units   the currency's smallest coin as a whole number: 1234 is EUR 12.34, JPY 1234, BHD 1.234
 *   exponent      how many decimals a currency's minor unit has (ISO 4217)
 */
// ISO 4217: every currency has two decimals but these.
const exponents: Record<string, number> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
}; // prettier-ignore

/** The currencies of another exponent than two, by exponent. */
export const unusualCurrencies: readonly (readonly [number, readonly string[]])[] = [0, 3].map((exponent) => [
  exponent,
  Object.keys(exponents).filter((code) => exponents[code] === exponent),
]);

let known: Set<string> | undefined;
const currencies = (): Set<string> => (known ??= new Set(Intl.supportedValuesOf("currency")));

/** Whether the text is an ISO 4217 code this runtime knows. */
export const isCurrency = (code: string): boolean => currencies().has(code);

/** All ISO 4217 codes, for pickers. */
export const currencyCodes = (): string[] => [...currencies()];

/** Number of decimals of the currency's minor unit. */
export const exponentOf = (currency: string): number => exponents[currency] ?? 2;

/** Minor units of a decimal string in major units, rounded half up (away from zero); throws a RangeError beyond 2^53. */
export function toMinor(major: string | number | Big, currency: string): number {
  const minor = new Big(major).times(new Big(10).pow(exponentOf(currency))).round(0, Big.roundHalfUp);
  const amount = minor.toNumber();
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${minor.toFixed()} ${currency} is too large`);
  return amount === 0 ? 0 : amount;
}

/** The decimal string in major units: 1234 EUR is "12.34". */
export const toMajor = (amount: number, currency: string): string =>
  new Big(amount).div(new Big(10).pow(exponentOf(currency))).toFixed(exponentOf(currency));

/** quantity x unit price (major units, any precision) in minor units, rounded once, half up. */
export const lineTotal = (quantity: string | number, unitPrice: string | number, currency: string): number =>
  toMinor(new Big(quantity).times(new Big(unitPrice)), currency);

/** Workspace minor units per minor unit of the currency, as a decimal string; `rate` is the workspace's currency per unit, as a bank writes it. 1 for its own. */
export function toBase(currency: string, rate: string | number, base: string): string {
  if (currency === base) return "1";
  return new Big(rate).times(new Big(10).pow(exponentOf(base) - exponentOf(currency))).toFixed();
}

/** An amount in the workspace's minor units, rounded half up as PostgreSQL's round does. */
export const inBase = (amount: number, factor: string | number): number =>
  Number(new Big(amount).times(factor).round(0, Big.roundHalfUp).toFixed());

/**
 * Shares an amount out over weights so that the shares add up to it exactly: each gets its part rounded down, and what is left goes, one
 * unit each, to the greatest remainders, at equal ones to the first (largest remainder, Hamilton). No share is greater than its weight
 * when the amount is at most their sum. Whole numbers, none below zero; all to nobody when the weights are all zero.
 */
export function spread(amount: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, w) => sum + BigInt(w), 0n);
  if (all === 0n || amount === 0) return weights.map(() => 0);
  const parts = weights.map((w, i) => ({ i, share: (BigInt(amount) * BigInt(w)) / all, rest: (BigInt(amount) * BigInt(w)) % all })); // prettier-ignore
  const left = Number(BigInt(amount) - parts.reduce((sum, p) => sum + p.share, 0n));
  const greatest = new Set(parts.toSorted((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1)).slice(0, left).map((p) => p.i)); // prettier-ignore
  return parts.map((p) => Number(p.share) + (greatest.has(p.i) ? 1 : 0));
}
