import { z } from "zod";
import { fact, id, text } from "../fact.ts";

const verdictWords = {
  worked: "worked",
  no_effect: "had no effect",
  worse: "made it worse",
  too_early: "is not decided yet",
} as const;

const surveyKind = z.enum(["nps", "csat"]);

/** What they tell us, and what we made of it. */
export const learn = {
  "survey.sent": fact(
    "was asked in a survey",
    z.object({ survey: text, survey_id: id.optional(), invitation_id: id.optional(), kind: surveyKind.optional() }),
    (d) => `was asked “${d.survey}”`,
  ),
  "survey.held": fact(
    "was not asked in a survey, and why",
    z.object({ survey: text, survey_id: id, invitation_id: id, kind: surveyKind, code: text, reason: text }),
    (d) => `was not asked “${d.survey}”: ${d.reason}`,
  ),
  "survey.answered": fact(
    "answered a survey",
    z.object({
      survey: text,
      score: z.int().min(0).max(10),
      comment: text.optional(),
      survey_id: id.optional(),
      response_id: id.optional(),
      invitation_id: id.optional(),
      kind: surveyKind.optional(),
      /** What it was about, where it was about one. */
      order_id: id.nullish(),
      product_id: id.nullish(),
    }),
    (d) => `answered “${d.survey}”: ${d.score}${d.comment ? `, “${d.comment}”` : ""}`,
  ),
  "survey.commented": fact(
    "said more about an answer",
    z.object({ survey: text, survey_id: id, response_id: id, comment: text }),
    (d) => `said more about “${d.survey}”: “${d.comment}”`,
  ),
  "insight.found": fact(
    "something was learnt about customers",
    z.object({ insight_id: id, title: text, people: z.int() }),
    (d) => `insight “${d.title}”, about ${d.people} ${d.people === 1 ? "customer" : "customers"}`,
  ),
  "insight.joined": fact(
    "belongs to an insight by what they raised",
    z.object({ insight_id: id, title: text, theme: text.nullish() }),
    (d) => `added to the insight “${d.title}”`,
  ),
  "improvement.started": fact(
    "an improvement started",
    z.object({
      improvement_id: id,
      title: text,
      insight_id: id.nullish(),
      design: z.enum(["randomised", "before_after"]),
    }),
    (d) => `improvement “${d.title}” started`,
  ),
  "improvement.measured": fact(
    "an improvement was measured",
    z.object({
      improvement_id: id,
      title: text,
      insight_id: id.nullish(),
      /** Null when the split of the people is broken: nothing can be said then. */
      verdict: z.enum(["worked", "no_effect", "worse", "too_early"]).nullable(),
      /** How many were compared with how many. */
      n: z.tuple([z.int(), z.int()]),
    }),
    (d) =>
      `improvement “${d.title}” ${d.verdict === null ? "stopped: the split is broken" : verdictWords[d.verdict]} (n = ${d.n[0]} against ${d.n[1]})`,
  ),
  "improvement.announced": fact(
    "heard of an improvement they asked for",
    z.object({ title: text, improvement_id: id.optional(), insight_id: id.nullish() }),
    (d) => `heard that we improved: ${d.title}`,
  ),
  "step.turned-down": fact(
    "what was recommended as the next step was turned down",
    z.object({ title: text, reason: text }),
    (d) => `“${d.title}” was turned down as the next step`,
  ),
  "step.recommended-again": fact(
    "what was turned down as the next step is recommended again",
    z.object({ title: text }),
    (d) => `“${d.title}” is recommended again`,
  ),
} as const;
