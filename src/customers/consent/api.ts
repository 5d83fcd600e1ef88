import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { notFound } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import { logConsents } from "./log.ts";
import { bases, channels, purposes } from "./purpose.ts";
import { consentsOfContact } from "./read.ts";

const byId = z.object({ id: z.uuid() });

export const consentsApi = {
  of: endpoint({
    route: "GET /contacts/{id}/consents",
    may: "contacts.read",
    summary: "What a contact has agreed to, since when, in which words, and every answer before",
    input: byId,
    run: (ctx: Ctx, { id }) => consentsOfContact(ctx, id),
  }),
  say: endpoint({
    route: "POST /contacts/{id}/consents",
    may: "contacts.update",
    summary: "Note by hand what a contact said about consent, with the reason",
    input: byId.extend({
      purpose: z.enum(purposes),
      channel: z.enum(channels).default("email"),
      status: z.enum(["given", "withdrawn"]),
      basis: z.enum(bases).default("consent"),
      reason: z.string().trim().min(3, "Say how you know, so that others can prove it later.").max(500),
    }),
    run: (ctx: Ctx, { id, status, reason, ...said }) =>
      inTransaction(ctx, async (tx) => {
        const source = tx.actor.kind === "key" ? "API" : "by hand";
        const logged = await logConsents(tx, status, [{ ...said, contact_id: id, source, evidence: reason }]);
        if (logged.size === 0) throw notFound("contact");
        return consentsOfContact(tx, id);
      }),
  }),
};
export type ConsentsApi = typeof consentsApi;
