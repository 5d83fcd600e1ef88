import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { seal, unseal, valueOf, workspaceKey, type Ask, type PageAnswer, type PublicPage } from "#platform/pages";
import { cleanText } from "#records";
import { actOnStep } from "./act.ts";
import { stepsOf, type OnboardingRow, type StepRow } from "./onboarding.ts";
import { isSettled } from "./progress.ts";
import { startPage, type Wrong } from "./page-views.ts";

/*
 * What a customer meets at /start/{token}: their steps and ours. GET changes nothing; a button marks one of their steps done, an answer
 * answers one. A forged, cut or unknown link, and a step of ours, are answered alike.
 */
const answerAtMost = 2000; // characters

export interface Showing extends OnboardingRow {
  intro: string | null;
  who: string;
  steps: StepRow[];
}

async function shownBy(ctx: Ctx, ask: Ask): Promise<Showing> {
  const id = unseal(ctx, "start", ask.params.token ?? "");
  const { rows } = await sql<Omit<Showing, "steps">>`
    select o.*, p.intro, c.name as who from onboardings o join onboarding_plans p on p.id = o.plan_id join contacts c on c.id = o.contact_id
     where o.id = ${id && /^[0-9a-f-]{36}$/.test(id) ? id : null} and o.deleted_at is null and c.deleted_at is null`.execute(ctx.db); // prettier-ignore
  if (!rows[0]) throw new Refused("not-found", "onboarding.link-unknown", "This link opens nothing. Please check that you copied all of it, or ask us for a new one."); // prettier-ignore
  return { ...rows[0], steps: await stepsOf(ctx, rows[0].id) };
}

const pathOf = (ctx: Ctx, id: string): string => `/p/${workspaceKey(ctx)}/start/${seal(ctx, "start", id)}`;

async function read(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const showing = await shownBy(ctx, ask);
  return startPage(ctx, showing, pathOf(ctx, showing.id));
}

async function mark(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const showing = await shownBy(ctx, ask);
  const at = pathOf(ctx, showing.id);
  const step = showing.steps.find((s) => s.key === ask.params.key && s.owner === "customer" && s.kind !== "fact");
  if (!step) throw new Refused("not-found", "onboarding.step-unknown", "There is no such step.");
  // Whoever pressed twice, or looks at an old page, sees how it stands.
  if (showing.status === "ended" || isSettled(step) || step.state === "blocked") return { redirect: at };
  const answer = cleanText(valueOf(ask, "answer").slice(0, answerAtMost * 4));
  const wrong = step.kind === "answer" ? wrongWith(step.key, answer) : null;
  if (wrong) return { ...startPage(ctx, showing, at, wrong), status: 422 };
  try {
    await actOnStep(asCustomer(ctx, showing), showing.id, step.key, { act: "done", answer: answer || undefined }, "customer"); // prettier-ignore
  } catch (thrown) {
    // Of two presses at once the second finds it settled.
    if (!(thrown instanceof Refused) || thrown.kind !== "conflict") throw thrown;
  }
  return { redirect: at };
}

const asCustomer = (ctx: Ctx, { contact_id, who }: Showing): Ctx => ({
  ...ctx,
  actor: { ...ctx.actor, id: contact_id, name: who },
});

function wrongWith(key: string, answer: string): Wrong | null {
  if (answer === "") return { key, answer, words: "Please write an answer." };
  return answer.length > answerAtMost ? { key, answer, words: "Please keep it to 2,000 letters." } : null;
}

/** The page of a customer's first steps. */
export const startPages: readonly PublicPage[] = [
  { route: "GET /start/{token}", run: read },
  { route: "POST /start/{token}/steps/{key}", run: mark },
];
