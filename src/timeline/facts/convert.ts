import { z } from "zod";
import { amounts, fact, text, id } from "../fact.ts";

/** How we win them. */
export const convert = {
  "product.created": fact(
    "a product was added",
    z.object({ product_id: id, name: text }),
    (d) => `product ${d.name} added`,
  ),
  "product.updated": fact(
    "a product changed",
    z.object({ product_id: id, name: text, fields: z.array(text).max(200) }),
    (d) => `product ${d.name} changed: ${d.fields.join(", ")}`,
  ),
  "product.trashed": fact(
    "a product was moved to the trash",
    z.object({ product_id: id, name: text }),
    (d) => `product ${d.name} moved to the trash`,
  ),
  "product.restored": fact(
    "a product was restored",
    z.object({ product_id: id, name: text }),
    (d) => `product ${d.name} restored`,
  ),
  "lead.opened": fact("became a lead", z.object({ source: text }), (d) => `became a lead through ${d.source}`),
  "lead.qualified": fact(
    "was qualified as a lead",
    z.object({ score: z.int() }),
    (d) => `qualified with ${d.score} points`,
  ),
  "lead.unqualified": fact("was set aside as a lead", z.object({ reason: text }), (d) => `set aside: ${d.reason}`),
  "opportunity.opened": fact(
    "became an opportunity",
    z.object({ title: text, ...amounts }),
    (d, w) => `opportunity “${d.title}” for ${w.money(d.amount, d.currency)}`,
  ),
  "opportunity.won": fact(
    "was won",
    z.object({ title: text, ...amounts }),
    (d, w) => `won “${d.title}” for ${w.money(d.amount, d.currency)}`,
  ),
  "opportunity.lost": fact(
    "was lost",
    z.object({ title: text, reason: text }),
    (d) => `lost “${d.title}”: ${d.reason}`,
  ),
} as const;
