import { sql, type RawBuilder } from "kysely";
import type { Ctx } from "#platform/context";
import { cursorAt, placeOf } from "./cursor.ts";
import { isFactName, kindOf, stageOf, vocabulary, type CycleStage, type FactName } from "./vocabulary.ts";
import type { Words } from "./fact.ts";

export interface TimelineItem {
  id: string;
  name: string;
  stage: CycleStage;
  occurred_at: Date;
  recorded_at: Date;
  contact_id: string | null;
  account_id: string | null;
  actor: { kind: string; id: string | null; name: string };
  /** The fact it followed from, with the ids it names, so that one can go there. */
  caused_by: { id: string; name: string; sentence: string; payload: Record<string, unknown> } | null;
  payload: Record<string, unknown>;
  sentence: string;
}

/** What a reader may see of the facts; whoever may see all of them needs none. */
export interface FactReader {
  /** The test of a row of facts under the alias. */
  readonly seen: (alias: string) => RawBuilder<boolean>;
  /** The payload without what may not be read. */
  readonly payload: (name: string, payload: Record<string, unknown>) => Record<string, unknown>;
}

interface Row {
  id: string;
  name: string;
  occurred_at: Date;
  recorded_at: Date;
  contact_id: string | null;
  account_id: string | null;
  actor_kind: string;
  actor_id: string | null;
  actor_name: string;
  payload: Record<string, unknown>;
  cause_id: string | null;
  cause_name: string | null;
  cause_payload: Record<string, unknown> | null;
}

/** The line a person reads; the fact's label when its payload is of a shape this version does not know. */
export function sentenceOf(name: string, payload: unknown, words: Words): string {
  const kind = kindOf(name);
  if (!kind) return name;
  const parsed = kind.payload.safeParse(payload);
  return parsed.success ? kind.sentence(parsed.data, words) : kind.label;
}

// Making a format takes longer than reading the page's facts; there are some 180 currencies and a handful of locales.
const formats = new Map<string, Intl.NumberFormat>();
function moneyFormat(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, { style: "currency", currency });
  if (formats.size >= 1000) formats.clear();
  formats.set(key, made);
  return made;
}

/** Money written for the reader's locale. */
export const wordsFor = (locale: string): Words => ({
  money: (amount, currency) => {
    const format = moneyFormat(locale, currency);
    return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  },
});

/** Kinds of one or more cycle stages, for a timeline filter. */
export const kindsOf = (stage: CycleStage): FactName[] =>
  (Object.keys(vocabulary) as FactName[]).filter((n) => stageOf(n) === stage);

/** What happened to a contact or an account, newest first, withdrawn facts left out; pages by cursor. */
export async function timelineOf(
  ctx: Ctx,
  about: { contact_id: string } | { account_id: string },
  options: {
    limit?: number;
    cursor?: string | undefined;
    names?: readonly string[] | undefined;
    reader?: FactReader | undefined;
  } = {},
): Promise<{ items: TimelineItem[]; next: string | null }> {
  const limit = Math.min(options.limit ?? 50, 200);
  const after = placeOf(options.cursor);
  const subject =
    "contact_id" in about ? sql`f.contact_id = ${about.contact_id}` : sql`f.account_id = ${about.account_id}`;
  const { rows } = await sql<Row>`
    select f.id, f.name, f.occurred_at, f.recorded_at, f.contact_id, f.account_id, f.actor_kind, f.actor_id, f.actor_name, f.payload,
           c.id as cause_id, c.name as cause_name, c.payload as cause_payload
      from facts f
      left join facts c on c.id = f.caused_by ${options.reader ? sql`and ${options.reader.seen("c")}` : sql``}
     where ${subject} ${options.reader ? sql`and ${options.reader.seen("f")}` : sql``}
       ${after ? sql`and (f.occurred_at, f.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
       ${options.names?.length ? sql`and f.name = any(${options.names})` : sql``}
       and not exists (select from fact_withdrawals w where w.fact_id = f.id)
     order by f.occurred_at desc, f.id desc
     limit ${limit + 1}`.execute(ctx.db);
  const words = wordsFor(ctx.workspace.locale);
  const page = rows.slice(0, limit);
  return {
    items: page.map((r) => itemOf(r, words, options.reader)),
    next: rows.length > limit ? cursorAt(page.at(-1)!.occurred_at, page.at(-1)!.id) : null,
  };
}

/** How often each kind of fact happened to a contact or an account, withdrawn ones left out. */
export async function factCounts(
  ctx: Ctx,
  about: { contact_id: string } | { account_id: string },
  reader?: FactReader,
): Promise<Record<string, number>> {
  const subject =
    "contact_id" in about ? sql`f.contact_id = ${about.contact_id}` : sql`f.account_id = ${about.account_id}`;
  const { rows } = await sql<{ name: string; n: number }>`
    select f.name, count(*)::int as n from facts f
     where ${subject} ${reader ? sql`and ${reader.seen("f")}` : sql``}
       and not exists (select from fact_withdrawals w where w.fact_id = f.id) group by 1`.execute(ctx.db);
  return Object.fromEntries(rows.map((r) => [r.name, r.n]));
}

function itemOf(row: Row, words: Words, reader?: FactReader): TimelineItem {
  const r = reader ? { ...row, payload: reader.payload(row.name, row.payload) } : row;
  return {
    id: r.id,
    name: r.name,
    stage: isFactName(r.name) ? stageOf(r.name) : "learn",
    occurred_at: r.occurred_at,
    recorded_at: r.recorded_at,
    contact_id: r.contact_id,
    account_id: r.account_id,
    actor: { kind: r.actor_kind, id: r.actor_id, name: r.actor_name },
    caused_by: r.cause_id
      ? {
          id: r.cause_id,
          name: r.cause_name!,
          sentence: sentenceOf(r.cause_name!, r.cause_payload, words),
          payload: r.cause_payload ?? {},
        }
      : null,
    payload: r.payload,
    sentence: sentenceOf(r.name, r.payload, words),
  };
}
