import type { Ctx } from "#platform/context";
import { escapeHtml } from "#platform/mail";
import { pageUrl, seal } from "#platform/pages";
import type { Invitation } from "./decide.ts";
import { scaleOf, type Kind } from "./survey.ts";
import { languageOf } from "./words.ts";

type Linking = Pick<Ctx, "outside" | "workspace">;

/** The page of an invitation; with a score it is chosen there already, and still not recorded. */
export const surveyUrl = (ctx: Linking, id: string, score?: number): string =>
  pageUrl(ctx, `/s/${seal(ctx, "survey", id)}${score === undefined ? "" : `?score=${score}`}`);

/** All scores of a scale, the lowest first. */
export function scoresOf(kind: Kind): number[] {
  const [least, most] = scaleOf(kind);
  return Array.from({ length: most - least + 1 }, (_, i) => least + i);
}

type Asking = Pick<Invitation, "id" | "kind" | "question">;

/** The mail: the question, and each score as a link. */
export function mailOf(ctx: Linking, i: Asking, { again = false } = {}): { subject: string; text: string; html: string } {
  const { name, locale } = ctx.workspace;
  const words = languageOf(locale);
  const [low, high] = words.ends[i.kind];
  const [least, most] = scaleOf(i.kind);
  const urlOf = (score: number): string => surveyUrl(ctx, i.id, score);
  const subject = again ? words.reminder(i.question) : i.question;
  const ends = `${least}: ${low}, ${most}: ${high}`;
  const link = (score: number): string =>
    `<a href="${escapeHtml(urlOf(score))}" style="display:inline-block;min-width:20px;padding:10px;margin:0 4px 6px 0;border:1px solid #71717a;border-radius:6px;color:#1f1d2b;text-align:center;text-decoration:none;font-weight:600">${score}</a>`;
  return {
    subject,
    text: [subject, ends, ...scoresOf(i.kind).toReversed().map((s) => `${s}  ${urlOf(s)}`), words.mailFoot(name)].join("\n\n"),
    html: `<!doctype html><html lang="${escapeHtml(locale)}"><head><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(subject)}</title></head><body style="font:16px/1.5 system-ui,sans-serif;color:#1f1d2b;background:#ffffff;max-width:36rem;margin:0 auto;padding:24px"><p style="color:#6b6880;margin:0 0 16px">${escapeHtml(name)}</p><p style="font-size:20px;font-weight:600;line-height:1.3;margin:0 0 16px">${escapeHtml(i.question)}</p><p style="margin:0 0 4px">${scoresOf(i.kind).map(link).join("")}</p><p style="color:#6b6880;font-size:13px;margin:0 0 24px">${escapeHtml(ends)}</p><p style="color:#6b6880;font-size:13px">${escapeHtml(words.mailFoot(name))}</p></body></html>`,
  };
} // prettier-ignore
