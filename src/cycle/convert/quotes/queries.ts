import { sql } from "kysely";
import type { RawJson } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { findRecord } from "#records";
import { quote } from "./quote.ts";
import { linkOf } from "./send.ts";

/** A quote with its lines, its discount on the whole, tax by rate, versions with their links, evidence and order. */
export async function findQuote(ctx: Ctx, id: string): Promise<RawJson<Record<string, unknown>>> {
  const record = await findRecord(ctx, quote, id);
  const { rows } = await sql<{ more: Record<string, unknown>; versions: Version[] }>`
    select json_build_object(
             'lines', (select coalesce(json_agg(row_to_json(x) order by x.position), '[]') from (
                select l.id, l.position, l.product_id, case when p.id is not null then json_build_object('id', p.id, 'title', p.name) end as product, l.description,
                       trim_scale(l.quantity)::text as quantity, trim_scale(l.unit_price)::text as unit_price, trim_scale(l.discount_percent)::text as discount_percent,
                       l.discount_amount, trim_scale(l.tax_rate)::text as tax_rate, l.goods, l.discount, l.share, l.net, l.tax
                  from quote_lines l left join products p on p.id = l.product_id where l.quote_id = q.id) x),
             'taxes', (select coalesce(json_agg(row_to_json(t) order by t.sort desc), '[]') from (
                select trim_scale(tax_rate)::text as rate, tax_rate as sort, sum(net)::bigint as net, sum(tax)::bigint as tax from quote_lines where quote_id = q.id and tax_rate > 0 group by tax_rate) t),
             'whole_discount', (select coalesce(sum(share), 0) from quote_lines where quote_id = q.id),
             'acceptance', q.acceptance, 'shown_version_id', q.shown_version_id) as more,
           (select coalesce(json_agg(json_build_object('id', v.id, 'revision', v.revision, 'hash', v.hash, 'sent_at', v.sent_at, 'sent_by', v.sent_by, 'sent_to', v.sent_to,
                      'opened_at', v.opened_at) order by v.revision desc), '[]') from quote_versions v where v.quote_id = q.id) as versions
      from quotes q where q.id = ${id}`.execute(ctx.db);
  const { more, versions } = rows[0]!;
  const linked = versions.map((v) => ({ ...v, url: linkOf(ctx, v.id) }));
  return { ...record, json: `${record.json.slice(0, -1)},${JSON.stringify({ ...more, versions: linked }).slice(1)}` };
}

interface Version {
  id: string;
  revision: number;
}

/** A quote as an order needs it; null when there is none. */
export interface Agreed {
  id: string;
  number: string;
  contact_id: string | null;
  account_id: string | null;
  currency: string;
  rate: string;
  accepted_at: Date;
  accepted_by: string;
  total: number;
  lines: AgreedLine[];
}
export interface AgreedLine {
  product_id: string | null;
  description: string;
  quantity: string;
  unit_price: string;
  /** Its own and its share of the whole's, minor units. */
  discount: number;
  tax_rate: string;
  tax: number;
  /** Goods that are sent. */
  ships: boolean;
}

/** What was agreed in an accepted quote, so that an order can be placed with nothing retyped; null when it is not accepted. */
export async function quoteForOrder(ctx: Pick<Ctx, "db">, quoteId: string): Promise<Agreed | null> {
  const { rows } = await sql<Agreed>`
    select q.id, q.number, q.contact_id, q.account_id, q.currency, q.rate::text as rate, q.accepted_at, q.accepted_by, q.total,
           (select json_agg(json_build_object('product_id', l.product_id, 'description', l.description, 'quantity', trim_scale(l.quantity)::text,
                     'unit_price', trim_scale(l.unit_price)::text, 'discount', l.discount + l.share, 'tax_rate', trim_scale(l.tax_rate)::text, 'tax', l.tax,
                     'ships', coalesce(p.kind = 'goods', false)) order by l.position)
              from quote_lines l left join products p on p.id = l.product_id where l.quote_id = q.id) as lines
      from quotes q where q.id = ${quoteId} and q.status = 'accepted'`.execute(ctx.db);
  return rows[0] ?? null;
}
