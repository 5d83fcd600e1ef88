import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Ctx } from "#platform/context";
import type { ReasonUse } from "./reason.ts";

type Brought = readonly [key: string, label: string, applies_to: readonly ReasonUse[], parent?: string];
const goods = ["case", "return", "refund"] as const;

/** What most companies hear; theirs to rename, retire and extend. */
const brought: readonly Brought[] = [
  ["product", "Product", [...goods, "lost", "churn"]],
  ["defective", "Does not work as it should", goods, "product"],
  ["not_as_described", "Not as described", goods, "product"],
  ["wrong_size", "Wrong size or model", ["case", "return"], "product"],
  ["missing_feature", "Something is missing", ["case", "lost", "churn"], "product"],
  ["delivery", "Delivery", [...goods, "lost", "churn"]],
  ["late", "Late delivery", ["case", "return", "refund", "churn"], "delivery"],
  ["damaged", "Arrived damaged", goods, "delivery"],
  ["wrong_item", "Wrong or missing item", goods, "delivery"],
  ["delivery_time", "Delivery time too long", ["lost"], "delivery"],
  ["ordering", "Ordering", ["case", "return", "refund"]],
  ["changed_mind", "Changed their mind", ["return", "refund"], "ordering"],
  ["ordered_twice", "Ordered twice", ["return", "refund"], "ordering"],
  ["billing", "Invoice or payment", ["case", "refund", "churn"], "ordering"],
  ["help", "Help", ["case"]],
  ["how_to", "How to use it", ["case"], "help"],
  ["service", "Service", ["case", "churn", "lost"]],
  ["slow_answer", "Answered too slowly", ["case", "churn", "lost"], "service"],
  ["unfriendly", "Not treated well", ["case", "churn"], "service"],
  ["deal", "Deal", ["lost", "unqualified", "churn"]],
  ["price", "Price", ["lost", "unqualified", "churn"], "deal"],
  ["competitor", "Chose a competitor", ["lost", "churn"], "deal"],
  ["no_budget", "No budget", ["lost", "unqualified"], "deal"],
  ["no_need", "No need any more", ["lost", "unqualified", "churn"], "deal"],
  ["postponed", "Project postponed", ["lost", "unqualified"], "deal"],
  ["no_answer", "No answer", ["lost", "unqualified"], "deal"],
  ["not_a_fit", "Not a fit", ["unqualified"], "deal"],
];

/** Adds what is missing of the taxonomy that Rondo brings; what is there, under whatever label, is left alone. */
export async function seedReasons(ctx: Ctx): Promise<void> {
  const { rows } = await sql<{ key: string }>`select key from reasons where key is not null`.execute(ctx.db);
  const known = new Set(rows.map((r) => r.key));
  for (const [position, [key, label, applies_to, parent]] of brought.entries())
    if (!known.has(key))
      await sql`
        insert into reasons (id, key, label, applies_to, parent_id, position, created_at, updated_at)
        values (${newId()}, ${key}, ${label}, ${[...applies_to]}, (select id from reasons where key = ${parent ?? null}), ${position}, ${ctx.clock()}, ${ctx.clock()})
            on conflict do nothing`.execute(ctx.db);
}
