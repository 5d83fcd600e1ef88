import type { Ctx } from "#platform/context";
import { html, type Html } from "#platform/pages";
import type { StepRow } from "./onboarding.ts";
import type { Showing } from "./pages.ts";
import { isSettled, percentOf } from "./progress.ts";

/** What was typed into a step's answer, and what is wrong with it. */
export interface Wrong {
  key: string;
  answer: string;
  words: string;
}

const lines = (text: string): Html => html`${text.split("\n").map((line, i) => [i > 0 ? html`<br />` : null, line])}`;
const dayOf = (ctx: Ctx, at: Date): string =>
  new Intl.DateTimeFormat(ctx.workspace.locale, { dateStyle: "long", timeZone: ctx.workspace.time_zone }).format(at);

/** The customer's page: what waits for them, then what we do. */
export function startPage(ctx: Ctx, showing: Showing, at: string, wrong?: Wrong) {
  const applies = showing.steps.filter((s) => s.state !== "not_applicable");
  const [theirs, ours] = [applies.filter((s) => s.owner === "customer"), applies.filter((s) => s.owner === "us")];
  const open = showing.status === "running" || showing.status === "stalled" || showing.status === "completed";
  const body = html`<div class="card">
      <h1><bdi>${showing.plan}</bdi></h1>
      ${showing.intro ? html`<p>${lines(showing.intro)}</p>` : null}
      <p><strong>${stand(showing)}</strong></p>
    </div>
    ${theirs.length > 0 ? html`<h2>Your steps</h2>${theirs.map((step) => cardOf(ctx, step, open ? at : null, showing.steps, wrong))}` : null}
    ${ours.length > 0 ? html`<h2>What we do for you</h2>${ours.map((step) => cardOf(ctx, step, null, showing.steps))}` : null}`; // prettier-ignore
  return { title: showing.plan, body };
}

function stand(showing: Showing): string {
  if (showing.status === "completed") return "All done. Thank you!";
  if (showing.status === "ended") return "This has ended. Please ask us if you want to go on.";
  return `${percentOf(showing.steps)} % done`;
}

function cardOf(ctx: Ctx, step: StepRow, at: string | null, all: readonly StepRow[], wrong?: Wrong): Html {
  return html`<section class="card" aria-labelledby="step-${step.key}">
      <p id="step-${step.key}"><strong><bdi>${step.title}</bdi></strong></p>
      <p class="quiet small">${standOf(ctx, step, all)}</p>
      ${step.help && !isSettled(step) ? html`<p>${lines(step.help)}</p>` : null}
      ${step.answer ? html`<p><bdi>${lines(step.answer)}</bdi></p>` : null}
      ${at && step.kind !== "fact" && (step.state === "ready" || step.state === "in_progress") ? formOf(step, at, wrong?.key === step.key ? wrong : undefined) : null}
    </section>
    <p></p>`; // prettier-ignore
}

const formOf = (step: StepRow, at: string, wrong: Wrong | undefined): Html => html`
  <form method="post" action="${at}/steps/${step.key}" novalidate>
    ${step.kind === "answer"
      ? html`<div class="field">
          <label for="answer-${step.key}">${step.question}</label>
          <textarea id="answer-${step.key}" name="answer" rows="3" maxlength="2000" required ${wrong ? html`aria-invalid="true" aria-describedby="wrong-${step.key}"` : null}>${wrong?.answer ?? ""}</textarea>
          ${wrong ? html`<p class="wrong" id="wrong-${step.key}">${wrong.words}</p>` : null}
        </div>`
      : null}
    <button aria-describedby="step-${step.key}">${step.kind === "answer" ? "Send the answer" : "Mark as done"}</button>
  </form>`; // prettier-ignore

function standOf(ctx: Ctx, step: StepRow, all: readonly StepRow[]): string {
  if (step.state === "done") return step.done_at ? `Done on ${dayOf(ctx, step.done_at)}` : "Done";
  if (step.state === "skipped") return "Not needed";
  const due = step.due_at ? `until ${dayOf(ctx, step.due_at)}` : "";
  if (step.state === "blocked") {
    const waits = all.filter((s) => step.depends_on.includes(s.key) && !isSettled(s)).map((s) => `“${s.title}”`);
    return `After ${waits.join(", ")}`;
  }
  if (step.kind === "fact") return ["Ticks itself off once it happens", due].filter(Boolean).join(", ");
  const doing = step.state === "in_progress" ? "We are on it" : "Open";
  return [doing, due].filter(Boolean).join(", ");
}
