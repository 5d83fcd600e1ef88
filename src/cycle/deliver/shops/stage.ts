import { ownIn, type ImportValues, type Plan, type Staged, type Stager, type Unfit } from "#records";
import { keyOf, packed, priceOf, whoOf, type Who } from "./line.ts";
import { optionsOf } from "./options.ts";

/** What a continuation row takes from the row above it: shops write customer and date on an order's first row only. */
interface Head {
  number: string;
  at: number;
  who: Who;
  country: string | null;
}

// Sorted as text, instants must have one length: 15 digits, counted from 1811.
const sortable = (at: number): string => String(at + 5e12).padStart(15, "0");

/** Understands the rows of an order file one after the other. */
export function stageOrders(plan: Plan, carried: unknown): Stager {
  const { group_by } = optionsOf(plan);
  let head = (carried ?? null) as Head | null;
  const take = (v: ImportValues): Staged | Unfit => {
    const number = typeof v.number === "string" ? v.number : null;
    if (group_by === "number" && number === null)
      return { field: "number", code: "number-missing", message: "there is no order number" };
    const above = group_by === "number" && head?.number === number ? head : null;
    const at = typeof v.placed_at === "number" ? v.placed_at : above?.at;
    if (at === undefined) return { field: "placed_at", code: "date-missing", message: "there is no date" };
    const mine = whoOf(v);
    const who = keyOf(mine) === null && above ? above.who : mine;
    const country = typeof v.country === "string" ? v.country : (above?.country ?? null);
    const price = priceOf(v, plan);
    if ("code" in price) return price;
    if (group_by === "number") head = { number: number!, at, who, country };
    const line = {
      number,
      at,
      who,
      country,
      ...price,
      description: textOf(v.description),
      sku: textOf(v.sku),
      category: textOf(v.category),
      own: ownIn(v) ?? null,
    };
    // Returns come after the orders they may belong to.
    const unit = `${price.back ? 2 : 1}|${group_by === "number" ? number : sortable(at)}`;
    return { key: keyOf(who) ?? `~${unit}`, unit, data: packed(line) };
  };
  return { take, carry: () => head };
}

const textOf = (v: unknown): string | null => (typeof v === "string" ? v : null);
