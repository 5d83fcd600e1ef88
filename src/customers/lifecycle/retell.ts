import { sql } from "kysely";
import type { FactSeen } from "#kernel/condition";
import type { Tx } from "#platform/context";
import type { Stage, SubjectKind } from "../stage.ts";
import { actsOf, factsOf, factsOfStory, movesOf, walksOf, type StoredMove, type WalkRow } from "./load.ts";
import { replay, type Story } from "./replay.ts";
import type { RuleSet } from "./rules.ts";
import {
  bookDifferences,
  differenceOf,
  saveActs,
  saveStandings,
  saveWalks,
  type Difference,
  type Standing,
} from "./save.ts";
import { actsUnderWay, traitsOf } from "./traits.ts";

/*
 * Telling customers' stories anew after something happened to them: a batch is a dozen statements, whatever its size. Facts of the
 * story that the consumer has not reached yet are read as well, so that a story split over batches is not corrected later.
 */
export interface Retold {
  id: string;
  before: Stage;
  after: Stage;
}

export interface How {
  /** What a correction is called on the timeline. */
  why: string;
  /** Leaves out customers that another process works on, instead of waiting. */
  skipLocked?: boolean;
}

/**
 * Walks the stories of these customers up to now and books what differs. The instant beside each id is the earliest at which
 * something new happened to it. Customers in the trash are left as they are.
 */
export async function retell(
  tx: Tx,
  kind: SubjectKind,
  asked: ReadonlyMap<string, Date>,
  rules: RuleSet,
  how: How,
): Promise<Retold[]> {
  if (asked.size === 0) return [];
  const now = tx.clock();
  const { rows: held } = await sql<{ id: string; stage: Stage }>`
    select id, lifecycle_stage as stage from ${sql.table(`${kind}s`)} where id = any(${[...asked.keys()]}) and deleted_at is null
     order by id for no key update ${sql.raw(how.skipLocked ? "skip locked" : "")}`.execute(tx.db);
  const ids = held.map((h) => h.id);
  if (ids.length === 0) return [];
  const facts = await factsOf(tx, kind, ids, factsOfStory(kind, rules));
  const walks = await walksOf(tx, ids);
  const news = held.filter(({ id }) => facts.has(id) && hasNews(walks.get(id), facts.get(id)!, rules, now));
  const moves = await movesOf(tx, news.map((n) => n.id)); // prettier-ignore
  const acts = await actsOf(tx, news.map((n) => n.id)); // prettier-ignore
  const books = emptyBooks();
  const retold: Retold[] = [];
  for (const { id, stage } of news) {
    const all = facts.get(id)!;
    const stored = moves.get(id) ?? [];
    const story = replay(rules.walk, id, all, now, knownOf(walks.get(id), stored, asked.get(id)!, rules));
    write(books, { id, all, stored, story, now, acts: acts.get(id) ?? "" });
    retold.push({ id, before: stage, after: story?.stage ?? "identified" });
  }
  await bookDifferences(tx, kind, rules, books.differences, how.why);
  await saveStandings(tx, kind, books.standings);
  await saveActs(tx, kind, books.acts);
  await saveWalks(tx, kind, rules.version, books.walks);
  return retold;
}

// Facts are only ever added, so an equal count says that all of them were walked already; but a correction takes one away.
const hasNews = (walk: WalkRow | undefined, facts: readonly FactSeen[], rules: RuleSet, now: Date): boolean =>
  !walk ||
  walk.rule_version !== rules.version ||
  walk.fact_count !== facts.length ||
  facts.some((f) => f.name === "order.corrected") ||
  (walk.due_at !== null && walk.due_at <= now);

function knownOf(
  walk: WalkRow | undefined,
  moves: readonly StoredMove[],
  from: Date,
  rules: RuleSet,
): { moves: readonly StoredMove[]; until: Date } | undefined {
  if (!walk || walk.rule_version !== rules.version) return undefined;
  return { moves, until: new Date(Math.min(walk.walked_until.getTime(), from.getTime() - 1)) };
}

interface Books {
  differences: Difference[];
  standings: Standing[];
  walks: { id: string; until: Date; count: number; due: Date | null }[];
  acts: { id: string; acts: { at: Date; act: string | null }[] }[];
}
const emptyBooks = (): Books => ({ differences: [], standings: [], walks: [], acts: [] });

interface Walked {
  id: string;
  all: readonly FactSeen[];
  stored: readonly StoredMove[];
  story: Story | null;
  now: Date;
  acts: string;
}

function write(books: Books, { id, all, stored, story, now, acts }: Walked): void {
  const difference = differenceOf(id, stored, story?.moves ?? []);
  if (difference.added.length + difference.withdrawn.length + difference.amended.length > 0)
    books.differences.push(difference);
  const happened = all.at(-1)!.occurred_at <= now ? all : all.filter((f) => f.occurred_at <= now);
  if (story) books.standings.push({ id, stage: story.stage, since: story.since, ...traitsOf(happened) });
  // A fact dated ahead changes traits when its day comes, even if no rule asks for it.
  const ahead = all[happened.length]?.occurred_at ?? null;
  const due = story?.next && (!ahead || story.next <= ahead) ? story.next : ahead;
  books.walks.push({ id, until: now, count: all.length, due });
  const under = actsUnderWay(happened);
  if (under.map((a) => `${a.at.getTime()} ${a.act ?? "-"}`).join(",") !== acts) books.acts.push({ id, acts: under });
}
