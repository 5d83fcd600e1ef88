import Big from "big.js";
import { exponentOf, lineTotal } from "#kernel/money";

/*
 * Words we use
 *   goods    quantity x unit price of a line, rounded once
 *   total    what the customer pays for the line: goods - discount + tax
 *   worth    what a part of the line costs: parts that add up to the line add up to its total, because each is the difference of
 *            two worths counted from zero
 */
export interface Priced {
  quantity: string;
  unit_price: string;
  discount: number;
  tax: number;
}

/** What the customer pays for the line, minor units. @throws RangeError beyond 2^53 */
export const totalOfLine = (
  line: { quantity: string; unit_price: string; discount?: number | undefined; tax?: number | undefined },
  currency: string,
): number => lineTotal(line.quantity, line.unit_price, currency) - (line.discount ?? 0) + (line.tax ?? 0);

/** What `quantity` of the line cost with its share of discount and tax, minor units, rounded once, half up. */
export function worthOf(line: Priced, quantity: Big | string, currency: string): number {
  const scale = new Big(10).pow(exponentOf(currency));
  const goods = new Big(quantity).times(line.unit_price).times(scale);
  const share = new Big(line.tax - line.discount).times(quantity).div(line.quantity);
  return Math.max(0, Number(goods.plus(share).round(0, Big.roundHalfUp).toFixed()));
}

/** The tax in the worth of `quantity` of the line, minor units, rounded once, half up. */
export const taxIn = (line: Priced, quantity: Big | string): number =>
  Number(new Big(line.tax).times(quantity).div(line.quantity).round(0, Big.roundHalfUp).toFixed());
