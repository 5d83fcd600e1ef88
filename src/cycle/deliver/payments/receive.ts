import { toMajor } from "#kernel/money";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { moneyOf, reasonGiven, settle, type SettledOrder } from "#deliver/orders";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { customOfNew, orTaken } from "#records";
import { writePayments } from "./pay-many.ts";
import { payment } from "./payment.ts";

export interface Money {
  /** Minor units of the order's currency, above zero. */
  amount: number;
  method: string;
  received_at?: string | Date | null | undefined;
  reference?: string | null | undefined;
  /** Why it goes back, in words and by the taxonomy's reason for refunds; only for a refund. */
  reason?: string | null | undefined;
  reason_id?: string | null | undefined;
  custom?: Record<string, unknown> | undefined;
}

/** Receives money for an order, never more than is still due; answers the payment's id. */
export const receivePayment = (ctx: Ctx | Tx, orderId: string, money: Money): Promise<string> =>
  move(ctx, orderId, "payment", money);

/** Gives money back, never more than was received and is not back yet; answers the refund's id. */
export const refund = (ctx: Ctx | Tx, orderId: string, money: Money): Promise<string> =>
  move(ctx, orderId, "refund", money);

const move = (ctx: Ctx | Tx, order_id: string, kind: "payment" | "refund", money: Money): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const { amount, method, reference } = money;
    if (!Number.isSafeInteger(amount) || amount <= 0)
      throw invalid("amount", "An amount is a whole number of minor units (cents) above zero.");
    const received_at = money.received_at ? new Date(money.received_at) : tx.clock();
    if (received_at.getTime() > tx.clock().getTime() + 86_400_000)
      throw invalid("received_at", "This is in the future.");
    const why = kind === "refund" ? await reasonGiven(tx, money, "refund") : { reason: null, reason_id: null };
    const settled = await settle(tx, [
      { order_id, paid: kind === "payment" ? amount : 0, refunded: kind === "refund" ? amount : 0 },
    ]);
    const order = settled.get(order_id);
    if (!order) throw refusal(await moneyOf(tx, order_id), kind);
    const id = newId();
    const written = {
      id,
      order,
      kind,
      amount,
      method,
      reference: reference ?? null,
      ...why,
      received_at,
      settles: kind === "payment" && order.paid >= order.total,
      custom: await customOfNew(tx, payment, money.custom, {
        id,
        contact_id: order.contact_id,
        account_id: order.account_id,
      }),
    };
    await orTaken(tx, payment, () => writePayments(tx, [written]));
    return id;
  });

/** Why the order did not take the money, from how it stands now. */
function refusal(order: SettledOrder | null, kind: "payment" | "refund"): Refused {
  if (!order) return notFound("order");
  const write = (amount: number): string => `${toMajor(amount, order.currency)} ${order.currency}`;
  if (kind === "refund") {
    const left = order.paid - order.refunded;
    return invalid(
      "amount",
      left > 0 ? `Only ${write(left)} can still be given back.` : "Nothing was received that could be given back.",
      "refund.too-much",
    );
  }
  if (order.cancelled)
    return new Refused(
      "conflict",
      "order.cancelled",
      `Order ${order.number} is cancelled; open it again to receive money for it.`,
    );
  const due = order.total - order.paid;
  return invalid(
    "amount",
    due > 0 ? `Only ${write(due)} is still due.` : "Nothing is due any more.",
    "payment.too-much",
  );
}
