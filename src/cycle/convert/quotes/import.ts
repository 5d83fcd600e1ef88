import { sql } from "kysely";
import { DateTime } from "luxon";
import { z } from "zod";
import { account, contact } from "#customers";
import { product } from "#convert/catalog";
import { isCurrency, toMajor, toMinor } from "#kernel/money";
import { Refused } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import {
  checkRequired, describedFor, findBy, findNamed, orNothing, ownIn, ownValues, recordOptions, registerImporter, stageRecords, textIn, unreadWith, valuesIn, valuesSchema, whyUnfit, withoutFiles, zoneOf,
  type ImportValues, type Plan, type StagedRow, type Unfit, type Values, type Written,
} from "#records"; // prettier-ignore
import { figuresOf } from "./figures.ts";
import { headFields, quoteFields } from "./import-fields.ts";
import { lineInput, saveDrafts, type Draft, type LineInput } from "./lines.ts";
import { quote } from "./quote.ts";
import { beginDraft, type NewQuote } from "./write.ts";

const currency = z.string().trim().toUpperCase().refine(isCurrency, "This is not an ISO 4217 currency.");
const rate = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((v) => /^\d{1,12}(\.\d{1,12})?$/.test(v) && Number(v) > 0, "A rate is a number above zero.");

/** How a file of quotes is meant; `rates` are the workspace's currency per unit of another. */
const options = recordOptions.omit({ update: true }).extend({ rates: z.record(currency, rate).default({}) });
const optionsOf = (plan: Plan): z.output<typeof options> => plan.options as z.output<typeof options>;

type Failure = Written["failures"][number];
const unfit = (field: string | null, code: string, message: string): Unfit => ({ field, code, message });
const isUnfit = (v: object): v is Unfit => "code" in v && "message" in v;

/** The line a row says, but for its product and an amount off, which want the database and the quote's currency. */
const saidLine = (v: ImportValues): Record<string, unknown> => {
  const names = ["description", "quantity", "unit_price", "discount_percent", "tax_rate"];
  return Object.fromEntries(names.flatMap((n) => (textIn(v, n) === undefined ? [] : [[n, textIn(v, n)]])));
};

function keyOf(v: ImportValues): string | Unfit {
  const number = textIn(v, "number");
  if (number === undefined) return unfit("number", "number-missing", "there is no quote number");
  if (textIn(v, "quantity") === undefined) return unfit("quantity", "quantity-missing", "there is no quantity");
  const checked = lineInput.safeParse(saidLine(v));
  const issue = checked.error?.issues[0];
  if (issue) return unfit(String(issue.path[0] ?? ""), "value-invalid", issue.message);
  return `number ${number.toLowerCase()}`;
}

/** What the rows of a quote say of it as a whole, each said once or alike; two that differ are told. */
function headOf(rows: readonly StagedRow[]): { head: ImportValues; at: Map<string, number> } | Failure {
  const head: Record<string, ImportValues[string]> = {};
  const at = new Map<string, number>();
  for (const row of rows)
    for (const name of [...headFields.map((f) => f.name), ...Object.keys(ownIn(valuesIn(row)) ?? {})]) {
      const said = valuesIn(row)[name];
      if (said === undefined || said === null) continue;
      if (head[name] === undefined) {
        head[name] = said;
        at.set(name, row.row);
      } else if (String(head[name]).toLowerCase() !== String(said).toLowerCase()) return { row: row.row, field: name, code: "quote-mixed", message: `the quote says something else in row ${at.get(name)}` }; // prettier-ignore
    }
  return { head, at };
}

/** Everything that rows name, looked up for a chunk at once. */
interface Known {
  contacts: ReadonlyMap<string, readonly string[]>;
  accounts: ReadonlyMap<string, readonly string[]>;
  products: { sku: ReadonlyMap<string, readonly string[]>; product_id: ReadonlyMap<string, readonly string[]> };
  quotes: ReadonlyMap<string, readonly string[]>;
  unread: ReadonlyMap<string, number>;
}

async function lookUp(tx: Tx, plan: Plan, rows: readonly StagedRow[]): Promise<Known> {
  const { shop } = optionsOf(plan);
  const texts = (field: string): string[] => [...new Set(rows.flatMap((r) => textIn(valuesIn(r), field) ?? []))];
  const numbers = texts("number");
  // A quote that was taken back does not stand in the way of its file.
  await sql`delete from external_ids e using quotes q where e.object = 'quote' and e.system = ${shop} and e.external_id = any(${numbers}) and q.id = e.record_id and q.deleted_at is not null`.execute(tx.db);
  return {
    contacts: await findNamed(tx, contact, texts("contact_id"), shop),
    accounts: await findNamed(tx, account, texts("account_id"), shop),
    products: { sku: await findBy(tx, product, "sku", texts("sku"), shop), product_id: await findBy(tx, product, "id", texts("product_id"), shop) },
    quotes: await findBy(tx, quote, "id", numbers, shop),
    unread: await unreadWith(tx, plan, "number", numbers),
  };
} // prettier-ignore

function oneOf(found: ReadonlyMap<string, readonly string[]>, field: string, one: string, text: string): string | Unfit {
  const ids = found.get(text.toLowerCase()) ?? [];
  if (ids.length === 1) return ids[0]!;
  if (ids.length === 0) return unfit(field, "related-unknown", `there is no ${one} '${text.slice(0, 80)}'`);
  return unfit(field, "related-several", `there are ${ids.length} ${one}s '${text.slice(0, 80)}': say its e-mail, number or id`);
} // prettier-ignore

function lineOf(row: StagedRow, known: Known, of: string): LineInput | Unfit {
  const v = valuesIn(row);
  const line: Record<string, unknown> = saidLine(v);
  const by = (["product_id", "sku"] as const).find((name) => textIn(v, name) !== undefined);
  if (by) {
    const found = oneOf(known.products[by], by, "product", textIn(v, by)!);
    if (typeof found !== "string") return found;
    line.product_id = found;
  }
  const amount = textIn(v, "discount_amount");
  if (amount !== undefined && Number(amount) > 1e12) return unfit("discount_amount", "amount-too-large", "the amount is too large"); // prettier-ignore
  if (amount !== undefined) line.discount_amount = toMinor(amount, of);
  const checked = lineInput.safeParse(line);
  const issue = checked.error?.issues[0];
  return issue ? unfit(String(issue.path[0] ?? ""), "value-invalid", issue.message) : (line as LineInput);
}

const dayOf = (plan: Plan, v: unknown): string | null =>
  typeof v === "number" ? DateTime.fromMillis(v, { zone: zoneOf(plan) }).toISODate() : null;

/** The rows of one quote, with what they say of it as a whole. */
interface Group {
  rows: readonly StagedRow[];
  said: ReturnType<typeof headOf>;
  /** What they say in fields of the company's own. */
  own: { custom?: Values } | Unfit;
}

async function groupsOf(tx: Tx, plan: Plan, staged: readonly StagedRow[]): Promise<Group[]> {
  const groups = [...Map.groupBy(staged, (r) => r.key).values()].map(inRows);
  const said = groups.map(headOf);
  const own = await ownValues(tx, quote, plan, said.map((one) => (isUnfit(one) ? {} : one.head))); // prettier-ignore
  return groups.map((rows, i) => ({ rows, said: said[i]!, own: own[i]! }));
}

/** The quote that rows describe, as somebody would write it by hand; or the row that stands in its way. */
function quoteOf(plan: Plan, { rows, said, own }: Group, known: Known): NewQuote | Failure {
  if (isUnfit(said)) return said;
  const { head, at } = said;
  if (isUnfit(own)) return { ...own, row: at.get(own.field ?? "") ?? rows[0]!.row };
  const whole: Values = { valid_until: dayOf(plan, head.valid_until) };
  for (const [field, found, one] of [["contact_id", known.contacts, "contact"], ["account_id", known.accounts, "account"]] as const) {
    const text = textIn(head, field);
    const id = text === undefined ? null : oneOf(found, field, one, text);
    if (id !== null && typeof id !== "string") return { ...id, row: at.get(field)! };
    whole[field] = id;
  }
  for (const field of ["subject", "intro", "terms"]) if (textIn(head, field)) whole[field] = textIn(head, field);
  const of = textIn(head, "currency") ?? plan.workspace.currency;
  const rated = textIn(head, "rate") ?? optionsOf(plan).rates[of];
  Object.assign(whole, { currency: of }, rated === undefined ? {} : { rate: Number(rated) });
  if (textIn(head, "quote_discount")) whole.discount_percent = Number(textIn(head, "quote_discount"));
  const lines: LineInput[] = [];
  for (const row of rows) {
    const line = lineOf(row, known, of);
    if (isUnfit(line)) return { ...line, row: row.row };
    lines.push(line);
  }
  return { ...whole, ...own, lines, external_ids: { [optionsOf(plan).shop]: textIn(valuesIn(rows[0]!), "number")! } };
} // prettier-ignore

// How the file calls what the module's refusals name.
const calledHere: Readonly<Record<string, string>> = { discount_percent: "quote_discount" };

/** Why a quote was refused, and at which of its rows; undefined for a fault. */
function whyNot(error: unknown, rows: readonly StagedRow[]): Failure | undefined {
  const why = whyUnfit(error);
  if (!why) return undefined;
  const [, line, field] = /^lines\.(\d+)\.(\w+)$/.exec(why.field ?? "") ?? [];
  const row = rows[Number(line ?? 0)] ?? rows[0]!;
  return { ...why, row: row.row, field: field ?? calledHere[why.field ?? ""] ?? why.field };
}

/** A quote is imported as a whole or not at all: one row that does not fit would make its total wrong. */
function leftOut(rows: readonly StagedRow[], why: Failure): Failure[] {
  const number = textIn(valuesIn(rows[0]!), "number");
  const message = `quote '${number}' is not imported because of row ${why.row}`;
  return rows.map((r) => (r.row === why.row ? why : { row: r.row, field: "number", code: "quote-left-out", message }));
}

const inRows = (rows: readonly StagedRow[]): StagedRow[] => rows.toSorted((a, b) => a.row - b.row);

async function write(tx: Tx, plan: Plan, staged: readonly StagedRow[]): Promise<Written> {
  const known = await lookUp(tx, plan, staged);
  const counts = { created: 0, lines: 0, unchanged: 0 };
  const failures: Failure[] = [];
  const drafts: Draft[] = [];
  const schema = z.strictObject({ ...valuesSchema(quote, "create").shape, lines: z.array(lineInput) });
  const described = withoutFiles(await describedFor(tx, quote));
  for (const group of await groupsOf(tx, plan, staged)) {
    const { rows } = group;
    const number = textIn(valuesIn(rows[0]!), "number")!.toLowerCase();
    const unread = known.unread.get(number);
    if (known.quotes.has(number)) counts.unchanged += 1;
    else if (unread !== undefined) failures.push(...leftOut(rows, { row: unread, field: null, code: "", message: "" }));
    else {
      const asked = quoteOf(plan, group, known);
      if (isUnfit(asked)) failures.push(...leftOut(rows, asked as Failure));
      else
        try {
          checkRequired(tx, described, asked as NewQuote);
          drafts.push(await orNothing(tx, () => beginDraft(tx, schema.parse(asked) as unknown as NewQuote)));
          counts.created += 1;
          counts.lines += rows.length;
        } catch (error) {
          const why = whyNot(error, rows);
          if (!why) throw error;
          failures.push(...leftOut(rows, why));
        }
    }
  }
  await saveDrafts(tx, drafts);
  return { counts, failures };
}

/** What a quote would come to, by the module's own reckoning; null when a price is the product's. */
function totalOf(plan: Plan, rows: readonly StagedRow[], head: ImportValues): string | null {
  const of = textIn(head, "currency") ?? plan.workspace.currency;
  const lines = rows.map(valuesIn);
  if (lines.some((v) => textIn(v, "unit_price") === undefined)) return null;
  try {
    const terms = lines.map((v) => {
      const off = textIn(v, "discount_amount");
      return { ...(saidLine(v) as { quantity: string; unit_price: string }), discount_amount: off === undefined ? null : toMinor(off, of) }; // prettier-ignore
    });
    const whole = { discount_percent: textIn(head, "quote_discount") ?? null };
    return `${toMajor(figuresOf(terms, whole, of).total, of)} ${of}`;
  } catch (error) {
    if (error instanceof Refused || error instanceof RangeError) return null;
    throw error;
  }
}

function preview(plan: Plan, staged: readonly StagedRow[]) {
  const quotes = [...Map.groupBy(inRows(staged), (r) => r.key).values()];
  const items = quotes.slice(0, 200).map((rows) => {
    const said = headOf(rows);
    const head = isUnfit(said) ? {} : said.head;
    return {
      kind: "quote", row: rows[0]!.row, number: textIn(valuesIn(rows[0]!), "number"), contact_id: head.contact_id, account_id: head.account_id, subject: head.subject,
      valid_until: dayOf(plan, head.valid_until), lines: rows.length, total: totalOf(plan, rows, head),
    }; // prettier-ignore
  });
  return { items, counts: { quotes: quotes.length } };
}

/** Quote files: one row for each line, rows of one number are one quote; each becomes a draft with a number of its own. */
registerImporter({
  object: "quotes",
  label: "Quotes",
  fields: quoteFields,
  custom: true,
  options,
  check: () => [],
  stage: stageRecords(keyOf),
  write,
  preview,
  result: (c) => [
    { key: "created", label: "new quotes", count: c.created ?? 0 },
    { key: "lines", label: "lines of quotes", count: c.lines ?? 0 },
    { key: "unchanged", label: "quotes already here, nothing changed", count: c.unchanged ?? 0 },
  ],
  created: (c) => c.created ?? 0,
  tables: ["quotes", "quote_lines", "external_ids", "changes"],
});
