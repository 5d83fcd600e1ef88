import { sql } from "kysely";
import { invalid } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { findSegment } from "#attract/audience";
import { ringOf } from "#customers";
import { figuresOf, ordersIn, totalStake } from "./figures.ts";
import type { About, Evidence, LinkEvidence, SegmentEvidence, ThemeEvidence } from "./insight.ts";
import { findTheme } from "./themes.ts";

const dayMs = 86_400_000;
const factsKept = 500;

/** What is known about it now, looking back so many days: frozen when an insight is found, asked again beside it later. */
export async function evidenceOf(ctx: Ctx, about: About, days: number): Promise<Evidence> {
  const until = ctx.clock();
  const from = new Date(until.getTime() - days * dayMs);
  if (about.kind === "theme") return themeEvidence(ctx, about.theme_id, from, until);
  if (about.kind === "link") return linkEvidence(ctx, about, from, until);
  return segmentEvidence(ctx, about.segment_id, from, until);
}

async function themeEvidence(ctx: Ctx, id: string, from: Date, until: Date): Promise<ThemeEvidence> {
  const theme = await findTheme(ctx, id);
  const [figures, base] = await Promise.all([figuresOf(ctx, [id], from, until), ordersIn(ctx, from, until)]);
  const { rows } = await sql<{ fact_id: string }>`
    select fact_id from theme_mentions m where theme_id = ${id} and occurred_at >= ${from} and occurred_at < ${until}
       and not exists (select from fact_withdrawals w where w.fact_id = m.fact_id) order by occurred_at desc, fact_id desc limit ${factsKept}`.execute(ctx.db);
  const f = figures.get(id);
  return {
    kind: "theme",
    theme: theme.name,
    definition: theme.definition,
    from: from.toISOString(),
    until: until.toISOString(),
    people: f?.people ?? 0,
    mentions: f?.mentions ?? 0,
    orders: f?.orders ?? 0,
    base,
    stake: f?.stake ?? { refunded: 0, returned: 0, lost: 0, customers: 0 },
    fact_ids: rows.map((r) => r.fact_id),
  };
} // prettier-ignore

async function linkEvidence(ctx: Ctx, about: About & { kind: "link" }, from: Date, until: Date): Promise<LinkEvidence> {
  const ring = await ringOf(ctx, { lens: about.lens, from, until });
  const link = ring.links.find((l) => l.from === about.from && l.to === about.to);
  if (!link)
    throw invalid("about", `“${ring.lens.name}” has no link from “${about.from}” to “${about.to}”.`, "lens.unknown-link"); // prettier-ignore
  const nameOf = (key: string): string => ring.steps.find((s) => s.key === key)?.name ?? key;
  const { moved, base, rate, median_days, stuck, yearly_each } = link;
  return {
    kind: "link",
    lens: ring.lens.name,
    from_step: nameOf(link.from),
    to_step: nameOf(link.to),
    from: from.toISOString(),
    until: until.toISOString(),
    moved,
    base,
    rate,
    median_days,
    stuck,
    yearly_each,
  };
}

async function segmentEvidence(ctx: Ctx, id: string, from: Date, until: Date): Promise<SegmentEvidence> {
  const segment = await findSegment(ctx, id);
  const { rows } = await sql<{ paid: number }>`
    select coalesce(sum(case when p.kind = 'refund' then -p.base_amount else p.base_amount end), 0)::float8 as paid
      from segment_members m join payments p on p.contact_id = m.contact_id
     where m.segment_id = ${id} and p.deleted_at is null and p.received_at > ${until}::timestamptz - interval '365 days' and p.received_at <= ${until}`.execute(ctx.db);
  return {
    kind: "segment",
    segment: segment.name,
    from: from.toISOString(),
    until: until.toISOString(),
    members: segment.member_count,
    paid: rows[0]!.paid,
  };
} // prettier-ignore

/** Whom the evidence is about, and what is at stake in minor units of the workspace's currency. */
export function sizeOf(evidence: Evidence): { people: number; at_stake: number } {
  if (evidence.kind === "theme") return { people: evidence.people, at_stake: Math.round(totalStake(evidence.stake)) };
  if (evidence.kind === "segment") return { people: evidence.members, at_stake: Math.max(0, Math.round(evidence.paid)) };
  return { people: evidence.stuck, at_stake: Math.round(evidence.stuck * (evidence.yearly_each ?? 0)) };
} // prettier-ignore
