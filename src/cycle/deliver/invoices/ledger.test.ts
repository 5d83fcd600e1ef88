import fc from "fast-check";
import Big from "big.js";
import { expect, test } from "vitest";
import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { cancelLines, cancelOrder, placeOrder, reopenOrder, restoreLines, returnGoods } from "#deliver/orders";
import { receivePayment, refund } from "#deliver/payments";
import { markDelivered, shipGoods, undoDelivered, undoShipment } from "#deliver/shipments";
import type { Ctx } from "#platform/context";
import { databaseForTest } from "../../../../test/database.ts";
import { creditInvoice, issueInvoice } from "./index.ts";
import "#convert/catalog";
import "#customers";

/*
 * An order as a plain account of what happened to it, in whole pieces and cents; its state is computed from the account alone: what
 * the ledger, the statuses and the invoices must equal after every step, refused steps included.
 */
interface Line {
  n: number;
  price: string;
  rate: number;
  ships: boolean;
  cancelled: number;
  returned: number;
  invoiced: number;
}
interface Parcel {
  line: number;
  n: number;
  arrived: boolean;
}
interface Story {
  lines: Line[];
  parcels: (Parcel | null)[];
  acts: ({ line: number; n: number } | null)[];
  invoices: { line: number; n: number; credited: number; total: number }[];
  paid: number;
  refunded: number;
  cancelled: boolean;
}
type Step =
  | { do: "ship" | "cancel-part" | "return" | "invoice"; line: number; n: number }
  | { do: "arrive" | "unarrive" | "unship" | "restore"; which: number }
  | { do: "credit"; which: number; n: number }
  | { do: "pay" | "refund"; amount: number }
  | { do: "cancel" | "reopen" };

const round = (value: Big): number => Number(value.round(0, Big.roundHalfUp));
const goods = (l: Line, n: number): number => round(new Big(l.price).times(100).times(n));
const taxOf = (l: Line): number => round(new Big(goods(l, l.n)).times(l.rate).div(100));
const worth = (l: Line, n: number): number =>
  round(
    new Big(l.price)
      .times(100)
      .times(n)
      .plus(new Big(taxOf(l)).times(n).div(l.n)),
  );
const shipped = (s: Story, i: number): number => s.parcels.reduce((sum, p) => sum + (p?.line === i ? p.n : 0), 0);
const arrived = (s: Story, i: number): number =>
  s.parcels.reduce((sum, p) => sum + (p?.line === i && p.arrived ? p.n : 0), 0);
const owed = (s: Story): number => s.lines.reduce((sum, l) => sum + worth(l, l.n - l.cancelled), 0);
const billed = (s: Story, i: number): number =>
  s.invoices.reduce((sum, v) => sum + (v.line === i ? v.total - creditOf(v, v.credited) : 0), 0);
const creditOf = (v: { n: number; total: number }, n: number): number => round(new Big(v.total).times(n).div(v.n));
const changed = (s: Story, i: number, change: Partial<Line>): Line[] => s.lines.map((l, at) => (at === i ? { ...l, ...change } : l)); // prettier-ignore
const put = <T>(list: readonly T[], i: number, value: T): T[] => list.map((v, at) => (at === i ? value : v));

/** The account after the step; null when it must be refused. */
function after(s: Story, step: Step): Story | null {
  if (step.do === "pay") return !s.cancelled && s.paid + step.amount <= owed(s) ? { ...s, paid: s.paid + step.amount } : null;
  if (step.do === "refund") return s.refunded + step.amount <= s.paid ? { ...s, refunded: s.refunded + step.amount } : null;
  if (step.do === "cancel") return s.cancelled || s.parcels.some((p) => p) ? null : { ...s, cancelled: true };
  if (step.do === "reopen") return s.cancelled ? { ...s, cancelled: false } : null;
  if (step.do === "credit") return credited(s, step.which, step.n);
  if ("which" in step) return s.cancelled && step.do === "restore" ? null : turned(s, step);
  if (s.cancelled || !("line" in step)) return null;
  const i = step.line % s.lines.length;
  const l = s.lines[i]!;
  const { n } = step;
  if (step.do === "ship") return l.ships && shipped(s, i) + n <= l.n - l.cancelled ? { ...s, parcels: [...s.parcels, { line: i, n, arrived: false }] } : null;
  if (step.do === "return") return l.returned + n <= (l.ships ? shipped(s, i) : l.n - l.cancelled) ? { ...s, lines: changed(s, i, { returned: l.returned + n }) } : null;
  if (step.do === "invoice") {
    const total = worth(l, l.invoiced + n) - billed(s, i);
    const fits = l.invoiced + n <= l.n - l.cancelled - l.returned && total > 0;
    return fits ? { ...s, lines: changed(s, i, { invoiced: l.invoiced + n }), invoices: [...s.invoices, { line: i, n, credited: 0, total }] } : null;
  }
  const whole = s.lines.every((x, at) => x.cancelled + (at === i ? n : 0) === x.n);
  if (whole || l.cancelled + n > l.n - Math.max(shipped(s, i), l.returned)) return null;
  return { ...s, lines: changed(s, i, { cancelled: l.cancelled + n }), acts: [...s.acts, { line: i, n }] };
} // prettier-ignore

function turned(s: Story, { do: what, which }: { do: "arrive" | "unarrive" | "unship" | "restore"; which: number }): Story | null {
  const at = which % Math.max(1, what === "restore" ? s.acts.length : s.parcels.length);
  if (what === "restore") {
    const act = s.acts[at];
    return act ? { ...s, acts: put(s.acts, at, null), lines: changed(s, act.line, { cancelled: s.lines[act.line]!.cancelled - act.n }) } : null;
  }
  const p = s.parcels[at];
  if (!p || p.arrived !== (what === "unarrive")) return null;
  if (what === "unship") return shipped(s, p.line) - p.n >= s.lines[p.line]!.returned ? { ...s, parcels: put(s.parcels, at, null) } : null;
  return { ...s, parcels: put(s.parcels, at, { ...p, arrived: what === "arrive" }) };
} // prettier-ignore

function credited(s: Story, which: number, n: number): Story | null {
  const at = which % Math.max(1, s.invoices.length);
  const v = s.invoices[at];
  if (!v || v.credited + n > v.n || creditOf(v, v.credited + n) === creditOf(v, v.credited)) return null;
  return { ...s, invoices: put(s.invoices, at, { ...v, credited: v.credited + n }), lines: changed(s, v.line, { invoiced: s.lines[v.line]!.invoiced - n }) };
} // prettier-ignore

function stateOf(s: Story) {
  const sum = (of: (l: Line, i: number) => number): number => s.lines.reduce((total, l, i) => total + of(l, i), 0);
  const total = sum((l) => worth(l, l.n));
  const due = owed(s);
  const toShip = sum((l) => (l.ships ? l.n - l.cancelled : 0));
  const out = sum((_, i) => shipped(s, i));
  const there = sum((_, i) => arrived(s, i));
  const fulfilment = toShip === 0 ? "not_needed" : there === toShip ? "delivered" : out === toShip ? "shipped" : out > 0 ? "partial" : "none";
  const back = sum((l) => l.returned);
  return {
    total, cancelled_total: total - due, paid: s.paid, refunded: s.refunded, returned: sum((l) => worth(l, l.returned)),
    invoiced: s.invoices.reduce((t, v) => t + v.total, 0), credited: s.invoices.reduce((t, v) => t + creditOf(v, v.credited), 0),
    fulfilment_status: fulfilment,
    status: s.cancelled ? "cancelled" : s.paid >= due && (fulfilment === "not_needed" || fulfilment === "delivered") ? "completed" : "open",
    payment_status: due === 0 && s.paid === 0 ? "nothing_due" : s.refunded > 0 ? (s.refunded === s.paid ? "refunded" : "part_refunded") : s.paid >= due ? "paid" : s.paid > 0 ? "part_paid" : "unpaid",
    return_status: back === 0 ? "none" : back === sum((l) => l.n - l.cancelled) ? "full" : "part",
    delivered: fulfilment === "delivered",
    lines: s.lines.map((l, i) => [l.n, l.cancelled, shipped(s, i), arrived(s, i), l.returned, l.invoiced]),
    open: openOf(s),
  };
} // prettier-ignore

/** What of each invoice is open: money covers the oldest first, refunds count as far as there are credit notes. */
function openOf(s: Story): number[] {
  const credits = s.invoices.reduce((t, v) => t + creditOf(v, v.credited), 0);
  let money = s.paid - Math.min(s.refunded, credits);
  return s.invoices.map((v) => {
    const asked = v.total - creditOf(v, v.credited);
    const covered = Math.max(0, Math.min(asked, money));
    money -= asked;
    return asked - covered;
  });
}

interface Ids {
  order: string;
  lines: string[];
  parcels: string[];
  acts: string[];
  invoices: string[];
}

async function perform(ctx: Ctx, ids: Ids, step: Step): Promise<void> {
  const gone = "00000000-0000-7000-8000-000000000000";
  const of = (list: readonly string[], which: number): string => list[which % Math.max(1, list.length)] ?? gone;
  const part = (l: { line: number; n: number }) => ({ lines: [{ order_line_id: of(ids.lines, l.line), quantity: String(l.n) }] });
  const euros = (amount: number) => ({ amount, method: "card" });
  switch (step.do) {
    case "pay": return void (await receivePayment(ctx, ids.order, euros(step.amount)));
    case "refund": return void (await refund(ctx, ids.order, euros(step.amount)));
    case "cancel": return cancelOrder(ctx, ids.order, "changed their mind");
    case "reopen": return reopenOrder(ctx, ids.order);
    case "ship": return void ids.parcels.push(await shipGoods(ctx, ids.order, part(step)));
    case "cancel-part": return void ids.acts.push(await cancelLines(ctx, ids.order, { ...part(step), reason: "out of stock" }));
    case "restore": return restoreLines(ctx, ids.order, of(ids.acts, step.which));
    case "return": return void (await returnGoods(ctx, ids.order, part(step)));
    case "invoice": return void ids.invoices.push(await issueInvoice(ctx, ids.order, part(step)));
    case "arrive": return markDelivered(ctx, of(ids.parcels, step.which));
    case "unarrive": return undoDelivered(ctx, of(ids.parcels, step.which));
    case "unship": return undoShipment(ctx, of(ids.parcels, step.which));
    case "credit": {
      const invoice = of(ids.invoices, step.which);
      const { rows } = await sql<{ id: string }>`select id from invoice_lines where invoice_id = ${invoice}`.execute(ctx.db);
      await creditInvoice(ctx, invoice, { lines: [{ invoice_line_id: rows[0]?.id ?? gone, quantity: String(step.n) }], reason: "came back" });
    }
  }
} // prettier-ignore

async function readState(ctx: Ctx, id: string) {
  const { rows } = await sql<Record<string, unknown>>`
    select total, cancelled_total, paid, refunded, returned, invoiced, credited, fulfilment_status, status, payment_status, return_status, delivered_fact is not null as delivered,
           (select json_agg(json_build_array(quantity, cancelled_quantity, shipped_quantity, delivered_quantity, returned_quantity, invoiced_quantity) order by position)
              from order_lines where order_id = o.id) as lines,
           (select coalesce(json_agg(open order by issued_at, id), '[]') from invoices_told where order_id = o.id and kind = 'invoice') as open
      from orders o where id = ${id}`.execute(ctx.db);
  return rows[0];
} // prettier-ignore

const line = fc.record({ n: fc.integer({ min: 1, max: 5 }), price: fc.constantFrom("0.335", "1", "2.55", "10", "0.005", "0"), rate: fc.constantFrom(0, 7, 19), ships: fc.boolean() }); // prettier-ignore
const some = { line: fc.nat(2), n: fc.integer({ min: 1, max: 3 }) };
const which = fc.nat(1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom("ship" as const, "ship" as const, "return" as const, "invoice" as const, "invoice" as const, "cancel-part" as const), ...some }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom("arrive" as const, "arrive" as const, "unarrive" as const, "unship" as const, "restore" as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("credit" as const), which, n: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("pay" as const, "pay" as const, "refund" as const), amount: fc.constantFrom(1, 100, 255, 1190, 2000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("cancel" as const, "reopen" as const) }) },
); // prettier-ignore

test("ledger, statuses and invoices equal what the history says, whatever the history", { timeout: 120_000 }, async () => {
  const ctx = (await databaseForTest()).ctx();
  const done = new Map<string, number>();
  let refusals = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 3 }), fc.array(step, { minLength: 8, maxLength: 20 }), async (first, history) => {
      const given = first.map((l) => ({ description: "Lantern", quantity: String(l.n), unit_price: l.price, tax_rate: String(l.rate), ships: l.ships }));
      const order = await placeOrder(ctx, { lines: given });
      const { rows } = await sql<{ id: string }>`select id from order_lines where order_id = ${order} order by position`.execute(ctx.db);
      const ids: Ids = { order, lines: rows.map((r) => r.id), parcels: [], acts: [], invoices: [] };
      let story: Story = { lines: first.map((l) => ({ ...l, cancelled: 0, returned: 0, invoiced: 0 })), parcels: [], acts: [], invoices: [], paid: 0, refunded: 0, cancelled: false };
      for (const next of history) {
        const expected = after(story, next);
        const thrown: unknown = await perform(ctx, ids, next).then(() => null, (error: unknown) => error);
        if (expected) expect(thrown).toBeNull();
        else expect(thrown).toBeInstanceOf(Refused);
        if (thrown) refusals++;
        else done.set(next.do, (done.get(next.do) ?? 0) + 1);
        story = expected ?? story;
        expect(await readState(ctx, order)).toEqual(stateOf(story));
      }
    }),
    { numRuns: 60 },
  );
  // The test means something only when nearly every kind of step was done, and many were refused.
  expect(done.size).toBeGreaterThanOrEqual(11);
  expect(refusals).toBeGreaterThan(50);
  const { rows: broken } = await sql`
    select l.id from order_lines l join orders o on o.id = l.order_id
     where not (0 <= l.delivered_quantity and l.delivered_quantity <= l.shipped_quantity and l.shipped_quantity <= l.quantity - l.cancelled_quantity)
        or l.ships and l.returned_quantity > l.shipped_quantity
        or o.invoiced - o.credited <> (select coalesce(sum(case kind when 'invoice' then total else -total end), 0) from invoices where order_id = o.id)
        or l.invoiced_quantity <> (select coalesce(sum(quantity - credited_quantity), 0) from invoice_lines where order_line_id = l.id and credits_line_id is null)`.execute(ctx.db);
  expect(broken).toEqual([]);
}); // prettier-ignore
