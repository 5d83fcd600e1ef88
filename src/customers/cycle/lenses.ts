import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import type { Tone } from "#records";
import type { Ctx } from "#platform/context";
import type { Stage } from "../stage.ts";
import { checkLens, type Lens, type Step } from "./lens.ts";

const step = (key: string, name: string, tone: Tone, stages: readonly Stage[], acts?: Step["acts"]): Step => ({
  key,
  name,
  tone,
  stages,
  ...(acts ? { acts } : {}),
});
const quiet = ["at_risk", "lapsed"] as const;

/** The textbooks' drawings of the cycle; a workspace starts with all of them and may change each. */
export const lenses: readonly Lens[] = [
  {
    key: "seven_stages",
    name: "Seven stages",
    steps: [
      step("identification", "Identification", "violet", ["identified", "subscriber"]),
      step("acquisition", "Acquisition", "blue", ["lead", "opportunity"]),
      step("onboarding", "Onboarding", "teal", ["customer"]),
      step("engagement", "Engagement", "green", ["active"]),
      step("retention", "Retention", "indigo", [...quiet, "won_back"]),
      step("loyalty", "Loyalty", "amber", ["loyal"]),
      step("advocacy", "Advocacy", "pink", ["advocate"]),
    ],
  },
  {
    key: "six_steps",
    name: "Six-step service cycle",
    steps: [
      step("asks", "Customer asks", "violet", ["identified", "subscriber", "lead", "opportunity"]),
      step("provided", "Provided", "blue", ["customer"]),
      step("paid", "Paid", "teal", ["active"]),
      step("felt", "Asked how they feel", "green", quiet, ["survey.sent", "survey.answered"]),
      step("improved", "Improvement acted on", "pink", [], ["improvement.announced"]),
      step("repeats", "Repeats", "amber", ["won_back", "loyal", "advocate"]),
    ],
  },
  {
    key: "four_departments",
    name: "Marketing, sales, product, support",
    steps: [
      step("marketing", "Marketing", "violet", ["identified", "subscriber", "lead"]),
      step("sales", "Sales", "blue", ["opportunity"]),
      step("product", "Product", "teal", ["customer", "active", "loyal", "advocate"]),
      step("support", "Support", "green", [...quiet, "won_back"]),
    ],
  },
  {
    key: "five_stages",
    name: "Five stages",
    steps: [
      step("targeting", "Identification & targeting", "violet", ["identified", "subscriber"]),
      step("acquisition", "Acquisition", "blue", ["lead", "opportunity", "customer"]),
      step("retention", "Retention", "teal", ["active", ...quiet, "won_back"]),
      step("development", "Development", "amber", ["loyal", "advocate"]),
      step("feedback", "Feedback & analysis", "pink", [], ["survey.sent", "survey.answered", "improvement.announced"]),
    ],
  },
  {
    key: "four_stages",
    name: "Four stages",
    steps: [
      step("attraction", "Attraction", "violet", ["identified", "subscriber"]),
      step("acquisition", "Acquisition", "blue", ["lead", "opportunity", "customer"]),
      step("retention", "Retention", "green", ["active", ...quiet, "won_back"]),
      step("loyalty", "Loyalty", "amber", ["loyal", "advocate"]),
    ],
  },
  {
    key: "three_components",
    name: "Understanding, enriching, improving",
    steps: [
      step("understanding", "Understanding", "violet", ["identified", "subscriber", "lead"]),
      step("enriching", "Enriching", "teal", ["opportunity", "customer", "active", "loyal", "advocate"]),
      step("improving", "Improving", "pink", [...quiet, "won_back"], ["survey.answered", "improvement.announced"]),
    ],
  },
  {
    key: "life_cycle",
    name: "Customer life cycle",
    steps: [
      step("reach", "Reach", "violet", ["identified"]),
      step("acquisition", "Acquisition", "blue", ["subscriber", "lead"]),
      step("conversion", "Conversion", "teal", ["opportunity", "customer"]),
      step("retention", "Retention", "green", ["active", ...quiet, "won_back"]),
      step("loyalty", "Loyalty", "amber", ["loyal", "advocate"]),
    ],
  },
];

/** Gives a workspace the lenses it has not yet; changed ones stay as they are. */
export const seedLenses = async (ctx: Ctx): Promise<void> =>
  void (await sql`
    insert into lenses (key, name, steps, position)
    select r.key, r.name, r.steps, r.position from json_to_recordset(${JSON.stringify(lenses.map((l, position) => ({ ...l, position })))}::json)
        as r(key text, name text, steps jsonb, position int) on conflict do nothing`.execute(ctx.db));

/** All lenses of the workspace in their order. */
export async function listLenses(ctx: Ctx): Promise<Lens[]> {
  const { rows } = await sql<Lens>`select key, name, steps, version from lenses order by position, key`.execute(ctx.db);
  return rows.length > 0 ? rows : lenses.map((lens) => ({ ...lens, version: 1 }));
}

/** The lens of that key. */
export async function findLens(ctx: Ctx, key: string): Promise<Lens> {
  const lens = (await listLenses(ctx)).find((l) => l.key === key);
  if (!lens) throw notFound("lens");
  return lens;
}

/** Changes a lens; refused when it would not place every customer in exactly one step, or when somebody changed it since the version seen. */
export async function changeLens(
  ctx: Ctx,
  key: string,
  { version, ...change }: { name: string; steps: readonly Step[]; version: number },
): Promise<Lens> {
  checkLens(change);
  await seedLenses(ctx);
  const { rows } = await sql<Lens>`
    update lenses set name = ${change.name}, steps = ${JSON.stringify(change.steps)}, version = version + 1
     where key = ${key} and version = ${version} returning key, name, steps, version`.execute(ctx.db);
  if (rows[0]) return rows[0];
  await findLens(ctx, key);
  throw new Refused(
    "stale",
    "lens.stale",
    "Somebody changed this lens since you opened it. Look at it and change it again.",
  );
}
