import { sql } from "kysely";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { cursorAt, placeOf } from "#timeline";
import {
  figuresOf,
  ordersIn,
  productsOf,
  totalStake,
  trendsOf,
  type Beat,
  type Stake,
  type ThemeProduct,
} from "./figures.ts";
import type { Definition } from "./match.ts";
import { proposals, type Rise } from "./proposed.ts";
import { belongs, reasonsBelow, saidIn, sources, type Said } from "./source.ts";

const dayMs = 86_400_000;

export interface ThemeTold {
  id: string;
  version: number;
  name: string;
  description: string | null;
  definition: Definition;
  active: boolean;
  built_at: Date | null;
  deleted_at: Date | null;
  /** The job that finds all its mentions anew, while it waits or works. */
  job_id: string | null;
}

export interface ThemeLine {
  id: string;
  name: string;
  people: number;
  mentions: number;
  orders: number;
  /** Mentions per 100 orders placed in the time; null when there were none. */
  rate: number | null;
  stake: Stake;
  at_stake: number;
  trend: Beat[];
  /** Set when it rose more than chance explains, beside all themes looked at. */
  rise: Rise | null;
  /** Insights about it that are not closed. */
  insights: number;
}

const told = sql`
  t.id, t.version, t.name, t.description, t.definition, t.active, t.built_at, t.deleted_at,
  (select j.id from jobs j where j.state in ('queued', 'running', 'paused') and j.kind = 'themes.build' and j.input ->> 'theme_id' = t.id::text
    order by j.created_at desc limit 1) as job_id`;

/** One theme with its definition. */
export async function findTheme(ctx: Ctx, id: string): Promise<ThemeTold> {
  const { rows } = await sql<ThemeTold>`select ${told} from themes t where t.id = ${id}`.execute(ctx.db);
  if (!rows[0]) throw notFound("theme");
  return rows[0];
}

/** All themes with what they came to in the last days, the most at stake first. */
export async function themeLines(ctx: Ctx, days: number): Promise<{ items: ThemeLine[]; orders: number }> {
  const until = ctx.clock();
  const from = new Date(until.getTime() - days * dayMs);
  const { rows } = await sql<{ id: string; name: string; insights: number }>`
    select t.id, t.name, (select count(*)::int from insights i where i.theme_id = t.id and i.state <> 'closed' and i.deleted_at is null) as insights
      from themes t where t.deleted_at is null and t.active limit 200`.execute(ctx.db);
  const ids = rows.map((r) => r.id);
  const [figures, trends, orders, rises] = await Promise.all([
    figuresOf(ctx, ids, from, until),
    trendsOf(ctx, ids, from, until, days > 200 ? "month" : "week"),
    ordersIn(ctx, from, until),
    proposals(ctx),
  ]);
  const items = rows.map((row): ThemeLine => {
    const f = figures.get(row.id);
    const stake = f?.stake ?? { refunded: 0, returned: 0, lost: 0, customers: 0 };
    const mentions = f?.mentions ?? 0;
    return {
      ...row,
      people: f?.people ?? 0,
      mentions,
      orders: f?.orders ?? 0,
      rate: orders > 0 ? (100 * mentions) / orders : null,
      stake,
      at_stake: totalStake(stake),
      trend: trends.get(row.id) ?? [],
      rise: rises.find((r) => r.theme_id === row.id) ?? null,
    };
  });
  return { items: items.toSorted((a, b) => b.at_stake - a.at_stake || b.mentions - a.mentions || (a.name < b.name ? -1 : 1)), orders };
} // prettier-ignore

export interface MentionLine {
  fact_id: string;
  name: string;
  occurred_at: Date;
  contact_id: string | null;
  contact: string | null;
  account_id: string | null;
  said: string | null;
  order_id: string | null;
  product_id: string | null;
}

/** A theme's mentions, the latest first; pages by cursor. */
export async function mentionsOf(
  ctx: Ctx,
  id: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: MentionLine[]; next: string | null }> {
  const after = placeOf(cursor);
  const { rows } = await sql<MentionLine>`
    select m.fact_id, m.name, m.occurred_at, m.contact_id, c.name as contact, m.account_id, m.said, m.order_id, m.product_id
      from theme_mentions m left join contacts c on c.id = m.contact_id
     where m.theme_id = ${id} and not exists (select from fact_withdrawals w where w.fact_id = m.fact_id)
       and ${after ? sql`(m.occurred_at, m.fact_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
     order by m.occurred_at desc, m.fact_id desc limit ${limit + 1}`.execute(ctx.db);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? cursorAt(last.occurred_at, last.fact_id) : null };
}

export interface ThemeSeen extends Omit<ThemeLine, "insights" | "name" | "id"> {
  base: number;
  products: ThemeProduct[];
  insights: { id: string; name: string; state: string }[];
}

/** What one theme came to in the last days: figures, trend, products, the insights about it. */
export async function seenOf(ctx: Ctx, id: string, days: number): Promise<ThemeSeen> {
  await findTheme(ctx, id);
  const until = ctx.clock();
  const from = new Date(until.getTime() - days * dayMs);
  const [figures, trends, base, products, rises, about] = await Promise.all([
    figuresOf(ctx, [id], from, until),
    trendsOf(ctx, [id], from, until, days > 200 ? "month" : "week"),
    ordersIn(ctx, from, until),
    productsOf(ctx, id, from, until),
    proposals(ctx),
    sql<{ id: string; name: string; state: string }>`
      select id, name, state from insights where theme_id = ${id} and deleted_at is null order by found_at desc limit 20`.execute(ctx.db),
  ]);
  const f = figures.get(id);
  const stake = f?.stake ?? { refunded: 0, returned: 0, lost: 0, customers: 0 };
  const mentions = f?.mentions ?? 0;
  return {
    people: f?.people ?? 0,
    mentions,
    orders: f?.orders ?? 0,
    base,
    rate: base > 0 ? (100 * mentions) / base : null,
    stake,
    at_stake: totalStake(stake),
    trend: trends.get(id) ?? [],
    rise: rises.find((r) => r.theme_id === id) ?? null,
    products,
    insights: about.rows,
  };
} // prettier-ignore

// Past facts a definition is tried on.
const triedOn = 3000;
const shown = 12;

export interface Tried {
  matched: number;
  people: number;
  of: number;
  examples: { fact_id: string; name: string; said: string | null; contact: string | null; occurred_at: Date }[];
}

/** What a definition would have found among the latest facts in which customers say something. */
export async function tryDefinition(ctx: Ctx, definition: Definition): Promise<Tried> {
  const { rows } = await sql<Said & { contact: string | null }>`
    select f.id, f.name, f.occurred_at, f.contact_id, f.account_id, f.payload, c.name as contact
      from facts f left join contacts c on c.id = f.contact_id
     where f.name = any(${[...sources]}) and f.occurred_at <= ${ctx.clock()} order by f.occurred_at desc limit ${triedOn}`.execute(ctx.db);
  const test = belongs(definition, await reasonsBelow(ctx));
  const matched = rows.filter(test);
  return {
    matched: matched.length,
    people: new Set(matched.map((m) => m.contact_id ?? m.account_id)).size,
    of: rows.length,
    examples: matched.slice(0, shown).map((m) => ({ fact_id: m.id, name: m.name, said: saidIn(m), contact: m.contact, occurred_at: m.occurred_at })),
  };
} // prettier-ignore
