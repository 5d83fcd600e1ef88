import fc from "fast-check";
import { expect, test } from "vitest";
import { shift, type Span } from "../period.ts";
import type { Condition } from "./condition.ts";
import { evaluate } from "./evaluate.ts";
import { nextFlip } from "./flip.ts";
import { holds } from "./holds.ts";
import type { FactSeen, Subject } from "./subject.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const span: fc.Arbitrary<Span> = fc.oneof(
  fc.record({ n: fc.integer({ min: 1, max: 40 }), unit: fc.constantFrom("hour", "day") }),
  fc.record({ n: fc.integer({ min: 1, max: 3 }), unit: fc.constantFrom("week", "month", "month", "month") }),
  fc.constant<Span>({ n: 1, unit: "year" }),
);
// Any hour of two years around today, and every other time one near a month's end, where calendar months are odd.
const anyHour = fc
  .integer({ min: -365 * 24, max: 365 * 24 })
  .map((h) => new Date(Math.floor(Date.now() / hourMs + h) * hourMs));
const monthEnd = fc
  .tuple(anyHour, fc.integer({ min: -100, max: 50 }))
  .map(([at, h]) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1) + h * hourMs));
const now = fc.oneof(anyHour, monthEnd);

const last = span.map((by) => ({ last: by }));
const aged = span.map((value) => ({ field: "due", op: "within_last" as const, value }));
const counted: fc.Arbitrary<Condition> = fc.record({
  fact: fc.constant("order.placed"),
  times: fc.record({ op: fc.constantFrom("at_least", "at_most", "exactly"), n: fc.integer({ min: 0, max: 3 }) }),
  within: fc.oneof({ weight: 4, arbitrary: last }, fc.constant(undefined), fc.constant({ since_field: "seen_at" })),
  where: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, aged),
});
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: fc.constantFrom("born", "seen_at"),
    op: fc.constantFrom("within_last", "older_than", "within_next"),
    value: span,
  }),
  counted,
  counted,
  fc.record({
    last: fc.constant("order.placed"),
    where: span.map((value) => ({ field: "due", op: "older_than" as const, value })),
  }),
  fc.record({
    quiet: fc.constant("order.placed"),
    factor: fc.constantFrom(0.5, 1, 2),
    usual_gap_days: fc.constantFrom(1, 10),
    at_least_days: fc.constantFrom(undefined, 3),
  }),
  span.map((value) => ({
    related: "deals",
    has: { op: "at_least" as const, n: 1 },
    where: { field: "seen_at", op: "within_last" as const, value },
  })),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2 },
    leaf,
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie("condition").map((not) => ({ not })),
  ),
}));

const around = (at: Date): fc.Arbitrary<Date> =>
  fc.oneof(
    fc.integer({ min: -70 * 24, max: 20 * 24 }).map((h) => new Date(at.getTime() + h * hourMs)),
    fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -72, max: 72 }))
      .map(([n, h]) => new Date(shift(at, { n, unit: "month" }, -1).getTime() + h * hourMs)),
  );
const moments = (at: Date): fc.Arbitrary<Subject> => {
  const fact: fc.Arbitrary<FactSeen> = fc.tuple(around(at), around(at)).map(([occurred_at, due]) => ({
    id: String(occurred_at.getTime()),
    name: "order.placed",
    occurred_at,
    payload: { due: due.toISOString() },
  }));
  return fc
    .tuple(around(at), around(at), around(at), fc.array(fact, { maxLength: 6 }), fc.boolean())
    .map(([born, seen, dealt, facts, future]) => ({
      id: "ana",
      fields: { born: born.toISOString().slice(0, 10), seen_at: seen },
      facts: facts
        .filter((f) => future || f.occurred_at <= at)
        .toSorted((a, b) => a.occurred_at.getTime() - b.occurred_at.getTime()),
      related: { deals: [{ id: "deal", fields: { seen_at: dealt }, facts: [], related: {} }] },
    }));
};
const story = now.chain((at) => fc.tuple(fc.constant(at), condition, moments(at)));

test("walking hour by hour never meets a change before nextFlip, and meets one at it", () => {
  let flips = 0;
  fc.assert(
    fc.property(story, ([at, asked, subject]) => {
      const today = holds(asked, subject, at);
      const flip = nextFlip(asked, subject, at);
      const end = Math.min(flip?.getTime() ?? Infinity, at.getTime() + 100 * dayMs);
      // Everything here begins on a full hour, so truth changes there or a millisecond after.
      for (let hour = at.getTime(); hour < end; hour += hourMs)
        for (const ms of [hour, hour + 1])
          if (ms < end && holds(asked, subject, new Date(ms)) !== today)
            expect.fail(`changed unforeseen at ${new Date(ms).toISOString()}`);
      if (flip === null) return;
      flips += 1;
      expect(flip.getTime()).toBeGreaterThan(at.getTime());
      expect(holds(asked, subject, flip)).toBe(!today);
      expect(holds(asked, subject, new Date(flip.getTime() - 1))).toBe(today);
    }),
    { numRuns: 800 },
  );
  expect(flips).toBeGreaterThan(160);
});

test("the full verdict's root is what holds says, and a group's truth follows from its members", () => {
  fc.assert(
    fc.property(story, ([at, asked, subject]) => {
      const verdict = evaluate(asked, subject, at);
      expect(verdict.truth).toBe(holds(asked, subject, at));
      if ("not" in asked) expect(verdict.children.map((c) => c.truth)).toEqual([!verdict.truth]);
      if ("all" in asked) expect(verdict.children).toHaveLength(asked.all.length);
    }),
    { numRuns: 200 },
  );
});

test("a month after 31 March at ten is the first of May: 30 April minus a month is still 30 March", () => {
  const year = new Date().getUTCFullYear();
  const bought: FactSeen = {
    id: "f1",
    name: "order.placed",
    occurred_at: new Date(Date.UTC(year, 2, 31, 10)),
    payload: {},
  };
  const ana: Subject = { id: "ana", fields: {}, facts: [bought], related: {} };
  const recent: Condition = { fact: "order.placed", within: { last: { n: 1, unit: "month" } } };
  expect(nextFlip(recent, ana, bought.occurred_at)).toEqual(new Date(Date.UTC(year, 4, 1)));
  expect(nextFlip(recent, ana, new Date(Date.UTC(year, 4, 1)))).toBeNull();
});

test("30 and 31 May minus a month are both 30 April, so what left the window at five is in it again at midnight", () => {
  const year = new Date().getUTCFullYear();
  const ana: Subject = { id: "ana", fields: { seen_at: new Date(Date.UTC(year, 3, 30, 5)) }, facts: [], related: {} };
  const recent: Condition = { field: "seen_at", op: "within_last", value: { n: 1, unit: "month" } };
  const gone = nextFlip(recent, ana, new Date(Date.UTC(year, 4, 29)));
  expect(gone).toEqual(new Date(Date.UTC(year, 4, 30, 5)));
  const back = nextFlip(recent, ana, gone!);
  expect(back).toEqual(new Date(Date.UTC(year, 4, 31)));
  expect(nextFlip(recent, ana, back!)).toEqual(new Date(Date.UTC(year, 4, 31, 5)));
});

test("a fact dated tomorrow is not seen before tomorrow", () => {
  const today = new Date();
  const tomorrow = shift(today, { n: 1, unit: "day" });
  const ana: Subject = {
    id: "ana",
    fields: {},
    facts: [{ id: "f1", name: "order.placed", occurred_at: tomorrow, payload: {} }],
    related: {},
  };
  expect(holds({ fact: "order.placed" }, ana, today)).toBe(false);
  expect(nextFlip({ fact: "order.placed" }, ana, today)).toEqual(tomorrow);
});
