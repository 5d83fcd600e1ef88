import { sql } from "kysely";
import { z } from "zod";
import { invalid, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { cleanText } from "#records";
import { leadStatuses, statusLabels, type LeadStatus } from "./lead.ts";

export interface LeadSettings {
  /** What this company calls the four statuses. */
  labels: Record<LeadStatus, string>;
  /** Seconds of business hours until the first answer is due. */
  respond_within: number;
  /** Who takes turns; null for everybody who sells. */
  pool: string[] | null;
  version: number;
}

interface Row {
  labels: Partial<Record<LeadStatus, string>>;
  respond_within: number;
  pool: string[] | null;
  version: number;
}

const label = z.string().max(200).transform(cleanText).pipe(z.string().min(1, "This is required.").max(40));

export const settingsSchema = z.strictObject({
  labels: z.strictObject(Object.fromEntries(leadStatuses.map((s) => [s, label])) as Record<LeadStatus, typeof label>),
  respond_within: z.int().min(60).max(2_592_000),
  pool: z.array(z.uuid()).min(1, "Somebody must take them.").max(500).nullable(),
  version: z.int(),
});

/** How this company works its leads. */
export async function settingsOf(ctx: Ctx): Promise<LeadSettings> {
  const { rows } = await sql<Row>`select labels, respond_within, pool, version from lead_settings`.execute(ctx.db);
  const row = rows[0]!;
  return { ...row, labels: { ...statusLabels, ...row.labels } };
}

/** Changes how leads are worked when nobody else did meanwhile. */
export const changeSettings = (ctx: Ctx, { labels, respond_within, pool, version }: LeadSettings): Promise<LeadSettings> =>
  inTransaction(ctx, async (tx) => {
    if (pool) await checkPool(tx, pool);
    const { rows } = await sql`
      update lead_settings set labels = ${JSON.stringify(labels)}, respond_within = ${respond_within}, pool = ${pool}, version = version + 1
       where version = ${version} returning 1`.execute(tx.db);
    if (rows.length === 0)
      throw new Refused("stale", "leads.stale", "Somebody changed this since you opened it.");
    return settingsOf(tx);
  }); // prettier-ignore

async function checkPool(tx: Tx, pool: readonly string[]): Promise<void> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from rondo.members where workspace_id = ${tx.workspace.id} and role <> 'viewer' and user_id = any(${[...new Set(pool)]})`.execute(
    tx.db,
  );
  if (rows[0]!.n !== new Set(pool).size) throw invalid("pool", "One of them does not work leads here.");
}
