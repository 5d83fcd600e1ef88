import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { aheadOf, year, type Ahead, type Model } from "./ahead.ts";
import { seesGoing, stillThere } from "./buying.ts";
import type { Test, Verdict } from "./learn.ts";
import { historiesOf, type Whose } from "./read.ts";

interface Kept {
  verdict: Verdict;
  customers: number;
  repeaters: number;
  model: Model | null;
  test: Test | null;
  learnt_at: Date;
}

export interface Prediction {
  /** "none": no order yet; "not-yet": nothing was learnt so far; "little" and "beaten" as the model's verdict: then nothing is said. */
  state: Verdict | "none" | "not-yet";
  /** Of the next 12 months, money in minor units of the workspace's currency; 80 of 100 such customers lie between low and high. */
  ahead: Ahead | null;
  /** The chance that they order ever again; null for who ordered once, of whom nobody can say, and for many people together. */
  still_there: number | null;
  learnt_from: number;
  learnt_at: string | null;
}

const newest = async (ctx: Ctx): Promise<Kept | undefined> =>
  (await sql<Kept>`select verdict, customers, repeaters, model, test, learnt_at from prediction_models where what = 'buying' order by learnt_at desc, id desc limit 1`.execute(ctx.db)).rows[0]; // prettier-ignore

/** What is expected of a customer in the next 12 months, by their orders up to now and the newest model; nothing where the model may not be believed. */
export async function predictionOf(ctx: Ctx, whose: Whose): Promise<Prediction> {
  const [kept, histories] = await Promise.all([newest(ctx), historiesOf(ctx, whose)]);
  const about = { ahead: null, still_there: null, learnt_from: kept?.customers ?? 0, learnt_at: kept?.learnt_at.toISOString() ?? null }; // prettier-ignore
  if (histories.length === 0) return { ...about, state: "none" };
  if (!kept) return { ...about, state: "not-yet" };
  const { model } = kept;
  if (!model || kept.verdict !== "good") return { ...about, state: kept.verdict };
  const [only] = histories.length === 1 ? histories : [];
  const there = only && only.again > 0 && seesGoing(model.buying) ? stillThere(model.buying, only) : null;
  return { ...about, state: "good", ahead: aheadOf(model, histories, Object.values(whose).join(), year), still_there: there }; // prettier-ignore
}

export interface ModelTold {
  state: Verdict | "not-yet";
  learnt_at: string | null;
  due_at: string | null;
  customers: number;
  repeaters: number;
  test: Test | null;
  /** Whether it can be said of customers that they are gone; null without a model. */
  sees_going: boolean | null;
  /** Between how often and how much customers order: the model takes it as none. */
  correlation: number | null;
  /** Earlier tests, the newest first, this one included. */
  tests: { learnt_at: string; verdict: Verdict; error: number; error_as_before: number; said: number; happened: number }[]; // prettier-ignore
}

/** The newest model, and how far it could be believed on the company's own past. */
export async function modelTold(ctx: Ctx): Promise<ModelTold> {
  const kept = await newest(ctx);
  const { rows: tests } = await sql<ModelTold["tests"][number]>`
    select learnt_at, verdict, (test ->> 'error')::float8 as error, (test ->> 'error_as_before')::float8 as error_as_before,
           (test ->> 'said')::float8 as said, (test ->> 'happened')::float8 as happened
      from prediction_models where what = 'buying' and test is not null order by learnt_at desc, id desc limit 8`.execute(
    ctx.db,
  );
  const { rows } = await sql<{ due_at: Date | null }>`select due_at from prediction_runs where what = 'buying'`.execute(ctx.db); // prettier-ignore
  return {
    state: kept?.verdict ?? "not-yet",
    learnt_at: kept?.learnt_at.toISOString() ?? null,
    due_at: rows[0]?.due_at?.toISOString() ?? null,
    customers: kept?.customers ?? 0,
    repeaters: kept?.repeaters ?? 0,
    test: kept?.test ?? null,
    sees_going: kept?.model ? seesGoing(kept.model.buying) : null,
    correlation: kept?.model?.spending.correlation ?? null,
    tests,
  };
}
