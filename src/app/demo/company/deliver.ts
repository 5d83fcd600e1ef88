import type { Chance } from "./chance.ts";
import { categories, goods, type OrderedLine } from "./goods.ts";
import { during, luck, type Customer, type Story, type ToldOrder } from "./story.ts";

const reasons = ["arrived broken", "lid does not close", "wrong size", "ordered twice", "not as described"];

/** Their orders with what they cost them in patience: late deliveries, returns, reminders. */
export function deliver(story: Story): void {
  const { customer } = story;
  const chance = luck(customer, "deliver");
  const likes = [chance.pick(categories), chance.pick(categories), "Jars"];
  const flaw = customer.fate === "customer" && customer.days[0]! > 27 ? (chance.yes(0.55) ? "back" : "unpaid") : null;
  customer.days.forEach((day, i) => {
    const ago = during(day, chance);
    const lines = basket(customer, chance, likes, day);
    const late = chance.yes(0.09) ? chance.whole(1, 8) : 0;
    const arrives = ago - chance.between(1.5, 4.5) - late;
    const key = `${customer.key}-${i + 1}`;
    const order: ToldOrder = {
      key, number: "", ago, lines,
      payments: flaw === "unpaid" ? [] : payments(customer, chance, ago),
      delivered: arrives > 0.1 ? { ago: arrives, late, mark: `${key} delivered` } : null,
      back: null,
    }; // prettier-ignore
    order.back = comesBack(customer, order, chance, flaw === "back", customer.days[i + 1] ?? 0);
    story.orders.push(order);
  });
}

// Preserving has its season: baskets are fullest every 365 days, and the company's prices of two years ago bought less of it.
const season = (day: number): number => (1 + 0.35 * Math.cos((2 * Math.PI * (day - 40)) / 365)) * (1.15 - day / 3000);

function basket(customer: Customer, chance: Chance, likes: readonly string[], day: number): OrderedLine[] {
  const liked = goods.filter((g) => likes.includes(g.category));
  const n = customer.firm ? chance.whole(2, 5) : chance.whole(1, 4);
  const skus = new Set(Array.from({ length: n }, () => chance.pick(chance.yes(0.75) ? liked : goods).sku));
  return [...skus].map((sku) => {
    const dear = goods.find((g) => g.sku === sku)!.price > 2000;
    const much = customer.firm ? chance.whole(dear ? 2 : 24, dear ? 8 : 144) : chance.whole(1, dear ? 1 : 8);
    return { sku, quantity: Math.max(1, Math.round(much * season(day))) };
  });
}

// Businesses pay by transfer within weeks, some in two parts; people pay at once. The newest transfers are still on their way.
function payments(customer: Customer, chance: Chance, ago: number): ToldOrder["payments"] {
  if (!customer.firm)
    return [{ ago: ago - 0.01, share: 1, method: chance.pick(["card", "card", "wallet", "direct_debit"]) }];
  const paid = ago - chance.between(5, 32);
  const whole = [{ ago: paid, share: 1, method: "bank_transfer" }];
  const parts = [{ ago: ago - 2, share: 0.4, method: "bank_transfer" }, { ago: paid, share: 0.6, method: "bank_transfer" }]; // prettier-ignore
  return (chance.yes(0.08) ? parts : whole).filter((p) => p.ago > 0.05);
}

/** A return, only before the next order: so it is plain which order the goods came from. */
function comesBack(
  customer: Customer,
  order: ToldOrder,
  chance: Chance,
  must: boolean,
  next: number,
): ToldOrder["back"] {
  const share = customer.fate === "at_risk" || customer.fate === "lapsed" ? 0.09 : 0.04;
  // Who ordered once and sent it back would stay a newcomer: only those whose fate that is do.
  if (!must && (customer.days.length === 1 || !chance.yes(share))) return null;
  const ago = (order.delivered?.ago ?? 0) - chance.between(1, 9);
  const refunded = ago - chance.between(1, 3);
  if (refunded < 0.2 || refunded <= next) return null;
  const line = chance.whole(0, order.lines.length - 1);
  return { ago, line, quantity: must ? order.lines[line]!.quantity : 1, reason: chance.pick(reasons), refunded };
}
