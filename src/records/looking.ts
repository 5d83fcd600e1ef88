import { z } from "zod";
import { conditionSchema } from "#kernel/condition";
import { endpoint, type Api } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { jsonParam } from "./endpoints.ts";
import { describedFor, objectsFor } from "./custom/described.ts";
import { checkFilter } from "./filter.ts";
import { groupsOf } from "./groups/groups.ts";
import { ownDescription } from "./custom/own.ts";
import type { ObjectDescription } from "./object.ts";
import { recordTypes } from "./registry.ts";
import { whyOf } from "./why/why.ts";

const line: z.ZodType = z.object({
  text: z.string(),
  truth: z.boolean(),
  evidence: z.array(z.uuid()),
  children: z.array(z.unknown()).meta({ description: "The lines below it, alike." }),
});

/** What a list offers beside its pages: its records in groups with sums, and why one of them is in it. */
function lookingEndpoints(object: ObjectDescription, may: string) {
  const at: `/${string}` = `/${object.plural.replaceAll("_", "-")}`;
  return {
    groups: endpoint({
      route: `GET ${at}/groups`,
      may,
      summary: `${object.label_plural} by the values of a field, with counts and sums`,
      input: z.object({
        filter: jsonParam(conditionSchema).optional(),
        q: z.string().max(200).optional(),
        by: z
          .string()
          .max(130)
          .regex(/^[a-z][a-z0-9_.]*(:(day|month))?$/, "This is no field."),
        sums: z
          .string()
          .max(800)
          .transform((v) => v.split(",").filter(Boolean))
          .optional(),
      }),
      output: z.object({
        groups: z.array(
          z.object({
            key: z.string().nullable(),
            title: z.string().nullable(),
            count: z.number(),
            sums: z.record(z.string(), z.record(z.string(), z.number())),
            filter: conditionSchema,
          }),
        ),
        group_count: z.number(),
        count: z.number(),
        exact: z.boolean(),
      }),
      run: async (ctx: Ctx, { filter, q, by, sums }) => {
        if (filter) checkFilter(filter, await describedFor(ctx, object), await objectsFor(ctx));
        return groupsOf(ctx, object, { by, q, ...(filter ? { filter } : {}), ...(sums ? { sums } : {}) });
      },
    }),
    why: endpoint({
      route: `GET ${at}/{id}/why`,
      may,
      summary: `Why a ${object.label.toLowerCase()} meets a condition, or does not`,
      input: z.object({ id: z.uuid(), filter: jsonParam(conditionSchema) }),
      output: z.object({
        in: z.boolean(),
        trashed: z.boolean(),
        tree: line,
        evidence: z.array(z.object({ id: z.uuid(), name: z.string(), occurred_at: z.unknown() })),
      }),
      run: (ctx: Ctx, { id, filter }) => whyOf(ctx, object, id, filter),
    }),
  };
}

/**
 * Groups and reasons for every object whose records are listed, with the permission of its list, so that no list can lack them; an
 * object that answers "why" itself (why somebody is in a segment) goes on to do so.
 */
export function lookingApis(apis: Readonly<Record<string, Api>>): { groups: Api; why: Api } {
  const lists = new Map(Object.values(apis).flatMap((api) => Object.values(api).map((e) => [e.route, e.may] as const)));
  const all = recordTypes().flatMap(({ object }) => {
    const may = lists.get(`GET /${object.plural.replaceAll("_", "-")}`);
    return may ? [[object.plural, lookingEndpoints(object, may)] as const] : [];
  });
  return {
    groups: Object.fromEntries(all.map(([plural, api]) => [plural, api.groups])),
    why: Object.fromEntries(
      all.filter(([, api]) => !lists.has(api.why.route)).map(([plural, api]) => [plural, api.why]),
    ),
  };
}

// What is asked and told is the same for all objects; which of those made here is asked about, the address says.
const words = { label: "Record of an object of your own", label_plural: "Records of an object of your own" };
const own = ownDescription({ ...words, id: "", key: "own", title_label: "Name", retired_at: null, version: 1 });

/** Groups and reasons of objects made here. */
export function lookingAtOwn(objectOf: (ctx: Ctx, key: string) => Promise<ObjectDescription>) {
  const may = "custom.read";
  const { groups, why } = lookingEndpoints(own, may);
  const which = { object: z.string().max(60) };
  return {
    groups: endpoint({
      route: "GET /custom/{object}/groups",
      may,
      summary: groups.summary,
      input: groups.input.extend(which),
      output: groups.output!,
      run: async (ctx: Ctx, { object, ...asked }) =>
        lookingEndpoints(await objectOf(ctx, object), may).groups.run(ctx, asked),
    }),
    why: endpoint({
      route: "GET /custom/{object}/{id}/why",
      may,
      summary: why.summary,
      input: why.input.extend(which),
      output: why.output!,
      run: async (ctx: Ctx, { object, ...asked }) =>
        lookingEndpoints(await objectOf(ctx, object), may).why.run(ctx, asked),
    }),
  };
}
