import Big from "big.js";
import { exponentOf } from "#kernel/money";

/*
 * Words we use
 *   rate      workspace currency per unit of the order's currency, as a bank writes it: 0.0061 EUR for 1 JPY
 *   to base   the same per minor unit: 0.61 cents for 1 yen
 */

/** Workspace minor units per minor unit of the currency, as a decimal string; 1 when it is the workspace's own. */
export function toBase(currency: string, rate: string | number, base: string): string {
  if (currency === base) return "1";
  return new Big(rate).times(new Big(10).pow(exponentOf(base) - exponentOf(currency))).toFixed();
}

/** An amount in the workspace's minor units, rounded half up as PostgreSQL's round does for the order's base_total. */
export const inBase = (amount: number, factor: string | number): number =>
  Number(new Big(amount).times(factor).round(0, Big.roundHalfUp).toFixed());
