import { order, ordersKnown, placeOrders, type BulkOrder, type Placing } from "#deliver/orders";
import { Refused } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import {
  customOfEach,
  orNothing,
  orTaken,
  ownValues,
  whyUnfit,
  type Plan,
  type Unfit,
  type Values,
  type Written,
} from "#records";
import type { Basket } from "./basket.ts";
import { systemOf } from "./options.ts";

/*
 * Fields of the company's own in a file of orders: one row of an order says one for the order, or several say it alike. What does not
 * fit, or differs, leaves the order out, with its reason at each of its rows.
 */
type Failure = Written["failures"][number];

interface Filled {
  basket: Basket;
  custom?: Values;
}

/** The rows of an order that is left out, each told why. */
export const leftOut = (basket: Basket, why: Unfit): Failure[] => basket.lines.map(({ row }) => ({ ...why, row }));

function whyNot(error: unknown): Unfit {
  const why = whyUnfit(error);
  if (!why) throw error;
  return why;
}

/** Two rows of the order that do not say the same of it. */
function mixedIn({ lines }: Basket): Unfit | undefined {
  const first = new Map<string, { row: number; said: string }>();
  for (const { row, own } of lines.toSorted((a, b) => a.row - b.row))
    for (const [field, value] of Object.entries(own ?? {})) {
      const said = String(value).toLowerCase();
      const before = first.get(field);
      if (!before) first.set(field, { row, said });
      else if (before.said !== said)
        return { field, code: "order-mixed", message: `row ${row} says something else of the order than row ${before.row}` };
    }
  return undefined;
} // prettier-ignore

/** Baskets with what they say in fields of the company's own, and the rows of those that say what does not fit. An order that is here already stays as it is, whatever is said of it. */
export async function filled(tx: Tx, plan: Plan, baskets: readonly Basket[]): Promise<{ fit: Filled[]; failures: Failure[] }> {
  if (baskets.every((b) => Object.keys(b.own).length === 0)) return { fit: baskets.map((basket) => ({ basket })), failures: [] };
  const known = await ordersKnown(tx, systemOf(plan), baskets.map((b) => b.external));
  const asking = baskets.filter((b) => !known.has(b.external));
  const own = await ownValues(tx, order, plan, asking.map((b) => b.own));
  const each = await customOfEach(tx, order, own.map((said) => ("code" in said ? {} : (said.custom ?? {}))));
  const told = new Map<Basket, (typeof each)[number]>();
  for (const [i, basket] of asking.entries()) {
    const said = own[i]!;
    told.set(basket, mixedIn(basket) ?? ("code" in said ? said : each[i]!));
  }
  const fit: Filled[] = [];
  const failures: Failure[] = [];
  for (const basket of baskets) {
    const said = told.get(basket);
    if (!said) fit.push({ basket });
    else if ("code" in said) failures.push(...leftOut(basket, said));
    else fit.push({ basket, custom: said.custom });
  }
  return { fit, failures };
} // prettier-ignore

/** Places orders at once; one by one where a value stands in another order that may stand only once. Answers of each what became of it. */
export async function placeFilled(tx: Tx, orders: readonly BulkOrder[]): Promise<(Placing | Unfit)[]> {
  const place = (some: readonly BulkOrder[]): Promise<Placing[]> => orNothing(tx, () => orTaken(tx, order, () => placeOrders(tx, some))); // prettier-ignore
  try {
    return await place(orders);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== "custom-field.taken") throw error;
  }
  const answers: (Placing | Unfit)[] = [];
  for (const one of orders) answers.push(await place([one]).then(([placing]) => placing!, whyNot));
  return answers;
}
