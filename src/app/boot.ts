import { sql } from "kysely";
import { z } from "zod";
import { endpoint, type Api } from "#kernel/endpoint";
import { currencyCodes } from "#kernel/money";
import { lenses, listLenses, stageChoices, type Lens } from "#customers";
import { mayWith, permissionsOf, type Caller, type PermissionTable } from "#platform/auth";
import { verbs, type Ctx } from "#platform/context";
import { openApi, routesOf } from "#platform/http";
import {
  commonFields,
  describedFor,
  ownObjectsFor,
  recordTypes,
  searchRecords,
  type ObjectDescription,
} from "#records";
import { ownDocument } from "./own-document.ts";
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
const plainRoutes = { "live.stream": "GET /live", "imports.create": "POST /imports", "files.add": "POST /files" };

interface Detail {
  field: string;
  type: "text" | "number" | "money" | "boolean" | "datetime";
}

/** What each kind of fact tells beside having happened: its texts, figures and dates; ids and lists are left out, nobody asks for them. */
function factDetails(): { name: FactName; label: string; details: Detail[] }[] {
  return (Object.keys(vocabulary) as FactName[]).map((name) => {
    const shape = z.toJSONSchema(vocabulary[name].payload, { io: "input", unrepresentable: "any" }) as Shape;
    const details = Object.entries(shape.properties ?? {}).flatMap(([field, part]): Detail[] => {
      const type = typeOf(field, part);
      return type ? [{ field, type }] : [];
    });
    return { name, label: vocabulary[name].label, details };
  });
}

interface Shape {
  type?: string;
  format?: string;
  anyOf?: Shape[];
  properties?: Record<string, Shape>;
}
// Amounts are whole numbers of minor units beside their currency.
const isAmount = /(^|_)amount$/;
const figures = new Set(["integer", "number"]);

function typeOf(field: string, part: Shape): Detail["type"] | undefined {
  const { type, format } = part.anyOf?.find((one) => one.type !== "null") ?? part;
  if (type === "boolean") return "boolean";
  if (type !== undefined && figures.has(type)) return isAmount.test(field) ? "money" : "number";
  if (type !== "string" || format === "uuid") return undefined;
  return format === "date-time" || format === "date" ? "datetime" : "text";
}

/** The first question of every browser: who am I, what is there, where is it. */
export function bootApi(options: {
  version: string;
  apis: () => Readonly<Record<string, Api>>;
  permissions: PermissionTable;
  identify: (visitor: unknown) => Promise<Caller | null>;
  isFirstRun: () => Promise<boolean>;
}) {
  let document: unknown;
  let facts: { items: ReturnType<typeof factDetails> } | undefined;
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
        const own = await ownObjectsFor(ctx);
        const ofOwn = own.flatMap((o) => verbs.map((verb) => `${o.plural}.${verb}`)).filter((p) => mayWith(options.permissions)(ctx, p)); // prettier-ignore
        const permissions = [...permissionsOf(options.permissions, ctx), ...ofOwn];
        return {
          ...base,
          routes: {
            ...base.routes,
            ...Object.fromEntries(own.map((o) => [`exports.${o.plural}`, `GET /${o.plural}/export`])),
          },
          state: "signed-in",
          me: { id: ctx.actor.id, name: ctx.actor.name, email: ctx.person?.email ?? null, role: ctx.role },
          workspace,
          permissions,
          objects: await Promise.all(
            [...recordTypes().map((t) => t.object), ...own]
              .filter((o) => permissions.includes(`${o.plural}.read`))
              .map(async (o) => {
                const { retired: _retired, ...object } = await describedFor(ctx, o);
                return { ...object, fields: [...object.fields, ...commonFields] };
              }),
          ),
          facts: (Object.keys(vocabulary) as FactName[]).map((name) => ({
            name,
            label: vocabulary[name].label,
            stage: stageOf(name),
          })),
        };
      },
    }),
    vocabulary: endpoint({
      route: "GET /facts",
      may: "timeline.read",
      summary: "The kinds of facts and what each tells, as conditions may ask for it",
      input: z.object({}),
      run: () => (facts ??= { items: factDetails() }),
    }),
    document: endpoint({
      route: "GET /openapi.json",
      may: "public",
      summary: "This document; for whoever signs in or sends a key with the fields and objects of their company",
      input: z.object({}),
      run: async (visitor: unknown) => {
        document ??= openApi(options.apis(), options.version);
        const ctx = await options.identify(visitor);
        return ctx ? ownDocument(ctx, document) : document;
      },
    }),
  };
}

/** Search over all objects the caller may read. */
export const searchApi = (may: (ctx: Ctx, permission: string) => boolean) => ({
  search: endpoint({
    route: "GET /search",
    may: "signed-in",
    summary:
      "Search all records by beginnings of words in any order, telephone and document numbers; of words typed wrong, by what was meant",
    input: z.object({ q: z.string().max(200) }),
    output: z.object({
      items: z.array(
        z.object({
          object: z.string(),
          id: z.string(),
          title: z.string(),
          subtitle: z.string().nullable(),
          match: z.enum(["exact", "begins", "like"]),
        }),
      ),
      words: z.array(z.string()),
    }),
    run: (ctx: Ctx, { q }) => searchRecords(ctx, q, (plural) => may(ctx, `${plural}.read`)),
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
