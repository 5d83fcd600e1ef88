import { sql } from "kysely";
import type { Ctx, Tx } from "#platform/context";
import type { Definition } from "./match.ts";
import { belongs, keyOf, reasonsBelow, saidIn, type Said } from "./source.ts";

/** A theme as mentions are found by it. */
export interface KeptTheme {
  id: string;
  name: string;
  definition: Definition;
  rules_version: number;
}

export interface Mentioned {
  theme_id: string;
  fact_id: string;
  occurred_at: Date;
  contact_id: string | null;
}

/** The themes whose mentions are kept. */
export async function keptThemes(ctx: Ctx): Promise<KeptTheme[]> {
  const { rows } = await sql<KeptTheme>`
    select id, name, definition, rules_version from themes where active and deleted_at is null order by id`.execute(ctx.db);
  return rows;
} // prettier-ignore

type WithCause = Said & { caused_by?: string | null };

/** Keeps what these facts mention; a fact found before is left as it is. Answers what is new. */
export async function keepMentions(tx: Tx, themes: readonly KeptTheme[], facts: readonly WithCause[]): Promise<Mentioned[]> {
  if (themes.length === 0 || facts.length === 0) return [];
  const below = await reasonsBelow(tx);
  const found = themes.flatMap((theme) => {
    const test = belongs(theme.definition, below);
    return facts.filter(test).map((fact) => ({ theme, fact }));
  });
  if (found.length === 0) return [];
  const orders = await ordersOfCauses(tx, found.map((f) => f.fact)); // prettier-ignore
  const rows = found.map(({ theme, fact }) => ({
    theme_id: theme.id,
    key: keyOf(fact),
    fact_id: fact.id,
    name: fact.name,
    occurred_at: fact.occurred_at,
    contact_id: fact.contact_id,
    account_id: fact.account_id,
    order_id: idIn(fact.payload.order_id) ?? orders.get(fact.caused_by ?? "") ?? null,
    product_id: idIn(fact.payload.product_id),
    return_id: idIn(fact.payload.return_id),
    base_amount: lostIn(fact),
    said: saidIn(fact)?.slice(0, 500) ?? null,
    rules_version: theme.rules_version,
  }));
  return insertMentions(tx, rows);
} // prettier-ignore

/** Writes the rows; whoever or whatever was taken away for good meanwhile is left out. A case that moved to newer rules keeps its first telling. */
async function insertMentions(tx: Tx, rows: readonly Record<string, unknown>[]): Promise<Mentioned[]> {
  const { rows: written } = await sql<Mentioned & { fresh: boolean }>`
    insert into theme_mentions as m (theme_id, key, fact_id, name, occurred_at, contact_id, account_id, order_id, product_id, return_id, base_amount, said, rules_version)
    select distinct on (r.theme_id, r.key) r.theme_id, r.key, r.fact_id, r.name, r.occurred_at, r.contact_id, a.id, r.order_id, p.id, r.return_id, r.base_amount, r.said, r.rules_version
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(theme_id uuid, key text, fact_id uuid, name text, occurred_at timestamptz, contact_id uuid, account_id uuid,
             order_id uuid, product_id uuid, return_id uuid, base_amount bigint, said text, rules_version int)
      left join accounts a on a.id = r.account_id left join products p on p.id = r.product_id
     where r.contact_id is null or exists (select from contacts c where c.id = r.contact_id)
     order by r.theme_id, r.key, r.occurred_at
        on conflict (theme_id, key) do update set rules_version = excluded.rules_version where m.rules_version < excluded.rules_version
    returning theme_id, fact_id, occurred_at, contact_id, xmax = 0 as fresh`.execute(tx.db);
  return written.filter((w) => w.fresh);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const idIn = (value: unknown): string | null => (typeof value === "string" && uuid.test(value) ? value : null);

// What came back or was refunded is reckoned from the orders themselves; a lost deal says its worth itself.
const lostIn = ({ name, payload }: Said): number =>
  (name === "opportunity.lost" || name === "quote.declined") && typeof payload.base_amount === "number"
    ? payload.base_amount
    : 0;

// A case about a delivery names no order itself; the fact that caused it does.
async function ordersOfCauses(tx: Tx, facts: readonly WithCause[]): Promise<Map<string, string>> {
  const causes = [...new Set(facts.flatMap((f) => (idIn(f.payload.order_id) ? [] : (f.caused_by ?? []))))];
  if (causes.length === 0) return new Map();
  const { rows } = await sql<{ id: string; order_id: string | null }>`
    select id, payload ->> 'order_id' as order_id from facts where id = any(${causes})`.execute(tx.db);
  return new Map(rows.flatMap((r) => (idIn(r.order_id) ? [[r.id, r.order_id!] as const] : [])));
}
