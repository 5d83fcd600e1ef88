import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "kysely";
import { holds, type FactSeen } from "#kernel/condition";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord } from "#records";
import { consumeAll, recordAll, type FactInput } from "#timeline";
import { databaseForTest } from "../../../test/database.ts";
import { contactType } from "../contact.ts";
import { lifecycleConsumer, nextFlipAt, runDueFlips } from "./consumer.ts";
import { defaultRules } from "./default-rules.ts";
import { replay, walkOf } from "./replay.ts";
import { currentRules } from "./rules.ts";
import { retell } from "./retell.ts";
import { handFact } from "./rule.ts";

const day = 86_400_000;
const start = Date.UTC(2025, 0, 1);
const walk = walkOf(defaultRules);
const order = { amount: 100, currency: "EUR", base_amount: 100, number: "1" };

const kinds: Record<string, () => Record<string, unknown>> = {
  "order.placed": () => ({ ...order, order_id: newId(), lines: 1 }),
  "order.paid": () => ({ ...order, order_id: newId() }),
  "order.returned": () => ({ ...order, order_id: null, return_id: newId(), lines: 1 }),
  "newsletter.subscribed": () => ({ list: "News" }),
  "newsletter.unsubscribed": () => ({ list: "News" }),
  "lead.opened": () => ({ source: "a fair" }),
  "lead.unqualified": () => ({ reason: "no budget" }),
  "opportunity.opened": () => ({ ...order, title: "Jars" }),
  "opportunity.lost": () => ({ title: "Jars", reason: "price" }),
  "review.written": () => ({ stars: 5 }),
  "survey.sent": () => ({ survey: "NPS" }),
  "customer.moved-by-hand": () => ({ to: "lead", reason: "they rang" }),
};

/** Facts of one customer within two years: kind and instant, some at the very same one. */
const happenings = fc.array(
  fc.record({
    name: fc.constantFrom("order.placed", "order.placed", "order.placed", ...Object.keys(kinds)),
    hour: fc.oneof(fc.integer({ min: 0, max: 17_000 }), fc.constantFrom(0, 24, 24 * 40)),
  }),
  { minLength: 1, maxLength: 14 },
);
const at = (hour: number): Date => new Date(start + hour * 3_600_000);

const seenOf = (list: readonly { name: string; hour: number }[]): FactSeen[] =>
  list
    .map((h) => ({ id: newId(), name: h.name, occurred_at: at(h.hour), payload: kinds[h.name]!() }))
    .toSorted((a, b) => a.occurred_at.getTime() - b.occurred_at.getTime() || (a.id < b.id ? -1 : 1));

test("a story walked in steps, from any instant on, is the story walked at once", () => {
  fc.assert(
    fc.property(happenings, fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 4 }), (list, stops) => {
      const facts = seenOf(list);
      const end = at(20_000);
      const whole = replay(walk, "c", facts, end)!;
      let known: { moves: typeof whole.moves; until: Date } | undefined;
      for (const hour of stops.toSorted((a, b) => a - b)) {
        const moves = replay(walk, "c", facts, at(hour), known)?.moves;
        if (moves) known = { moves, until: at(hour) };
      }
      expect(replay(walk, "c", facts, end, known)).toEqual(whole);
    }),
    { numRuns: 300 },
  );
});

test("what is told until an instant is the beginning of the whole, and says in time when to look again", () => {
  fc.assert(
    fc.property(happenings, fc.integer({ min: 0, max: 20_000 }), (list, hour) => {
      const facts = seenOf(list);
      const until = at(hour);
      const partly = replay(walk, "c", facts, until);
      const whole = replay(walk, "c", facts, at(20_000))!;
      expect(partly?.moves ?? []).toEqual(whole.moves.filter((m) => m.at <= until));
      const next = whole.moves.find((m) => m.at > until);
      if (partly && next) expect(partly.next!.getTime()).toBeLessThanOrEqual(next.at.getTime());
    }),
    { numRuns: 300 },
  );
});

test("between two moves no rule holds: no instant at which time alone moves somebody is missed", () => {
  fc.assert(
    fc.property(happenings, fc.integer({ min: 0, max: 20_000 }), (list, hour) => {
      const facts = seenOf(list.filter((h) => h.name !== handFact));
      const now = at(hour);
      const story = replay(walk, "c", facts, now);
      if (!story) return;
      const seen = facts.filter((f) => f.occurred_at <= now);
      // Nobody enters a stage twice in one instant, so those of the last instant are no candidates.
      const visited = story.moves
        .filter((m) => m.at.getTime() === story.since.getTime())
        .flatMap((m) => [m.from, m.to]);
      const fields = { stage: story.stage, stage_since: story.since };
      const holding = defaultRules.filter(
        (r) =>
          r.from !== "any" &&
          r.from.includes(story.stage) &&
          !visited.includes(r.to) &&
          holds(r.when, { id: "c", facts: seen, fields, related: {} }, now),
      );
      expect(holding.map((r) => r.key)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

const booksOf = async (ctx: Ctx): Promise<unknown> =>
  (
    await sql`select (select json_agg(x) from (select c.name, t.from_stage, t.to_stage, t.at, t.rule, t.evidence, t.reason, t.by_time
                       from lifecycle_transitions t join contacts c on c.id = t.subject_id where t.withdrawn_at is null order by c.name, t.at, t.id) x) as moves,
                    (select json_agg(x) from (select name, lifecycle_stage, lifecycle_since, order_count, paid_total, returned_total, first_order_at, last_order_at,
                       usual_gap_days, last_act from contacts order by name) x) as contacts,
                    (select json_agg(x) from (select c.name, a.at, a.act from lifecycle_acts a join contacts c on c.id = a.subject_id order by c.name, a.position) x) as acts,
                    (select json_agg(x) from (select c.name, w.due_at from lifecycle_walks w join contacts c on c.id = w.subject_id order by c.name) x) as walks`.execute(
      ctx.db,
    )
  ).rows[0];

test("books kept fact by fact, in any order and any batches, with flips in between, equal books made at once", async () => {
  const t = await databaseForTest();
  let n = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(happenings, { minLength: 1, maxLength: 3 }),
      fc.integer(),
      fc.integer({ min: 1, max: 6 }),
      async (customers, seed, batch) => {
        const made = t.ctx("owner", { at: at(0) });
        await sql`truncate facts, fact_withdrawals, contacts, lifecycle_transitions, lifecycle_walks, lifecycle_acts, consumers cascade`.execute(
          made.db,
        );
        const facts: FactInput[] = [];
        for (const list of customers) {
          const { id } = await createRecord(made, contactType, {
            name: `Customer ${String((n += 1)).padStart(6, "0")}`,
          });
          for (const f of seenOf(list)) facts.push({ ...f, name: f.name, contact_id: id } as FactInput);
        }
        const arriving = facts.map((f, i) => [Math.abs(Math.sin(seed + i)), f] as const).toSorted((a, b) => a[0] - b[0]).map(([, f]) => f); // prettier-ignore
        let hour = 0;
        for (let i = 0; i < arriving.length; i += batch) {
          const now = t.ctx("owner", { at: at((hour += 20_000 / arriving.length)) });
          await inTransaction(now, (tx) => recordAll(tx, arriving.slice(i, i + batch)));
          await consumeAll(now, { ...lifecycleConsumer, batch: batch + 1 });
          if (i % 2 === 0) await flips(now);
        }
        const end = t.ctx("owner", { at: at(30_000) });
        await consumeAll(end, lifecycleConsumer);
        await flips(end);
        const kept = await booksOf(end);
        await sql`truncate lifecycle_transitions, lifecycle_walks, lifecycle_acts`.execute(end.db);
        await sql`update contacts set lifecycle_stage = 'identified', order_count = 0, paid_total = 0, last_act = null`.execute(
          end.db,
        );
        await inTransaction(end, async (tx) => {
          const { rows } = await sql<{ id: string }>`select id from contacts`.execute(tx.db);
          await retell(tx, "contact", new Map(rows.map((r) => [r.id, at(0)])), await currentRules(tx), { why: "test" });
        });
        expect(kept).toEqual(await booksOf(end));
      },
    ),
    { numRuns: 30 },
  );
}, 180_000);

// Every look moves the books on: a customer that stays due would be looked at for ever.
async function flips(ctx: Ctx): Promise<void> {
  for (let looks = 0; ; looks += 1) {
    const due = await nextFlipAt(ctx);
    if (!due || due > ctx.clock()) return;
    if (looks > 20) throw new RangeError(`somebody stays due at ${due.toISOString()}`);
    await runDueFlips(ctx, 2);
  }
}

test("a story of 20,000 orders is told within seconds", () => {
  const facts: FactSeen[] = Array.from({ length: 20_000 }, (_, i) => ({
    id: String(i).padStart(6, "0"),
    name: "order.placed",
    occurred_at: new Date(start + i * (day / 24)),
    payload: { ...order, order_id: String(i) },
  }));
  const story = replay(walk, "c", facts, new Date(start + 2000 * day))!;
  expect(story.moves.map((m) => m.to)).toEqual(["identified", "customer", "active", "loyal", "at_risk", "lapsed"]);
});
