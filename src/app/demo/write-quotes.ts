import { sql } from "kysely";
import {
  acceptVersion,
  createQuote,
  declineVersion,
  openVersion,
  sendQuote,
  withdrawQuote,
  expireQuotes,
} from "#convert/quotes";
import type { Tx } from "#platform/context";
import { sample } from "./sample.ts";

const dayMs = 86_400_000;

/** How a sample quote goes: days before today it was sent, opened, answered; days it holds from the sending. */
interface Course {
  sent?: number;
  opened?: number;
  holds?: number;
  end?: { ago: number; how: "declined" | "withdrawn"; words: string };
  discount_percent?: number;
}
// Some wait, some want a word, some are over: what a salesperson finds on a Monday.
const courses: readonly Course[] = [
  {}, { sent: 2, discount_percent: 5 }, { sent: 9, opened: 8 }, { sent: 12 }, { sent: 28, opened: 20, holds: 30 }, {}, { sent: 4, opened: 3, discount_percent: 10 },
  { sent: 20, opened: 19, end: { ago: 15, how: "declined", words: "Project postponed" } }, { sent: 45, opened: 44 }, { sent: 6, end: { ago: 5, how: "withdrawn", words: "Wrong quantities" } },
  { sent: 1, opened: 0.5 }, { sent: 15, opened: 14 },
]; // prettier-ignore

interface Deal {
  id: string;
  amount: string;
  /** When the deal was opened: no quote was sent before. */
  opened_at: Date | null;
}

const at = (tx: Tx, today: Date, ago: number): Tx => ({ ...tx, clock: () => new Date(today.getTime() - ago * dayMs) });
const versionIn = (url: string): string => url.split("/q/")[1]!.split(".")[0]!;

/** Quotes for open opportunities, and the quotes that recent orders of businesses came from. No mail leaves: they are handed over. */
export async function writeQuotes(tx: Tx, today: Date): Promise<void> {
  const { rows: deals } = await sql<Deal>`
    select o.id, o.amount::text as amount, (select min(f.occurred_at) from facts f where f.contact_id = o.contact_id and f.name = 'opportunity.opened' and f.payload ->> 'opportunity_id' = o.id::text) as opened_at from opportunities o join external_ids e on e.record_id = o.contact_id and e.object = 'contact' and e.system = ${sample}
     where o.status = 'open' and o.amount > 0 and o.deleted_at is null order by e.external_id limit ${courses.length}`.execute(tx.db); // prettier-ignore
  for (const [i, deal] of deals.entries()) await writeCourse(tx, deal, courses[i]!, today);
  await writeAccepted(tx, today);
}

/** The course, told within the days that the deal is open. */
function within(course: Course, deal: Deal, today: Date): Course {
  const age = deal.opened_at ? (today.getTime() - deal.opened_at.getTime()) / dayMs : Infinity;
  const share = Math.min(1, (age * 0.9) / (course.sent ?? 1));
  if (share === 1) return course;
  const { sent, opened, end } = course;
  return {
    ...course,
    ...(sent === undefined ? {} : { sent: sent * share }),
    ...(opened === undefined ? {} : { opened: opened * share }),
    ...(end ? { end: { ...end, ago: end.ago * share } } : {}),
  };
}

async function writeCourse(tx: Tx, deal: Deal, whole: Course, today: Date): Promise<void> {
  const course = within(whole, deal, today);
  const sent = course.sent ?? 1;
  const then = at(tx, today, sent);
  const until = new Date(today.getTime() + ((course.holds ?? 30) - sent) * dayMs).toISOString().slice(0, 10);
  const id = await createQuote(then, { opportunity_id: deal.id, valid_until: until, discount_percent: course.discount_percent ?? null, intro: "Thank you for asking. This is what we can do for you.", terms: "Prices without freight. Payable within 14 days.", ...(await linesFor(tx, deal)) }); // prettier-ignore
  if (course.sent === undefined) return;
  const version = versionIn((await sendQuote(then, id, { by: "link" })).url);
  if (course.opened !== undefined) await openVersion(at(tx, today, course.opened), version);
  const over = new Date(`${until}T23:59:59Z`).getTime() + dayMs;
  if (over < today.getTime()) await expireQuotes({ ...tx, clock: () => new Date(over) });
  if (course.end?.how === "declined") await declineVersion(at(tx, today, course.end.ago), version, { words: course.end.words, via: "page" }); // prettier-ignore
  if (course.end?.how === "withdrawn") await withdrawQuote(at(tx, today, course.end.ago), id, course.end.words);
}

/** The opportunity's own lines when it has some; else one for its amount. */
async function linesFor(tx: Tx, deal: Deal): Promise<object> {
  const { rows } = await sql`select 1 from opportunity_lines where opportunity_id = ${deal.id} limit 1`.execute(tx.db);
  if (rows.length > 0) return {};
  const { rows: goods } = await sql<{ id: string }>`
    select p.id from products p join external_ids e on e.record_id = p.id and e.object = 'product' and e.system = ${sample} where p.price > 0 and p.currency = ${tx.workspace.currency}
     order by e.external_id limit 3`.execute(tx.db); // prettier-ignore
  return { lines: goods.map((product, i) => ({ product_id: product.id, quantity: String(60 * (i + 1)), tax_rate: "19", ...(i === 0 ? { discount_percent: "5" } : {}) })) }; // prettier-ignore
}

interface Ordered {
  id: string;
  contact_id: string;
  account_id: string | null;
  currency: string;
  placed_at: Date;
  total: number;
  name: string;
  /** The open deal over the very same amount. */
  opportunity_id: string | null;
  lines: { product_id: string | null; description: string; quantity: string; unit_price: string }[];
}

// So many recent orders of businesses were quotes before.
const accepted = 6;

/** Orders that are there already get the quote they came from, with the same lines: the reaction to its acceptance finds them placed. */
async function writeAccepted(tx: Tx, today: Date): Promise<void> {
  const { rows } = await sql<Ordered>`
    select o.id, o.contact_id, o.account_id, o.currency, o.placed_at, o.total, c.name, d.id as opportunity_id,
           (select json_agg(json_build_object('product_id', l.product_id, 'description', l.description, 'quantity', trim_scale(l.quantity)::text, 'unit_price', trim_scale(l.unit_price)::text) order by l.position)
              from order_lines l where l.order_id = o.id) as lines
      from orders o join external_ids e on e.record_id = o.id and e.object = 'order' and e.system = ${sample} join contacts c on c.id = o.contact_id
      left join lateral (select id from opportunities where contact_id = o.contact_id and status = 'open' and amount = o.total and created_at < o.placed_at and deleted_at is null limit 1) d on true
     where o.account_id is not null and o.placed_at > ${new Date(today.getTime() - 60 * dayMs)} and o.currency = ${tx.workspace.currency} and o.cancelled_at is null and o.line_count <= 200
       and not exists (select from order_lines l where l.order_id = o.id and (l.discount > 0 or l.tax > 0))
     order by d.id is null, e.external_id limit ${accepted}`.execute(tx.db); // prettier-ignore
  for (const order of rows) {
    const earlier = (days: number): Tx => ({ ...tx, clock: () => new Date(order.placed_at.getTime() - days * dayMs) });
    const { contact_id, account_id, currency, lines, opportunity_id } = order;
    const id = await createQuote(earlier(4), {
      contact_id,
      account_id,
      currency,
      lines,
      opportunity_id,
      subject: "Your request",
    });
    const version = versionIn((await sendQuote(earlier(3), id, { by: "link" })).url);
    await openVersion(earlier(1), version);
    // Tied before it is accepted, so that no second order can come of it.
    await sql`update orders set quote_id = ${id} where id = ${order.id}`.execute(tx.db);
    await acceptVersion(earlier(0), version, { by: order.name, via: "page", ip: "192.0.2.20", user_agent: "Mozilla/5.0" }); // prettier-ignore
    await sql`update facts f set caused_by = q.last_fact from orders o join quotes q on q.id = o.quote_id where o.id = ${order.id} and f.id = o.placed_fact`.execute(
      tx.db,
    );
  }
}
