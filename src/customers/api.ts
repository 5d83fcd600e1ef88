import { z } from "zod";
import { conditionSchema } from "#kernel/condition";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import {
  checkFilter, creatingEndpoints, describedFor, factReader, jsonParam, listRecords, objectsFor, duplicateEndpoints, mergingEndpoints, recordEndpoints, registerNarrowing, type RecordType,
} from "#records"; // prettier-ignore
import { chainOf, factCounts, factNouns, isFactName, kindsOf, type CycleStage } from "#timeline";
import { accountType } from "./account.ts";
import { contactType } from "./contact.ts";
import { lensSchema } from "./cycle/lens.ts";
import { changeLens, listLenses } from "./cycle/lenses.ts";
import { movedSchema, onlyMoved } from "./cycle/moved.ts";
import { flowOf } from "./cycle/flow.ts";
import { ringOf } from "./cycle/ring.ts";
import { moveByHand } from "./lifecycle/move.ts";
import { previewRules } from "./lifecycle/rebuild.ts";
import { rulesSchema } from "./lifecycle/rule.ts";
import { applyRules, currentRules, rulesOfVersion, ruleVersions } from "./lifecycle/rules.ts";
import { lifecycleOf, timelineWithWhy } from "./lifecycle/why.ts";
import { stageChoices, stages, subjects, type SubjectKind } from "./stage.ts";

const cycleStages = [
  "attract",
  "convert",
  "deliver",
  "engage",
  "grow",
  "learn",
] as const satisfies readonly CycleStage[];
const byId = z.object({ id: z.uuid() });

/** What any record has, and a list that also knows who moved on in the ring. */
function customerRecordEndpoints(kind: SubjectKind, type: RecordType) {
  const records = recordEndpoints(type);
  const ask = jsonParam(movedSchema);
  registerNarrowing(type.object.name, { name: "moved", schema: ask, only: (ctx, moved) => onlyMoved(ctx, kind, moved as z.output<typeof ask>) }); // prettier-ignore
  return {
    ...records,
    list: endpoint({
      ...records.list,
      input: records.list.input.extend({
        moved: ask
          .optional()
          .describe("Only who moved on from a step toward the next in a period, as a link of GET /ring counts them."),
      }),
      run: async (ctx: Ctx, { moved, ...query }) => {
        if (query.filter) checkFilter(query.filter, await describedFor(ctx, type.object), await objectsFor(ctx));
        if (!moved) return listRecords(ctx, type.object, query);
        // Counted to the end unless said otherwise: the list has to show the number that opened it.
        return listRecords(ctx, type.object, { count: "exact", ...query, only: await onlyMoved(ctx, kind, moved) });
      },
    }),
  };
}

/** What contacts and accounts have beyond any record: a timeline, a lifecycle, a move by hand. */
function customerEndpoints(kind: SubjectKind) {
  const at = `/${kind}s` as const;
  return {
    timeline: endpoint({
      route: `GET ${at}/{id}/timeline`,
      may: "timeline.read",
      summary: `What happened to the ${kind}, newest first`,
      input: byId.extend({
        cursor: z.string().max(500).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
        stage: z.enum(cycleStages).optional(),
        names: z
          .string()
          .max(4000)
          .transform((v) => v.split(","))
          .pipe(z.array(z.string().refine(isFactName, "There is no such kind of fact.")).max(200))
          .optional()
          .describe("Only these kinds of facts, separated by commas."),
      }),
      run: (ctx: Ctx, { id, cursor, limit, stage, names }) =>
        timelineWithWhy(ctx, kind === "contact" ? { contact_id: id } : { account_id: id }, {
          cursor,
          limit,
          names: names ?? (stage && kindsOf(stage)),
          reader: factReader(ctx),
        }),
    }),
    counts: endpoint({
      route: `GET ${at}/{id}/timeline/counts`,
      may: "timeline.read",
      summary: `How often each kind of fact happened to the ${kind}`,
      input: byId,
      run: (ctx: Ctx, { id }) =>
        factCounts(ctx, kind === "contact" ? { contact_id: id } : { account_id: id }, factReader(ctx)),
    }),
    chain: endpoint({
      route: `GET ${at}/{id}/chain`,
      may: "timeline.read",
      summary: `How a record hangs together with others on the ${kind}'s timeline: the facts it came of, and what came of it`,
      input: byId.extend({ noun: z.enum(factNouns), record: z.uuid() }),
      run: (ctx: Ctx, { id, noun, record }) =>
        chainOf(ctx, kind === "contact" ? { contact_id: id } : { account_id: id }, noun, record, factReader(ctx)),
    }),
    why: endpoint({
      route: `GET ${at}/{id}/lifecycle`,
      may: `${kind}s.read`,
      summary: `Where the ${kind} stands in the lifecycle, and why`,
      input: byId,
      run: (ctx: Ctx, { id }) => lifecycleOf(ctx, kind, id),
    }),
    move: endpoint({
      route: `POST ${at}/{id}/move`,
      may: `${kind}s.update`,
      summary: `Move the ${kind} in the lifecycle by hand, with a reason`,
      input: byId.extend({
        to: z.enum(stages),
        reason: z.string().trim().min(3, "Say why, so that others understand it later.").max(500),
      }),
      run: async (ctx: Ctx, { id, to, reason }) => {
        await moveByHand(ctx, { kind, id }, to, reason);
        return lifecycleOf(ctx, kind, id);
      },
    }),
  };
}

export const contactsApi = {
  ...customerRecordEndpoints("contact", contactType),
  ...creatingEndpoints(contactType),
  ...mergingEndpoints(contactType),
  ...duplicateEndpoints(contactType),
  ...customerEndpoints("contact"),
};
export type ContactsApi = typeof contactsApi;

export const accountsApi = {
  ...customerRecordEndpoints("account", accountType),
  ...creatingEndpoints(accountType),
  ...mergingEndpoints(accountType),
  ...duplicateEndpoints(accountType),
  ...customerEndpoints("account"),
};
export type AccountsApi = typeof accountsApi;

const rulesInput = z.object({ rules: rulesSchema });

export const lifecycleApi = {
  rules: endpoint({
    route: "GET /lifecycle/rules",
    may: "lifecycle.read",
    summary: "The lifecycle rules that decide now, or an earlier version of them",
    input: z.object({ version: z.coerce.number().int().min(1).optional() }),
    run: async (ctx: Ctx, { version }) => ({
      ...(await rulesOfVersion(ctx, version ?? (await currentRules(ctx)).version)),
      stages: stageChoices,
    }),
  }),
  versions: endpoint({
    route: "GET /lifecycle/versions",
    may: "lifecycle.read",
    summary: "All versions of the lifecycle rules, newest first",
    input: z.object({}),
    run: async (ctx: Ctx) => ({ items: await ruleVersions(ctx) }),
  }),
  preview: endpoint({
    route: "POST /lifecycle/preview",
    may: "lifecycle.update",
    summary: "What rules would change; more than 5,000 contacts are counted by a job",
    input: rulesInput,
    run: (ctx: Ctx, { rules }) => previewRules(ctx, rules),
  }),
  apply: endpoint({
    route: "PUT /lifecycle/rules",
    may: "lifecycle.update",
    summary: "Apply rules as the next version and tell every story anew",
    input: rulesInput.extend({ expected_version: z.int().min(1), note: z.string().trim().max(300).default("") }),
    status: 202,
    run: (ctx: Ctx, { rules, expected_version, note }) => applyRules(ctx, rules, expected_version, note),
  }),
};
export type LifecycleApi = typeof lifecycleApi;

export const lensesApi = {
  list: endpoint({
    route: "GET /lenses",
    may: "contacts.read",
    summary: "The drawings of the cycle",
    input: z.object({}),
    run: async (ctx: Ctx) => ({ items: await listLenses(ctx), default: ctx.workspace.lens }),
  }),
  change: endpoint({
    route: "PUT /lenses/{key}",
    may: "lifecycle.update",
    summary: "Change a drawing of the cycle; it must place every customer in exactly one step",
    input: lensSchema.extend({ key: z.string().max(60), version: z.int("Send the version you saw.") }),
    run: (ctx: Ctx, { key, ...lens }) => changeLens(ctx, key, lens),
  }),
};
export type LensesApi = typeof lensesApi;

const instant = z.iso
  .datetime({ offset: true, error: "An instant is written 2026-11-22T10:00:00Z." })
  .transform((v) => new Date(v));

export const ringApi = {
  get: endpoint({
    route: "GET /ring",
    may: "contacts.read",
    summary:
      "Where customers stand and where they went in a period, as the lens draws it; 90 days up to now unless said",
    input: z.object({
      lens: z.string().max(60).optional(),
      from: instant.optional(),
      until: instant.optional(),
      cohort: jsonParam(conditionSchema).optional(),
      subject: z.enum(subjects).default("contact"),
    }),
    run: (ctx: Ctx, { lens, cohort, subject, ...period }) => {
      const until = period.until ?? ctx.clock();
      return ringOf(ctx, {
        lens,
        cohort,
        subject,
        until,
        from: period.from ?? new Date(until.getTime() - 90 * 86_400_000),
      });
    },
  }),
  flow: endpoint({
    route: "GET /flow",
    may: "contacts.read",
    summary: "In which stage of the lifecycle everybody stood when a period began, and in which they stand at its end; 90 days up to now unless said",
    input: z.object({
      from: instant.optional(),
      until: instant.optional(),
      cohort: jsonParam(conditionSchema).optional(),
      subject: z.enum(subjects).default("contact"),
    }),
    run: (ctx: Ctx, { from, until = ctx.clock(), ...asked }) =>
      flowOf(ctx, { ...asked, until, from: from ?? new Date(until.getTime() - 90 * 86_400_000) }),
  }), // prettier-ignore
};
export type RingApi = typeof ringApi;
