import Big from "big.js";
import { lineTotal, spread } from "#kernel/money";
import { invalid } from "#kernel/refusal";

/*
 * Words we use
 *   goods      quantity x unit price of a line, rounded once, half up
 *   discount   what the line's own terms take off its goods
 *   share      the line's part of the discount on the whole quote, by largest remainder over what the lines cost until then
 *   net        goods - discount - share
 *   tax        per rate: the rate of the sum of the rounded nets, rounded once, half up; a line's tax is its part of that, by largest
 *              remainder over the nets; so lines add up to rates, and rates to the quote
 *   total      net + tax
 *
 * All amounts are minor units of the quote's currency, none below zero.
 */
export interface LineTerms {
  /** Decimal. */
  quantity: string;
  /** Decimal, major units. */
  unit_price: string;
  /** At most one of the two. */
  discount_percent?: string | null | undefined;
  discount_amount?: number | null | undefined;
  /** Percent; 0 when absent. */
  tax_rate?: string | null | undefined;
}
export interface WholeTerms {
  discount_percent?: string | null | undefined;
  discount_amount?: number | null | undefined;
}
export interface LineFigures {
  goods: number;
  discount: number;
  share: number;
  net: number;
  tax: number;
}
export interface TaxFigures {
  rate: string;
  net: number;
  tax: number;
}
export interface Figures {
  lines: LineFigures[];
  goods: number;
  /** Of the lines. */
  line_discount: number;
  /** On the whole. */
  whole_discount: number;
  net: number;
  /** Highest rate first; a rate of 0 is left out. */
  taxes: TaxFigures[];
  tax: number;
  total: number;
}

/** Largest quote, minor units: sums of many stay below 2^53. */
const totalAtMost = 1e15;

const halfUp = (value: Big): number => Number(value.round(0, Big.roundHalfUp).toFixed());
const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, a) => sum + a, 0);

/** Reckons a quote from its lines and terms. Refuses, naming the field, a discount beyond what it is taken off and amounts beyond 10^15. */
export function figuresOf(lines: readonly LineTerms[], whole: WholeTerms, currency: string): Figures {
  const goods = lines.map((line, i) => goodsOf(line, i, currency));
  const own = lines.map((line, i) => takenOff(line, goods[i]!, `lines.${i}.discount_amount`));
  const after = goods.map((g, i) => g - own[i]!);
  if (sumOf(goods) > totalAtMost) throw invalid("lines", "This quote is too large.");
  const whole_discount = takenOff(whole, sumOf(after), "discount_amount");
  const shares = spread(whole_discount, after);
  const nets = after.map((a, i) => a - shares[i]!);
  const { taxes, perLine } = taxesOf(lines, nets);
  const net = sumOf(nets);
  const tax = sumOf(perLine);
  return {
    lines: nets.map((n, i) => ({ goods: goods[i]!, discount: own[i]!, share: shares[i]!, net: n, tax: perLine[i]! })),
    goods: sumOf(goods),
    line_discount: sumOf(own),
    whole_discount,
    net,
    taxes,
    tax,
    total: net + tax,
  };
}

function goodsOf(line: LineTerms, i: number, currency: string): number {
  try {
    return lineTotal(line.quantity, line.unit_price, currency);
  } catch (error) {
    if (error instanceof RangeError) throw invalid(`lines.${i}.unit_price`, "This line is too large.");
    throw error;
  }
}

function takenOff(terms: WholeTerms, from: number, field: string): number {
  const amount = terms.discount_amount ?? halfUp(new Big(from).times(terms.discount_percent ?? 0).div(100));
  if (amount > from) throw invalid(field, "A discount is at most what it is taken off.", "discount.too-large");
  return amount;
}

function taxesOf(lines: readonly LineTerms[], nets: readonly number[]): { taxes: TaxFigures[]; perLine: number[] } {
  const perLine = nets.map(() => 0);
  const byRate = Map.groupBy(lines.keys(), (i) => new Big(lines[i]!.tax_rate ?? 0).toFixed());
  const taxes = [...byRate].flatMap(([rate, members]): TaxFigures[] => {
    if (Number(rate) === 0) return [];
    const base = members.map((i) => nets[i]!);
    const net = sumOf(base);
    const tax = halfUp(new Big(net).times(rate).div(100));
    for (const [n, part] of spread(tax, base).entries()) perLine[members[n]!] = part;
    return [{ rate, net, tax }];
  });
  return { taxes: taxes.toSorted((a, b) => Number(b.rate) - Number(a.rate)), perLine };
}
