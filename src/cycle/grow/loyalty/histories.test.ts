import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { Refused } from "#kernel/refusal";
import { cancelOrder, returnGoods } from "#deliver/orders";
import { refund } from "#deliver/payments";
import { inTransaction, type Ctx } from "#platform/context";
import { databaseForTest } from "../../../../test/database.ts";
import { cancelVoucher, grantPoints, memberOf, redeemReward, takeBackPoints } from "./index.ts";
import { buy, disagreeing, programWith, settle, start } from "./members-for-tests.ts";

type Step =
  | { do: "buy" | "return" | "refund"; n: number; part: number }
  | { do: "cancel" | "redeem" | "unredeem" | "grant" | "ungrant" | "replay"; n: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("buy" as const, "return" as const, "refund" as const), n: fc.nat(9), part: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("cancel" as const, "redeem" as const, "redeem" as const, "unredeem" as const, "grant" as const, "ungrant" as const, "replay" as const), n: fc.nat(9) }) },
); // prettier-ignore

/** A step that the product refuses changes nothing; any other failure is one. */
const unlessRefused = (act: Promise<unknown>): Promise<unknown> =>
  act.catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });

async function perform(ctx: Ctx, contact: string, orders: string[], s: Step): Promise<unknown> {
  const order = orders[s.n % Math.max(1, orders.length)];
  if (s.do === "buy") return buy(ctx, contact, "part" in s ? s.part : 1).then((id) => orders.push(id));
  if (s.do === "redeem") return redeemReward(ctx, { contact_id: contact, key: `${contact}:${s.n}` });
  if (s.do === "grant") return inTransaction(ctx, (tx) => grantPoints(tx, { contact_id: contact, points: 40 + s.n, key: `${contact}:g${s.n}`, reason: "Thanks" })); // prettier-ignore
  if (s.do === "ungrant") return inTransaction(ctx, (tx) => takeBackPoints(tx, { key: `${contact}:g${s.n}`, reason: "no thanks" })); // prettier-ignore
  if (s.do === "replay") return sql`update consumers set epoch = 0, tx = 0, seq = 0 where name = 'loyalty'`.execute(ctx.db); // prettier-ignore
  if (s.do === "unredeem") {
    const voucher = (await memberOf(ctx, { contact }))?.vouchers[s.n];
    return voucher && cancelVoucher(ctx, voucher.id, "no");
  }
  if (!order) return null;
  const part = "part" in s ? s.part : 1;
  if (s.do === "cancel") return cancelOrder(ctx, order, "no");
  if (s.do === "refund") return refund(ctx, order, { amount: part * 50, method: "card" });
  const { rows } = await sql<{ id: string }>`select id from order_lines where order_id = ${order}`.execute(ctx.db);
  return returnGoods(ctx, order, { lines: [{ order_line_id: rows[0]!.id, quantity: String(part) }] });
}

/** One life in which most things happen, so that no run of chance is without them. */
const eventful: [Step, number][] = [
  [{ do: "buy", n: 0, part: 80 }, 20],
  [{ do: "redeem", n: 0 }, 1],
  [{ do: "unredeem", n: 0 }, 1],
  [{ do: "grant", n: 3 }, 1],
  [{ do: "ungrant", n: 3 }, 1],
  [{ do: "buy", n: 0, part: 40 }, 4],
  [{ do: "return", n: 1, part: 10 }, 20],
  [{ do: "redeem", n: 1 }, 24],
  [{ do: "cancel", n: 0 }, 22],
];

test("over random histories of orders and vouchers, replays and late readers included, accounts, lots and journal agree", async () => {
  const t = await databaseForTest();
  const at = (days: number): Ctx => t.ctx("manager", { at: new Date(start.getTime() + days * 86_400_000) });
  const people = await programWith(at(0), 8, { reward: { name: "Voucher", points: 60, amount: 500 }, expiry: "days", expiry_after: 45, voucher_days: 25 }); // prettier-ignore
  for (const contact_id of people) await inTransaction(at(0), (tx) => grantPoints(tx, { contact_id, points: 150, key: `${contact_id}:0`, reason: "Welcome" })); // prettier-ignore
  let who = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(24)), { minLength: 8, maxLength: 14 }), async (steps) => {
      const [contact, orders]: [string, string[]] = [people[who++ % people.length]!, []];
      let days = 1;
      for (const [one, wait] of steps) {
        days += wait;
        await unlessRefused(perform(at(days), contact, orders, one));
        if (wait % 3 > 0) await settle(at(days));
      }
      // What a reader is shown before anything is written is what is written then.
      const ahead = await memberOf(at(days + 20), { contact });
      await settle(at(days));
      await settle(at(days + 20));
      if (ahead && steps.at(-1)![1] % 3 > 0) expect((await memberOf(at(days + 20), { contact }))!.available).toBe(ahead.available); // prettier-ignore
      expect((await disagreeing(at(days))).wrong).toEqual([]);
    }),
    { numRuns: 9, endOnFailure: true, examples: [[eventful]] },
  );
  const { rows } = await sql<{ kinds: number }>`select count(distinct kind)::int as kinds from loyalty_entries`.execute(at(0).db); // prettier-ignore
  expect(rows[0]!.kinds).toBeGreaterThanOrEqual(6);
}, 60_000);
