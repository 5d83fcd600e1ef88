import { evaluate, holds, nextFlip, type FactSeen, type Subject, type Verdict } from "#kernel/condition";
import { isStage, type Stage } from "../stage.ts";
import { becameKnown, byHand, factsOfRules, handFact, lookBack, type Rule } from "./rule.ts";
import { traitsOf } from "./traits.ts";

/*
 * A customer's whole story from the facts: walk the instants at which facts occurred and those at which time alone makes a rule
 * true, in order; at each the first rule that fits moves the customer, and again, no stage twice in one instant.
 *
 * Words we use
 *   move      from one stage to another, with the rule, the facts that made it true and the reason in words
 *   story     facts, moves, the stage they end in, and the next instant at which time alone could change it
 *   known     where a walk may go on: moves made up to an instant before which nothing changed; the rest is walked anew
 */
export interface Move {
  /** Null: became known. */
  from: Stage | null;
  to: Stage;
  at: Date;
  rule: string;
  evidence: string[];
  by_time: boolean;
  reason: string;
}

export interface Story {
  moves: Move[];
  stage: Stage;
  since: Date;
  next: Date | null;
}

export interface Walk {
  rules: readonly Rule[];
  waking: ReadonlySet<string>;
  back: number;
  readsTraits: boolean;
  rulesFrom: ReadonlyMap<Stage, readonly Rule[]>;
}

const dayMs = 86_400_000;
/** A move by hand stands until something new happens, at most 90 days: then the rules speak again. */
const handHoldsMs = 90 * dayMs;
const evidenceAtMost = 12;

/** Prepares rules for many walks. */
export function walkOf(rules: readonly Rule[]): Walk {
  const rulesFrom = new Map<Stage, Rule[]>();
  const from = (stage: Stage): Rule[] =>
    rules.filter((r) => r.to !== stage && (r.from === "any" || r.from.includes(stage)));
  for (const stage of new Set(rules.flatMap((r) => [r.to, ...(r.from === "any" ? [] : r.from)])))
    rulesFrom.set(stage, from(stage));
  const waking = factsOfRules(rules);
  return { rules, waking, back: lookBack(rules), readsTraits: waking.has("order.reopened"), rulesFrom };
}

/** The story of the subject up to `now`; `facts` ascending by (occurred_at, id), withdrawn ones left out. Null without any fact. */
export function replay(
  walk: Walk,
  id: string,
  facts: readonly FactSeen[],
  now: Date,
  known?: { moves: readonly Move[]; until: Date },
): Story | null {
  const first = facts[0];
  if (!first || first.occurred_at > now) return null;
  const usable = known && known.moves.length > 0 && known.moves[0]!.at.getTime() === first.occurred_at.getTime();
  const story = usable ? goOn(walk, id, facts, known) : begin(walk, id, first);
  for (;;) {
    const fact = story.ahead(facts);
    const flip = story.flip();
    const at = earliest(fact, flip);
    if (!at || at > now) return { moves: story.moves, stage: story.stage, since: story.since, next: at };
    story.step(facts, at);
  }
}

const earliest = (a: Date | null, b: Date | null): Date | null => (!a ? b : !b || a <= b ? a : b);

function begin(walk: Walk, id: string, first: FactSeen): Walker {
  const at = first.occurred_at;
  const known: Move = {
    from: null,
    to: "identified",
    at,
    rule: becameKnown,
    evidence: [first.id],
    by_time: false,
    reason: "became known",
  };
  return walker(walk, id, [known], new Date(at.getTime() - 1), 0, []);
}

function goOn(
  walk: Walk,
  id: string,
  facts: readonly FactSeen[],
  known: { moves: readonly Move[]; until: Date },
): Walker {
  const moves = known.moves.filter((m) => m.at <= known.until);
  let n = 0;
  while (n < facts.length && facts[n]!.occurred_at <= known.until) n += 1;
  if (moves.length === 0) return begin(walk, id, facts[0]!);
  const seen: FactSeen[] = [];
  for (const f of facts.slice(0, n)) see(walk, seen, f);
  return walker(walk, id, moves, known.until, n, seen);
}

// Only the newest facts of each kind are looked back on; older ones leave.
function see(walk: Walk, seen: FactSeen[], fact: FactSeen): void {
  if (!walk.waking.has(fact.name)) return;
  seen.push(fact);
  if (seen.length <= walk.back) return;
  let same = 0;
  for (const f of seen) if (f.name === fact.name) same += 1;
  if (same > walk.back)
    seen.splice(
      seen.findIndex((f) => f.name === fact.name),
      1,
    );
}

interface Walker {
  moves: Move[];
  readonly stage: Stage;
  readonly since: Date;
  ahead(facts: readonly FactSeen[]): Date | null;
  flip(): Date | null;
  step(facts: readonly FactSeen[], at: Date): void;
}

function walker(walk: Walk, id: string, moves: Move[], until: Date, passed: number, seen: FactSeen[]): Walker {
  let [at, n] = [until, passed];
  let all: readonly FactSeen[] = [];
  const last = (): Move => moves.at(-1)!;
  const candidates = (): readonly Rule[] => walk.rulesFrom.get(last().to) ?? walk.rules.filter((r) => r.from === "any");
  // After a move by hand the rules are silent until another fact or 90 days.
  const heldUntil = (): Date | null => {
    const fact = seen.at(-1);
    if (fact?.name !== handFact) return null;
    const end = new Date(fact.occurred_at.getTime() + handHoldsMs);
    return end > at ? end : null;
  };
  const subject = (): Subject => ({
    id,
    facts: seen,
    related: {},
    fields: { stage: last().to, stage_since: last().at, ...(walk.readsTraits ? traitsOf(all.slice(0, n)) : {}) },
  });
  return {
    moves,
    get stage() {
      return last().to;
    },
    get since() {
      return last().at;
    },
    ahead(facts) {
      while (n < facts.length && !walk.waking.has(facts[n]!.name) && n > 0) n += 1;
      return facts[n]?.occurred_at ?? null;
    },
    flip() {
      const held = heldUntil();
      if (held) return held;
      let next: Date | null = null;
      const s = subject();
      for (const rule of candidates()) next = earliest(next, nextFlip(rule.when, s, at));
      return next;
    },
    step(facts, now) {
      all = facts;
      at = now;
      const before = n;
      for (; n < facts.length && facts[n]!.occurred_at <= now; n += 1) see(walk, seen, facts[n]!);
      const fresh = facts.slice(before, n);
      const visited = new Set<Stage>([last().to]);
      for (const fact of fresh) moveByHand(fact, moves, visited);
      if (heldUntil()) return;
      for (;;) {
        const s = subject();
        const rule = candidates().find((r) => !visited.has(r.to) && holds(r.when, s, now));
        if (!rule) return;
        visited.add(rule.to);
        const verdict = evaluate(rule.when, s, now);
        const evidence = evidenceOf(verdict, seen);
        moves.push({
          from: last().to,
          to: rule.to,
          at: now,
          rule: rule.key,
          evidence,
          by_time: fresh.length === 0,
          reason: wordsOf(rule.reason, verdict),
        });
      }
    },
  };
}

function moveByHand(fact: FactSeen, moves: Move[], visited: Set<Stage>): void {
  const to = String(fact.payload.to);
  const from = moves.at(-1)!.to;
  if (fact.name !== handFact || !isStage(to) || to === from) return;
  visited.add(to);
  moves.push({
    from,
    to,
    at: fact.occurred_at,
    rule: byHand,
    evidence: [fact.id],
    by_time: false,
    reason: String(fact.payload.reason),
  });
}

function leavesOf(verdict: Verdict): Verdict[] {
  return verdict.children.length === 0 ? [verdict] : verdict.children.flatMap(leavesOf);
}

// A silence is shown with the facts its usual gap was measured from, not only with the last one.
function evidenceOf(verdict: Verdict, seen: readonly FactSeen[]): string[] {
  const found = new Set(verdict.evidence);
  for (const { node, truth } of leavesOf(verdict))
    if (truth && "quiet" in node)
      for (const f of seen.filter((x) => x.name === node.quiet).slice(-evidenceAtMost)) found.add(f.id);
  return [...found].slice(-evidenceAtMost);
}

function wordsOf(reason: string, verdict: Verdict): string {
  const leaves = leavesOf(verdict).filter((v) => v.truth && v.seen);
  const silence = leaves.map((v) => v.seen!).find((s) => "silent_days" in s);
  const counted = leaves.map((v) => v.seen!).find((s) => "count" in s);
  return reason
    .replaceAll("{days}", silence ? String(Math.floor(silence.silent_days)) : "some")
    .replaceAll("{gap}", silence ? String(Math.round(silence.usual_gap_days * 10) / 10) : "shorter")
    .replaceAll("{count}", counted ? String(counted.count) : "several");
}
