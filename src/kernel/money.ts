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
