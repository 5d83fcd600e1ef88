import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { workOnce, type JobKind } from "#platform/jobs";
import { createLog } from "#platform/log";
import { consumeAll } from "#timeline";
import { modules } from "../modules.ts";

const segmentJobWaits = async (ctx: Ctx): Promise<boolean> =>
  (await sql`select from (select kind from jobs where state = 'queued' order by created_at limit 1) j where kind like 'segments.%'`.execute(ctx.db)).rows.length > 0; // prettier-ignore

/** Runs the oldest job and what it had computed of segments, then lets every consumer take what it told. */
export async function work(ctx: Ctx, kinds: readonly JobKind[]): Promise<void> {
  const all = [...kinds, ...modules.flatMap((m) => m.jobs ?? []).filter((j) => !kinds.some((k) => k.kind === j.kind))];
  await workOnce(ctx, all, createLog("silent"));
  while (await segmentJobWaits(ctx)) await workOnce(ctx, all, createLog("silent"));
  for (const consumer of modules.flatMap((m) => m.consumers ?? [])) await consumeAll(ctx, consumer);
}

/** Every row of every table of the workspace, as text, by table. */
export async function everything(ctx: Ctx): Promise<Map<string, string[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1`.execute(
    ctx.db,
  );
  const all = new Map<string, string[]>();
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t order by 1`.execute(
      ctx.db,
    );
    all.set(name, rows.map((r) => r.row)); // prettier-ignore
  }
  return all;
}

/** What the sample looks like to a person, without the ids, which are new each time, and without who entered which segment, which is told when it is computed; times as the time before `today`. */
export async function picture(ctx: Ctx, today: Date): Promise<Record<string, string[]>> {
  const before = (column: string) => sql`(${today}::timestamptz - ${sql.ref(column)})::text`;
  const facts = sql`
    select concat_ws('|', f.name, ${before("f.occurred_at")}, e.external_id, a.external_id, c.name, f.actor_name,
             (f.payload - '{active_at,note_id,file_id,record_id,referral_id,advocate_id,promotion_id,onboarding_id,survey_id,invitation_id,response_id,insight_id,improvement_id,quote_id,task_id,run_id,play_id,send_id,campaign_id,source_id,shipment_id,invoice_id,credit_note_id,due_at,case_id,lead_id,account_id,form_id,submission_id,opportunity_id,reason_id,order_id,payment_id,return_id,product_id,transition_id}'::text[])::text) as row
      from facts f left join facts c on c.id = f.caused_by
      left join external_ids e on e.record_id = f.contact_id and e.system = 'sample' left join external_ids a on a.record_id = f.account_id and a.system = 'sample'
     where f.name not like 'segment.%'`;
  const people = sql`
    select concat_ws('|', e.external_id, c.name, c.email, c.phone_e164, c.lifecycle_stage, ${before("c.lifecycle_since")}, c.order_count, c.paid_total, c.last_act) as row
      from contacts c join external_ids e on e.record_id = c.id and e.system = 'sample'`;
  const accounts = sql`
    select concat_ws('|', e.external_id, a.name, a.domain, a.lifecycle_stage, a.order_count, a.paid_total) as row
      from accounts a join external_ids e on e.record_id = a.id and e.system = 'sample'`;
  const orders = sql`
    select concat_ws('|', o.number, ${before("o.placed_at")}, o.total, o.paid, o.refunded, o.returned, o.status, l.description, l.quantity, l.returned_quantity, p.sku) as row
      from orders o join order_lines l on l.order_id = o.id join products p on p.id = l.product_id`;
  const seen: Record<string, string[]> = {};
  for (const [name, query] of Object.entries({ facts, people, accounts, orders }))
    seen[name] = (await query.execute(ctx.db)).rows.map((r) => (r as { row: string }).row).toSorted();
  return seen;
}
