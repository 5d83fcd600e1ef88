import { z } from "zod";
import { fact, text } from "../fact.ts";

/** What they tell us, and what we made of it. */
export const learn = {
  "survey.sent": fact("was asked in a survey", z.object({ survey: text }), (d) => `was asked “${d.survey}”`),
  "survey.answered": fact(
    "answered a survey",
    z.object({ survey: text, score: z.int().min(0).max(10), comment: text.optional() }),
    (d) => `answered “${d.survey}”: ${d.score}${d.comment ? `, “${d.comment}”` : ""}`,
  ),
  "improvement.announced": fact(
    "heard of an improvement they asked for",
    z.object({ title: text }),
    (d) => `heard that we improved: ${d.title}`,
  ),
} as const;
