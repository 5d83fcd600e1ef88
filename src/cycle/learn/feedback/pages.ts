import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { html, pageUrl, valueOf, type Ask, type Html, type PageAnswer, type PublicPage } from "#platform/pages";
import { cleanText } from "#records";
import { answer, askedBy, commentAtMost, type Asked } from "./answer.ts";
import { scoresOf } from "./mail.ts";
import { isLow, scaleOf } from "./survey.ts";
import { languageOf } from "./words.ts";

type Shown = Pick<Asked, "kind" | "question" | "follow_up" | "answer">;
interface Typed {
  score?: number | null;
  comment?: string;
  wrong?: string;
}

/** The page of a question: the scale with a score chosen already when the link said so, and room for words. Works without a script. */
export function drawQuestion(ctx: Pick<Ctx, "workspace">, shown: Shown, typed: Typed = {}): Html {
  const words = languageOf(ctx.workspace.locale);
  const [low, high] = words.ends[shown.kind];
  const [least, most] = scaleOf(shown.kind);
  const choice = (score: number): Html =>
    html`<label class="choice"><input type="radio" name="score" value="${score}" required ${typed.score === score && html`checked`} /><span>${score}</span></label>`;
  return html`<div class="card">
    <h1>${shown.question}</h1>
    ${typed.wrong && html`<p class="wrong" role="alert">${typed.wrong}</p>`}
    <form method="post">
      <fieldset>
        <legend>${words.choose}</legend>
        <p class="quiet small">${least}: ${low} · ${most}: ${high}</p>
        <div class="scale">${scoresOf(shown.kind).map(choice)}</div>
      </fieldset>
      ${drawComment(ctx, shown, typed.comment ?? "", typed.wrong !== undefined)}
      <button type="submit">${words.send}</button>
      <p class="quiet small">${words.pressSend}</p>
    </form>
  </div>`;
} // prettier-ignore

function drawComment(ctx: Pick<Ctx, "workspace">, shown: Shown, comment: string, wrong: boolean): Html {
  const words = languageOf(ctx.workspace.locale);
  return html`<div class="field">
    <label for="comment">${shown.follow_up} <span class="quiet small">(${words.optional})</span></label>
    <textarea id="comment" name="comment" rows="4" maxlength="${commentAtMost}" placeholder="${words.ownWords}" ${wrong && html`autofocus`}>${comment}</textarea>
  </div>`;
} // prettier-ignore

function drawThanks(ctx: Ctx, asked: Asked, typed: Typed = {}): Html {
  const words = languageOf(ctx.workspace.locale);
  const { score, comment } = asked.answer!;
  return html`<div class="card">
    <h1>${words.thanks}</h1>
    <p class="good" role="status">${words.kept} ${words.youAnswered(score, scaleOf(asked.kind)[1])}</p>
    ${isLow(asked.kind, score) && html`<p>${words.sorry}</p>`}
    ${typed.wrong && html`<p class="wrong" role="alert">${typed.wrong}</p>`}
    <form method="post">
      <p class="quiet">${words.mayAdd}</p>
      ${drawComment(ctx, asked, typed.comment ?? comment ?? "", false)}
      <button type="submit" class="plain">${words.save}</button>
    </form>
  </div>`;
} // prettier-ignore

const scoreIn = (text: string): number | null => (/^\d{1,2}$/.test(text) ? Number(text) : null);

/** GET: whoever follows the link, a mail gateway too, changes nothing. */
async function show(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const asked = await askedBy(ctx, ask.params.token ?? "");
  const score = scoreIn(ask.query.score ?? "");
  return {
    title: asked.answer ? languageOf(ctx.workspace.locale).thanks : asked.question,
    body: asked.answer ? drawThanks(ctx, asked) : drawQuestion(ctx, asked, { score }),
  };
}

async function take(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const token = ask.params.token ?? "";
  const asked = await askedBy(ctx, token);
  const [score, comment] = [scoreIn(valueOf(ask, "score")), cleanText(valueOf(ask, "comment"))];
  const words = languageOf(ctx.workspace.locale);
  const again = (wrong: string): PageAnswer => {
    const typed = { score, comment, wrong };
    return { title: asked.question, status: 422, body: asked.answer ? drawThanks(ctx, asked, typed) : drawQuestion(ctx, asked, typed) }; // prettier-ignore
  };
  if (comment.length > commentAtMost) return again(words.tooLong(commentAtMost));
  try {
    await answer(ctx, token, { score, comment });
  } catch (error) {
    if (error instanceof Refused && error.code === "survey.score") return again(error.message);
    throw error;
  }
  return { redirect: new URL(pageUrl(ctx, `/s/${token}`)).pathname };
}

export const surveyPages: readonly PublicPage[] = [
  { route: "GET /s/{token}", run: show },
  { route: "POST /s/{token}", limit: { burst: 30, per_seconds: 600 }, run: take },
];
