import fc from "fast-check";
import Big from "big.js";
import { expect, test } from "vitest";
import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { cancelOrder, changeOrder, placeOrder, reopenOrder, returnGoods } from "#deliver/orders";
import type { Ctx } from "#platform/context";
import { databaseForTest } from "../../../../test/database.ts";
import { receivePayment, refund } from "./index.ts";
import "#convert/catalog";
import "#customers";

/*
 * The order as a plain account of what happened to it, and its state computed from that account alone: what the derived columns
 * must equal after every step, refused steps included.
 */
interface Line {
  quantity: string;
  unit_price: string;
}
interface Story {
  lines: Line[];
  back: string[];
  /** Worth of each return line, minor units. */
  worth: number;
  paid: number;
  refunded: number;
  cancelled: boolean;
}
type Step =
  | { do: "lines"; lines: Line[] }
  | { do: "pay"; amount: number }
  | { do: "refund"; amount: number }
  | { do: "return"; line: number; quantity: string }
  | { do: "cancel" }
  | { do: "reopen" };

const cents = (quantity: Big, price: string): number =>
  Number(quantity.times(price).times(100).round(0, Big.roundHalfUp));
const totalOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, l) => sum + cents(new Big(l.quantity), l.unit_price), 0);
const isUntouched = (s: Story): boolean => !s.cancelled && s.paid === 0 && s.back.every((b) => b === "0");

/** The account after the step; null when the step must be refused. */
function after(s: Story, step: Step): Story | null {
  if (step.do === "lines") return isUntouched(s) ? { ...s, lines: step.lines, back: step.lines.map(() => "0") } : null;
  if (step.do === "pay")
    return !s.cancelled && s.paid + step.amount <= totalOf(s.lines) ? { ...s, paid: s.paid + step.amount } : null;
  if (step.do === "refund")
    return s.refunded + step.amount <= s.paid ? { ...s, refunded: s.refunded + step.amount } : null;
  if (step.do === "cancel") return s.cancelled ? null : { ...s, cancelled: true };
  if (step.do === "reopen") return s.cancelled ? { ...s, cancelled: false } : null;
  const line = s.lines[step.line % s.lines.length]!;
  const before = new Big(s.back[step.line % s.lines.length]!);
  const now = before.plus(step.quantity);
  if (s.cancelled || now.gt(line.quantity)) return null;
  const worth = s.worth + cents(now, line.unit_price) - cents(before, line.unit_price);
  return { ...s, worth, back: s.back.map((b, i) => (i === step.line % s.lines.length ? now.toFixed() : b)) };
}

function stateOf(s: Story): Record<string, unknown> {
  const total = totalOf(s.lines);
  const isAllBack = s.lines.every((l, i) => new Big(l.quantity).eq(s.back[i]!));
  const payment =
    total === 0 ? "nothing_due" : s.refunded > 0 ? (s.refunded === s.paid ? "refunded" : "part_refunded") : s.paid === 0 ? "unpaid" : s.paid < total ? "part_paid" : "paid"; // prettier-ignore
  return {
    line_count: s.lines.length, total, base_total: total, paid: s.paid, refunded: s.refunded, returned: s.worth,
    status: s.cancelled ? "cancelled" : s.paid >= total ? "completed" : "open",
    payment_status: payment,
    return_status: s.back.every((b) => b === "0") ? "none" : isAllBack ? "full" : "part",
  }; // prettier-ignore
}

async function perform(ctx: Ctx, id: string, step: Step): Promise<void> {
  if (step.do === "lines")
    return changeOrder(ctx, id, undefined, { lines: step.lines.map((l) => ({ description: "Lantern", ...l })) });
  if (step.do === "cancel") return cancelOrder(ctx, id, "changed their mind");
  if (step.do === "reopen") return reopenOrder(ctx, id);
  if (step.do === "pay") return void (await receivePayment(ctx, id, { amount: step.amount, method: "card" }));
  if (step.do === "refund") return void (await refund(ctx, id, { amount: step.amount, method: "card" }));
  const { rows } = await sql<{
    id: string;
  }>`select id from order_lines where order_id = ${id} order by position`.execute(ctx.db);
  await returnGoods(ctx, id, {
    lines: [{ order_line_id: rows[step.line % rows.length]!.id, quantity: step.quantity }],
  });
}

const quantity = fc.constantFrom("1", "2", "3", "0.5", "1.25", "7");
const line = fc.record({ quantity, unit_price: fc.constantFrom("0", "0.335", "1", "2.55", "10", "0.005") });
const lines = fc.array(line, { minLength: 1, maxLength: 4 });
const amount = fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.constantFrom(1, 100, 255, 1000));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant("lines" as const), lines }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("pay" as const), amount }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("refund" as const), amount }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("return" as const), line: fc.nat(3), quantity }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: "cancel" }, { do: "reopen" }) },
);

const columns = sql`line_count, total, base_total, paid, refunded, returned, status, payment_status, return_status`;

test("an order's state equals what its history says, whatever the history", async () => {
  const ctx = (await databaseForTest()).ctx();
  let refusals = 0;
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(lines, fc.array(step, { maxLength: 14 }), async (first, history) => {
      const id = await placeOrder(ctx, { lines: first.map((l) => ({ description: "Lantern", ...l })) });
      let story: Story = { lines: first, back: first.map(() => "0"), worth: 0, paid: 0, refunded: 0, cancelled: false };
      for (const next of history) {
        const expected = after(story, next);
        const refused = await perform(ctx, id, next).then(
          () => null,
          (error: unknown) => error,
        );
        steps++;
        if (expected) expect(refused).toBeNull();
        else expect(refused).toBeInstanceOf(Refused);
        if (refused) refusals++;
        story = expected ?? story;
        const { rows } = await sql<Record<string, unknown>>`select ${columns} from orders where id = ${id}`.execute(
          ctx.db,
        );
        expect(rows[0]).toEqual(stateOf(story));
      }
    }),
    { numRuns: 60 },
  );
  // The test means something only when histories both go on and are refused.
  expect(refusals).toBeGreaterThan(20);
  expect(steps - refusals).toBeGreaterThan(20);
  const { rows } = await sql`
    select o.number from orders o
      left join lateral (select coalesce(sum(amount) filter (where kind = 'payment'), 0) as paid, coalesce(sum(amount) filter (where kind = 'refund'), 0) as back from payments p where p.order_id = o.id) p on true
     where not (0 <= o.refunded and o.refunded <= o.paid and o.paid <= o.total and o.returned <= o.total and o.paid = p.paid and o.refunded = p.back)
        or exists (select from order_lines l where l.order_id = o.id and l.returned_quantity is distinct from coalesce((select sum(quantity) from return_lines r where r.order_line_id = l.id), 0))`.execute(
    ctx.db,
  );
  expect(rows).toEqual([]);
});
