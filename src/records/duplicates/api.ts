import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { inTransaction, type Ctx } from "#platform/context";
import { enqueue } from "#platform/jobs";
import type { RecordType } from "../registry.ts";
import { mergeKind, unmergeKind } from "./bulk.ts";
import { findKind } from "./find.ts";
import { likenessOf } from "./likeness.ts";
import { decidePair, openPairs, pairCounts } from "./pairs.ts";
import { changeRule, rulesOf } from "./rules.ts";

const pair = z.object({ a: z.uuid(), b: z.uuid() });
const queued = z.object({ job_id: z.uuid() });
const rule = z.string().max(40);

/** Finding duplicates of an object's records, deciding on them one by one or by rule. */
export function duplicateEndpoints({ object }: RecordType) {
  const at: `/${string}` = `/${object.plural.replaceAll("_", "-")}`;
  const many = object.label_plural.toLowerCase();
  const job = (ctx: Ctx, kind: string, title: string, input: Record<string, unknown>): Promise<{ job_id: string }> =>
    inTransaction(ctx, async (tx) => ({
      job_id: await enqueue(tx, { kind, title, input: { object: object.name, ...input } }),
    }));
  return {
    likeness: endpoint({
      route: `POST ${at}/likeness`,
      may: `${object.plural}.create`,
      summary: `Records that may be the one with these values; of one you may not see only whose it is`,
      input: z.object({ values: z.record(z.string().max(80), z.unknown()), except: z.uuid().optional() }),
      run: async (ctx: Ctx, { values, except }) => ({ items: await likenessOf(ctx, object.name, values, except) }),
    }),
    duplicates: endpoint({
      route: `GET ${at}/duplicates`,
      may: `${object.plural}.read`,
      summary: `Pairs of ${many} that may be one, the surest first, with how many wait by rule`,
      input: z.object({
        limit: z.coerce.number().int().min(1).max(200).default(50),
        after: z
          .string()
          .regex(/^[\d.]{1,8},[0-9a-f-]{36},[0-9a-f-]{36}$/, "Send score,a,b of the last pair.")
          .transform((v) => v.split(",") as [string, string, string])
          .optional(),
      }),
      run: async (ctx: Ctx, { limit, after }) => ({
        items: await openPairs(ctx, object.name, limit, after && { score: Number(after[0]), a: after[1], b: after[2] }),
        counts: await pairCounts(ctx, (plural) => plural === object.plural),
        rules: (await rulesOf(ctx)).filter((r) => r.object === object.name),
      }),
    }),
    dismiss: endpoint({
      route: `POST ${at}/duplicates/dismiss`,
      may: `${object.plural}.update`,
      summary: `Say that two ${many} are not the same`,
      input: pair,
      status: 204,
      run: (ctx: Ctx, input) => decidePair(ctx, object.name, input, "dismissed"),
    }),
    reopen: endpoint({
      route: `POST ${at}/duplicates/reopen`,
      may: `${object.plural}.update`,
      summary: `Let a pair of ${many} wait for a decision again`,
      input: pair,
      status: 204,
      run: (ctx: Ctx, input) => decidePair(ctx, object.name, input, "open"),
    }),
    findDuplicates: endpoint({
      route: `POST ${at}/duplicates/find`,
      may: `${object.plural}.update`,
      summary: `Look through all ${many} for duplicates, as a job`,
      input: z.object({}),
      output: queued,
      status: 202,
      run: (ctx: Ctx) => job(ctx, findKind, `Look for duplicate ${many}`, {}),
    }),
    mergeByRule: endpoint({
      route: `POST ${at}/duplicates/merge`,
      may: `${object.plural}.delete`,
      summary: `Merge every pair of ${many} that a rule found, as a job that can be undone`,
      input: z.object({ rule }),
      output: queued,
      status: 202,
      run: (ctx: Ctx, input) => job(ctx, mergeKind, `Merge duplicate ${many}`, input),
    }),
    unmergeJob: endpoint({
      route: `POST ${at}/duplicates/unmerge`,
      may: `${object.plural}.delete`,
      summary: `Undo all merges of a job, as a job`,
      input: queued,
      output: queued,
      status: 202,
      run: (ctx: Ctx, input) => job(ctx, unmergeKind, `Undo the merging of ${many}`, input),
    }),
    duplicateRule: endpoint({
      route: `PUT ${at}/duplicates/rules/{rule}`,
      may: `${object.plural}.delete`,
      summary: `Turn a rule for duplicate ${many} on or off, and say how alike names must be (0 to 1)`,
      input: z.object({
        rule,
        active: z.boolean(),
        threshold: z.number().min(0).max(1),
        version: z.int("Send the version you saw."),
      }),
      status: 204,
      run: (ctx: Ctx, input) => changeRule(ctx, { object: object.name, ...input }),
    }),
  };
}
