import { sql } from "kysely";
import { z } from "zod";
import { endpoint, type Api } from "#kernel/endpoint";
import { currencyCodes } from "#kernel/money";
import { lenses, listLenses, stageChoices, type Lens } from "#customers";
import { permissionsOf, type Caller, type PermissionTable } from "#platform/auth";
import type { Ctx } from "#platform/context";
import { openApi, routesOf } from "#platform/http";
import { commonFields, recordTypes, searchRecords, type ObjectDescription } from "#records";
import { stageOf, vocabulary, type CycleStage, type FactName } from "#timeline";

export interface Boot {
  state: "first-run" | "signed-out" | "signed-in";
  version: string;
  routes: Record<string, string>;
  currencies: string[];
  me?: { id: string | null; name: string; email: string | null; role: string };
  workspace?: Omit<Ctx["workspace"], "schema">;
  objects?: (ObjectDescription & { fields: unknown })[];
  permissions?: string[];
  stages: typeof stageChoices;
  lenses: readonly Lens[];
  facts?: { name: string; label: string; stage: CycleStage }[];
}

// Uploads and streams, which no endpoint can express; told so that the browser knows they are here.
const plainRoutes = { "live.stream": "GET /live", "imports.create": "POST /imports" };

/** The first question of every browser: who am I, what is there, where is it. */
export function bootApi(options: {
  version: string;
  apis: () => Readonly<Record<string, Api>>;
  permissions: PermissionTable;
  identify: (visitor: unknown) => Promise<Caller | null>;
  isFirstRun: () => Promise<boolean>;
}) {
  let document: unknown;
  return {
    boot: endpoint({
      route: "GET /boot",
      may: "public",
      summary: "Who is asking and what there is",
      internal: true,
      input: z.object({}),
      run: async (visitor: unknown): Promise<Boot> => {
        const ctx = await options.identify(visitor);
        const base = {
          version: options.version,
          routes: { ...routesOf(options.apis()), ...plainRoutes },
          currencies: currencyCodes(),
          stages: stageChoices,
          lenses: ctx ? await listLenses(ctx) : lenses,
        };
        if (!ctx) return { ...base, state: (await options.isFirstRun()) ? "first-run" : "signed-out" };
        const { schema: _, ...workspace } = ctx.workspace;
        const permissions = permissionsOf(options.permissions, ctx.role);
        return {
          ...base,
          state: "signed-in",
          me: { id: ctx.actor.id, name: ctx.actor.name, email: ctx.person?.email ?? null, role: ctx.role },
          workspace,
          permissions,
          objects: recordTypes()
            .filter((t) => permissions.includes(`${t.object.plural}.read`))
            .map((t) => ({ ...t.object, fields: [...t.object.fields, ...commonFields] })),
          facts: (Object.keys(vocabulary) as FactName[]).map((name) => ({
            name,
            label: vocabulary[name].label,
            stage: stageOf(name),
          })),
        };
      },
    }),
    document: endpoint({
      route: "GET /openapi.json",
      may: "public",
      summary: "This document",
      input: z.object({}),
      run: () => (document ??= openApi(options.apis(), options.version)),
    }),
  };
}

/** Search over all objects the caller may read. */
export const searchApi = (may: (ctx: Ctx, permission: string) => boolean) => ({
  search: endpoint({
    route: "GET /search",
    may: "signed-in",
    summary: "Search all records",
    input: z.object({ q: z.string().max(200) }),
    output: z.object({
      items: z.array(
        z.object({ object: z.string(), id: z.string(), title: z.string(), subtitle: z.string().nullable() }),
      ),
    }),
    run: async (ctx: Ctx, { q }) => ({ items: await searchRecords(ctx, q, (plural) => may(ctx, `${plural}.read`)) }),
  }),
});

/** Whether the consumers keep up: facts not yet taken, by consumer. */
export const statusApi = {
  consumers: endpoint({
    route: "GET /status/consumers",
    may: "jobs.read",
    summary: "How far the consumers of the timeline are",
    input: z.object({}),
    run: async (ctx: Ctx) => {
      const { rows } = await sql<{ name: string; facts_seen: number; behind: boolean; failure: string | null }>`
        select c.name, c.facts_seen, c.failure, exists (select from facts f where (f.epoch, f.tx, f.seq) > (c.epoch, c.tx, c.seq)) as behind
          from consumers c order by c.name`.execute(ctx.db);
      return { items: rows };
    },
  }),
};
