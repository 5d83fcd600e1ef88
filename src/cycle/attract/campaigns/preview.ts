import type { FastifyInstance, FastifyRequest } from "fastify";
import { Refused } from "#kernel/refusal";
import { isId } from "#kernel/id";
import type { Ctx } from "#platform/context";
import { mailFor } from "./commands.ts";

export interface PreviewOptions {
  identify: (request: FastifyRequest) => Promise<Ctx | null>;
  may: (ctx: Ctx, permission: string) => boolean;
}

// The mail's own page: no script, no form, an origin of its own, so that whatever stands in it reaches nothing of ours. Pictures may load.
const policy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: http: data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

/** GET /campaigns/{id}/preview: the mail as a contact would get it, for a frame. An endpoint answers JSON; this answers the mail itself. */
export function previewRoute(app: FastifyInstance, { identify, may }: PreviewOptions): void {
  app.get("/api/v1/campaigns/:id/preview", async (request, reply) => {
    const ctx = await identify(request);
    if (!ctx) throw new Refused("unauthenticated", "signed-out", "Please sign in, or send an API key.");
    if (!may(ctx, "campaigns.read"))
      throw new Refused("forbidden", "not-allowed", `Your role (${ctx.role}) may not do this.`);
    const { id } = request.params as { id: string };
    const contact = (request.query as { contact_id?: string }).contact_id ?? null;
    if (!isId(id) || (contact !== null && !isId(contact)))
      throw new Refused("not-found", "campaign.not-found", "There is no such campaign.");
    const { written } = await mailFor(ctx, id, contact);
    reply.header("content-security-policy", policy).header("x-frame-options", "SAMEORIGIN");
    return reply.type("text/html; charset=utf-8").send(written.html);
  });
}
