/** What a generated file must come to; amounts in cents. */
export interface Expected {
  orders: number;
  orders_sum: number;
  free_orders: number;
  anonymous_orders: number;
  anonymous_orders_sum: number;
  returns: number;
  returns_sum: number;
  customers_new: number;
}

/** Small numbers that look random and are the same every time (an LCG with Knuth's constants). */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** A file in the shape of online-retail, in random order of baskets, with what it must come to counted on the way. */
export function retailFile(baskets: number, seed = 7): { csv: string; expected: Expected } {
  const roll = dice(seed);
  const customers = new Set<number>();
  const expected: Expected = {
    orders: 0,
    orders_sum: 0,
    free_orders: 0,
    anonymous_orders: 0,
    anonymous_orders_sum: 0,
    returns: 0,
    returns_sum: 0,
    customers_new: 0,
  };
  const lines = ["Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"];
  for (let n = 0; n < baskets; n++) {
    const who = roll(8) === 0 ? null : 12_000 + roll(Math.ceil(baskets / 5));
    const kind = roll(10);
    const at = new Date(Date.UTC(2011, 0, 3, 8) + n * 17 * 60_000).toISOString().slice(0, 16).replace("T", " ");
    let sum = 0;
    for (let l = 0, most = 1 + roll(30); l < most; l++) {
      const quantity = 1 + roll(24);
      const cents = kind === 1 ? 0 : 10 + roll(2_000);
      sum += quantity * cents;
      lines.push(
        `"ITEM, NO. ${roll(400)}",${kind === 0 ? -quantity : quantity},${at},${(cents / 100).toFixed(2)},${who ?? ""},${roll(9) === 0 ? "Eire" : "United Kingdom"}`,
      );
    }
    if (who !== null) customers.add(who);
    const of = kind === 0 ? "returns" : who === null ? "anonymous_orders" : kind === 1 ? "free_orders" : "orders";
    expected[of] += 1;
    if (of !== "free_orders") expected[`${of}_sum`] += sum;
  }
  return { csv: `${lines.join("\n")}\n`, expected: { ...expected, customers_new: customers.size } };
}
