import type { FastifyInstance, FastifyRequest } from "fastify";
import { sql } from "kysely";
import { isId } from "#kernel/id";
import { Refused, notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { frame } from "#platform/pages";
import { mailOf } from "./mail.ts";
import { drawQuestion } from "./pages.ts";
import type { SurveyRow } from "./survey.ts";

export interface PreviewOptions {
  identify: (request: FastifyRequest) => Promise<Ctx | null>;
  may: (ctx: Ctx, permission: string) => boolean;
}

// No script, nothing that can be sent, an origin of its own.
const policy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"; // prettier-ignore
const nobody = "00000000-0000-7000-8000-000000000000";

/** What a survey's mail says, and its page, to look at: the links of it lead nowhere. */
export async function previewOf(ctx: Ctx, id: string): Promise<{ subject: string; text: string; mail: string; page: string }> {
  const { rows } = await sql<SurveyRow>`select * from surveys where id = ${id}`.execute(ctx.db);
  const survey = rows[0];
  if (!survey) throw notFound("survey");
  const { subject, text, html } = mailOf(ctx, { id: nobody, kind: survey.kind, question: survey.question });
  const body = drawQuestion(ctx, { ...survey, answer: null }, { score: survey.kind === "nps" ? 9 : 4 });
  return { subject, text, mail: html, page: frame(ctx, { title: survey.question, body }, "preview") };
} // prettier-ignore

/** GET /surveys/{id}/preview?as=mail|page: the mail, or the page, for a frame. An endpoint answers JSON; this answers what customers see. */
export function previewRoute(app: FastifyInstance, { identify, may }: PreviewOptions): void {
  app.get("/api/v1/surveys/:id/preview", async (request, reply) => {
    const ctx = await identify(request);
    if (!ctx) throw new Refused("unauthenticated", "signed-out", "Please sign in, or send an API key.");
    if (!may(ctx, "surveys.read"))
      throw new Refused("forbidden", "not-allowed", `Your role (${ctx.role}) may not do this.`);
    const { id } = request.params as { id: string };
    if (!isId(id)) throw notFound("survey");
    const { mail, page } = await previewOf(ctx, id);
    reply.header("content-security-policy", policy).header("x-frame-options", "SAMEORIGIN");
    return reply.type("text/html; charset=utf-8").send((request.query as { as?: string }).as === "page" ? page : mail);
  });
}
