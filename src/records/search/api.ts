import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { typeNamed } from "../custom/described.ts";
import { noteVisit } from "./visits.ts";

export const searchesApi = {
  note: endpoint({
    route: "POST /visits",
    may: "signed-in",
    summary: "Remember that you opened a record, so that search shows it first",
    input: z.object({ object: z.string().max(80), id: z.uuid() }),
    status: 204,
    run: async (ctx: Ctx, { object, id }) => {
      const type = await typeNamed(ctx, object);
      if (!type) throw notFound("object");
      await noteVisit(ctx, type.object, id);
    },
  }),
};
