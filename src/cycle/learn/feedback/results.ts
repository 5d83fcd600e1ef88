import { sql } from "kysely";
import { notFound } from "#kernel/refusal";
import { wilson, type Interval } from "#kernel/statistics";
import type { Ctx } from "#platform/context";
import { csatOf, enoughAnswers, isSignificant, npsOf, zOfCsat, zOfNps, type Counts, type Csat, type Nps } from "./figures.ts"; // prettier-ignore
import { scoresOf } from "./mail.ts";
import type { Kind } from "./survey.ts";
import { heldWords } from "./held.ts";

export type Figures = ({ kind: "nps" } & Nps) | ({ kind: "csat" } & Csat);

export interface TrendPoint {
  /** "2026-11". */
  month: string;
  question_version: number;
  figures: Figures;
  /** Against the last month before with the same question. */
  change: "up" | "down" | "chance" | null;
  z: number | null;
}

export interface Results {
  figures: Figures;
  /** With fewer answers than `enough` the figure says little. */
  few: boolean;
  enough: number;
  distribution: { score: number; n: number }[];
  trend: TrendPoint[];
  versions: { version: number; question: string; n: number }[];
  sent: number;
  answered: number;
  response_rate: Interval | null;
  waiting: number;
  held: { code: string; words: string; n: number }[];
}

export interface Asking {
  from: Date;
  until: Date;
  segment_id?: string | undefined;
  version?: number | undefined;
}

interface Group {
  month: string;
  question_version: number;
  score: number;
  n: number;
}

const inSegment = (segment_id: string | undefined, column: string) =>
  segment_id ? sql`and ${sql.ref(column)} in (select contact_id from segment_members where segment_id = ${segment_id})` : sql``; // prettier-ignore

/** What a survey found in a period: of each customer and wave the latest answer, the figure with its interval, its trend, and who was not asked. */
export async function resultsOf(ctx: Ctx, id: string, asking: Asking): Promise<Results> {
  const { rows: surveys } = await sql<{ kind: Kind }>`select kind from surveys where id = ${id}`.execute(ctx.db);
  const kind = surveys[0]?.kind;
  if (!kind) throw notFound("survey");
  const groups = await groupsOf(ctx, id, asking);
  const figures = figuresOf(kind, groups);
  const invited = await invitedOf(ctx, id, asking);
  const counts = countsOf(groups);
  return {
    figures,
    few: figures.n < enoughAnswers,
    enough: enoughAnswers,
    distribution: scoresOf(kind).map((score) => ({ score, n: counts.get(score) ?? 0 })),
    trend: trendOf(kind, groups),
    versions: await versionsOf(ctx, id, groups),
    ...invited,
    response_rate: invited.sent > 0 ? wilson({ k: invited.answered, n: invited.sent }) : null,
    held: await heldOf(ctx, id, asking),
  };
}

async function groupsOf(ctx: Ctx, id: string, { from, until, segment_id, version }: Asking): Promise<Group[]> {
  const { rows } = await sql<Group>`
    with counted as (
      select distinct on (contact_id, wave) question_version, score, at from survey_responses
       where survey_id = ${id} and at >= ${from} and at < ${until}
         and (${version ?? null}::int is null or question_version = ${version ?? null}::int) ${inSegment(segment_id, "contact_id")}
       order by contact_id, wave, at desc, id desc)
    select to_char(at at time zone ${ctx.workspace.time_zone}, 'YYYY-MM') as month, question_version, score, count(*)::int as n from counted group by 1, 2, 3 order by 1, 2, 3`.execute(
    ctx.db,
  );
  return rows;
}

function countsOf(groups: readonly Group[]): Counts {
  const counts = new Map<number, number>();
  for (const { score, n } of groups) counts.set(score, (counts.get(score) ?? 0) + n);
  return counts;
}

const figuresOf = (kind: Kind, groups: readonly Group[]): Figures =>
  kind === "nps" ? { kind, ...npsOf(countsOf(groups)) } : { kind, ...csatOf(countsOf(groups)) };

/** Month by month; a month is compared with the one before that asked in the same words, and called a change only when it is more than chance. */
export function trendOf(kind: Kind, groups: readonly Group[]): TrendPoint[] {
  const last = new Map<number, Figures>();
  const byMonth = Map.groupBy(groups, (g) => `${g.month} ${g.question_version}`);
  return [...byMonth.values()].map((of) => {
    const { month, question_version } = of[0]!;
    const figures = figuresOf(kind, of);
    const z = zBetween(figures, last.get(question_version));
    last.set(question_version, figures);
    const change = z === null ? null : !isSignificant(z) ? "chance" : z > 0 ? "up" : "down";
    return { month, question_version, figures, change, z: z !== null && Number.isFinite(z) ? z : null };
  });
}

// With few answers on a side the approximation does not hold: nothing is called a change.
function zBetween(later: Figures, earlier: Figures | undefined): number | null {
  if (!earlier || later.n < enoughAnswers || earlier.n < enoughAnswers) return null;
  if (later.kind === "nps" && earlier.kind === "nps") return zOfNps(later, earlier);
  return later.kind === "csat" && earlier.kind === "csat" ? zOfCsat(later, earlier) : null;
}

async function versionsOf(ctx: Ctx, id: string, groups: readonly Group[]): Promise<Results["versions"]> {
  const { rows } = await sql<{ version: number; question: string }>`select version, question from survey_wordings where survey_id = ${id} order by version`.execute(ctx.db); // prettier-ignore
  const n = (version: number): number => groups.reduce((sum, g) => (g.question_version === version ? sum + g.n : sum), 0); // prettier-ignore
  return rows.map((w) => ({ ...w, n: n(w.version) }));
}

async function invitedOf(ctx: Ctx, id: string, { from, until, segment_id }: Asking): Promise<Pick<Results, "sent" | "answered" | "waiting">> {
  const { rows } = await sql<Pick<Results, "sent" | "answered" | "waiting">>`
    select count(*) filter (where state = 'sent' and decided_at >= ${from} and decided_at < ${until})::int as sent,
           count(*) filter (where state = 'sent' and decided_at >= ${from} and decided_at < ${until} and answered_at is not null)::int as answered,
           count(*) filter (where state in ('due', 'queued'))::int as waiting
      from survey_invitations where survey_id = ${id} ${inSegment(segment_id, "contact_id")}`.execute(ctx.db);
  return rows[0]!;
} // prettier-ignore

async function heldOf(ctx: Ctx, id: string, { from, until, segment_id }: Asking): Promise<Results["held"]> {
  const { rows } = await sql<{ code: string; reason: string; n: number }>`
    select code, min(reason) as reason, count(*)::int as n from survey_invitations
     where survey_id = ${id} and state = 'held' and decided_at >= ${from} and decided_at < ${until} ${inSegment(segment_id, "contact_id")}
     group by code order by n desc, code`.execute(ctx.db);
  return rows.map(({ code, reason, n }) => ({ code, words: heldWords(code, reason), n }));
}
