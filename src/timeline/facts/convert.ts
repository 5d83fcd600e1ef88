import { z } from "zod";
import { amounts, because, fact, text, id } from "../fact.ts";

const callWords = {
  reached: "call, reached",
  left_message: "call, left a message",
  no_answer: "call, no answer",
  called_us: "called us",
} as const;

const minutesWords = (n: number): string =>
  n < 120 ? `${n} min` : n < 2880 ? `${Math.round(n / 60)} h` : `${Math.round(n / 1440)} days`;

const maybeAmounts = { amount: amounts.amount.optional(), currency: amounts.currency.optional(), base_amount: amounts.base_amount.optional() }; // prettier-ignore

const quote = { quote_id: id, number: text };

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
  "lead.opened": fact(
    "became a lead",
    z.object({ source: text, lead_id: id.optional(), owner: text.nullish() }),
    (d) => `became a lead through ${d.source}${d.owner ? `, given to ${d.owner}` : ""}`,
  ),
  "lead.qualified": fact(
    "was qualified as a lead",
    z.object({ score: z.int(), lead_id: id.optional() }),
    (d) => `qualified with ${d.score} points`,
  ),
  "lead.unqualified": fact(
    "was set aside as a lead",
    z.object({ reason: text, lead_id: id.optional(), ...because }),
    (d) => `set aside: ${d.reason}`,
  ),
  // A second asking joins the lead that is open already.
  "lead.joined": fact(
    "asked again as a lead",
    z.object({ lead_id: id, source: text }),
    (d) => `asked again through ${d.source}`,
  ),
  "lead.assigned": fact(
    "a lead was given to somebody",
    z.object({ lead_id: id, owner_id: id.nullable(), owner: text }),
    (d) => `lead given to ${d.owner}`,
  ),
  "lead.contacted": fact(
    "was answered as a lead",
    z.object({ lead_id: id, how: text, minutes: z.int() }),
    (d) => `answered by ${d.how}, ${minutesWords(d.minutes)} after asking`,
  ),
  "lead.reopened": fact(
    "became an open lead again",
    z.object({ lead_id: id, why: text }),
    (d) => `open as a lead again: ${d.why}`,
  ),
  "lead.converted": fact(
    "a lead became an opportunity",
    z.object({
      lead_id: id,
      opportunity_id: id,
      account_id: id.nullable(),
      title: text,
      source: text,
      campaign_id: id.nullish(),
    }),
    (d) => `lead became the opportunity “${d.title}”`,
  ),
  "lead.conversion-undone": fact(
    "a conversion was undone",
    z.object({ lead_id: id, title: text }),
    (d) => `conversion into “${d.title}” undone`,
  ),
  "task.opened": fact(
    "a task was opened",
    z.object({ task_id: id, title: text, kind: text, reason: text.nullish() }),
    (d) => `task “${d.title}”${d.reason ? `: ${d.reason}` : ""}`,
  ),
  "task.done": fact(
    "a task was done",
    z.object({ task_id: id, title: text, outcome: text.nullish() }),
    (d) => `task “${d.title}” done${d.outcome ? `: ${d.outcome}` : ""}`,
  ),
  "task.reopened": fact(
    "a task was opened again",
    z.object({ task_id: id, title: text }),
    (d) => `task “${d.title}” opened again`,
  ),
  "note.written": fact("a note was written", z.object({ note_id: id, text }), (d) => `note: ${d.text}`),
  "customer.tagged": fact(
    "tags changed",
    z.object({ added: z.array(text).max(100), removed: z.array(text).max(100) }),
    (d) =>
      [
        ...(d.added.length > 0 ? [`tagged ${d.added.join(", ")}`] : []),
        ...(d.removed.length > 0 ? [`no longer tagged ${d.removed.join(", ")}`] : []),
      ].join("; "),
  ),
  "file.added": fact(
    "a file was added",
    z.object({ file_id: id, name: text, object: text, record_id: id }),
    (d) => `file ${d.name}`,
  ),
  "call.logged": fact(
    "a call was logged",
    z.object({
      call_id: id,
      outcome: z.enum(["reached", "left_message", "no_answer", "called_us"]),
      minutes: z.int(),
      text: text.nullish(),
    }),
    (d) => `${callWords[d.outcome]}${d.minutes > 0 ? `, ${d.minutes} min` : ""}${d.text ? `: ${d.text}` : ""}`,
  ),
  "entry.removed": fact(
    "a note, call or file was removed",
    z.object({ what: z.enum(["note", "call", "file"]), of: id }),
    (d) => `a ${d.what} was removed`,
  ),
  "opportunity.opened": fact(
    "became an opportunity",
    z.object({ title: text, ...amounts, opportunity_id: id.optional() }),
    (d, w) => `opportunity “${d.title}” for ${w.money(d.amount, d.currency)}`,
  ),
  "opportunity.won": fact(
    "was won",
    z.object({ title: text, ...amounts, opportunity_id: id.optional() }),
    (d, w) => `won “${d.title}” for ${w.money(d.amount, d.currency)}`,
  ),
  "opportunity.lost": fact(
    "was lost",
    z.object({ title: text, reason: text, opportunity_id: id.optional(), ...because, ...maybeAmounts }),
    (d) => `lost “${d.title}”: ${d.reason}`,
  ),
  "opportunity.staged": fact(
    "moved on as an opportunity",
    // Days it stood in the stage it left.
    z.object({ title: text, from: text, to: text, days: z.number().min(0).optional(), opportunity_id: id.optional() }),
    (d) => `moved “${d.title}” from ${d.from} to ${d.to}`,
  ),
  "opportunity.reopened": fact(
    "was opened again",
    z.object({ title: text, stage: text, opportunity_id: id.optional() }),
    (d) => `opened “${d.title}” again in ${d.stage}`,
  ),
  "quote.sent": fact(
    "was sent a quote",
    z.object({ ...quote, ...amounts, revision: z.int(), to: text.nullable() }),
    (d, w) =>
      `got quote ${d.number}${d.revision > 1 ? ` in version ${d.revision}` : ""} for ${w.money(d.amount, d.currency)}`,
  ),
  "quote.viewed": fact("opened a quote", z.object({ ...quote, revision: z.int() }), (d) => `opened quote ${d.number}`),
  // The quote becomes an order: deliver/orders reacts, once per quote.
  "quote.accepted": fact(
    "accepted a quote",
    z.object({
      ...quote,
      by: text,
      ...amounts,
      revision: z.int().optional(),
      hash: text.optional(),
      opportunity_id: id.nullish(),
    }),
    (d, w) => `accepted quote ${d.number} for ${w.money(d.amount, d.currency)}, signed by ${d.by}`,
  ),
  "quote.declined": fact(
    "declined a quote",
    z.object({ ...quote, ...amounts, reason: text, ...because, opportunity_id: id.nullish() }),
    (d, w) => `declined quote ${d.number} for ${w.money(d.amount, d.currency)}: ${d.reason}`,
  ),
  "quote.expired": fact(
    "let a quote expire",
    z.object({ ...quote, ...amounts }),
    (d, w) => `quote ${d.number} for ${w.money(d.amount, d.currency)} expired unanswered`,
  ),
  "quote.withdrawn": fact(
    "a quote was withdrawn",
    z.object({ ...quote, ...amounts, reason: text }),
    (d) => `quote ${d.number} withdrawn: ${d.reason}`,
  ),
  "quote.reopened": fact(
    "a withdrawn quote was offered again",
    z.object({ ...quote, ...amounts }),
    (d) => `quote ${d.number} offered again`,
  ),
} as const;
