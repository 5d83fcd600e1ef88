import { sql } from "kysely";
import { notFound } from "#kernel/refusal";
import { newcombe, wilson, type Interval } from "#kernel/statistics";
import type { Ctx } from "#platform/context";

export interface RunTold {
  id: string;
  play_id: string;
  play: string;
  contact_id: string | null;
  account_id: string | null;
  customer: string;
  reason: string;
  held_out: boolean;
  task_id: string | null;
  /** What came of the task, in words; null while it is open or when there is none. */
  task_outcome: string | null;
  started_at: Date;
  ends_at: Date;
  outcome: "open" | "saved" | "lost";
  ended_at: Date | null;
}

export interface Effect {
  treated: { n: number; saved: number; rate: Interval };
  held_out: { n: number; saved: number; rate: Interval };
  /** Treated minus held out. */
  difference: Interval;
  open: number;
  /** "worked" and "worse" when the interval leaves out zero; "little" with fewer than 20 ended runs on a side. */
  verdict: "worked" | "worse" | "no_difference" | "little";
}

// Fewer ended runs than these on either side tell chance.
export const endedEnough = 20;

const runColumns = sql`
  r.id, r.play_id, p.name as play, r.contact_id, r.account_id, coalesce(c.name, a.name) as customer, r.reason, r.held_out, r.task_id, t.outcome as task_outcome,
  r.started_at, r.ends_at, r.outcome, r.ended_at`;
const runTables = sql`
  play_runs r join plays p on p.id = r.play_id left join contacts c on c.id = r.contact_id left join accounts a on a.id = r.account_id left join tasks t on t.id = r.task_id`;

/** The runs of a play, newest first; after a run's id for the next page. */
export async function runsOf(
  ctx: Ctx,
  play: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: RunTold[]; next: string | null }> {
  const { rows } = await sql<RunTold>`
    select ${runColumns} from ${runTables} where r.play_id = ${play}
       ${page.cursor ? sql`and (r.started_at, r.id) < (select started_at, id from play_runs where id = ${page.cursor})` : sql``}
     order by r.started_at desc, r.id desc limit ${page.limit + 1}`.execute(ctx.db);
  const items = rows.slice(0, page.limit);
  return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}

/** The runs a customer was in, newest first, at most 20. */
export async function runsWith(ctx: Ctx, whose: { contact_id: string } | { account_id: string }): Promise<RunTold[]> {
  const mine =
    "contact_id" in whose ? sql`r.contact_id = ${whose.contact_id}` : sql`r.account_id = ${whose.account_id}`;
  const { rows } = await sql<RunTold>`
    select ${runColumns} from ${runTables} where ${mine} order by r.started_at desc, r.id desc limit 20`.execute(
    ctx.db,
  );
  return rows;
}

/** What a play is worth: who was treated against who was left alone, of the runs that ended. */
export async function effectOf(ctx: Ctx, play: string): Promise<Effect> {
  const known = await sql`select 1 from plays where id = ${play}`.execute(ctx.db);
  if (known.rows.length === 0) throw notFound("play");
  const { rows } = await sql<{ held_out: boolean; n: number; saved: number; open: number }>`
    select held_out, count(*) filter (where outcome <> 'open')::int as n, count(*) filter (where outcome = 'saved')::int as saved,
           count(*) filter (where outcome = 'open')::int as open
      from play_runs where play_id = ${play} group by 1`.execute(ctx.db);
  const side = (held_out: boolean) => {
    const row = rows.find((r) => r.held_out === held_out);
    const [n, saved] = [row?.n ?? 0, row?.saved ?? 0];
    return { n, saved, rate: wilson({ k: saved, n }) };
  };
  const [treated, held_out] = [side(false), side(true)];
  const difference = newcombe({ k: treated.saved, n: treated.n }, { k: held_out.saved, n: held_out.n });
  return { treated, held_out, difference, open: rows.reduce((sum, r) => sum + r.open, 0), verdict: verdictOf(treated.n, held_out.n, difference) }; // prettier-ignore
}

function verdictOf(treated: number, heldOut: number, difference: Interval): Effect["verdict"] {
  if (treated < endedEnough || heldOut < endedEnough) return "little";
  if (difference.low > 0) return "worked";
  return difference.high < 0 ? "worse" : "no_difference";
}
