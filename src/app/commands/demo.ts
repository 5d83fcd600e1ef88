import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { findJob, workOnce, type Job } from "#platform/jobs";
import { createLog } from "#platform/log";
import { consumeOnce } from "#timeline";
import { chooseWorkspace, connect, migrateWorkspace, outsideOf, systemCtx } from "../database.ts";
import { loadSample, wipeSample } from "../demo/order.ts";
import { modules } from "../modules.ts";
import { optionsOf, quiet } from "./options.ts";

const acts = { load: loadSample, wipe: (ctx: Ctx) => wipeSample(ctx) };
const isAct = (word: string | undefined): word is keyof typeof acts => word !== undefined && word in acts;
// A running Rondo takes a job within half a second; after this long without one, this process does the work.
const waitMs = 2_000;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** demo load [--customers N] | wipe, [--workspace NAME]: loads (all of it, or a part) or wipes the sample company, with or without a running Rondo, and prints what came of it. */
export async function demo(args: string[]): Promise<void> {
  const { words, options } = optionsOf(args, ["workspace", "customers"]);
  const act = words[0];
  if (!isAct(act)) throw new Refused("invalid", "usage", "Use: demo load [--customers N] | wipe [--workspace NAME]");
  const part = options.customers === undefined ? {} : { customers: Number(options.customers) };
  if (part.customers !== undefined && !(Number.isInteger(part.customers) && part.customers > 0))
    throw new Refused("invalid", "usage", "--customers takes a whole number of at least 1.");
  const { config, log } = quiet();
  const open = await connect(config, log, { join: true });
  try {
    const workspace = await chooseWorkspace(open.database, options.workspace);
    await migrateWorkspace(open.database, workspace.schema);
    const ctx = systemCtx(open.database, await outsideOf(open.database, config, log), workspace, "demo");
    for (const m of modules) await m.onStart?.(ctx);
    const { job_id } = await acts[act](ctx, part);
    const job = await seeThrough(ctx, job_id);
    if (job.state !== "done")
      throw new Refused(
        "conflict",
        "demo.stopped",
        `The job ended ${job.state}: ${job.reason ?? "somebody stopped it."}`,
      );
    await catchUp(ctx);
    process.stdout.write(
      act === "load" ? await figures(ctx) : `\nThe sample company is gone; your own records are as they were.\n`,
    );
  } finally {
    await open.close();
  }
}

/** Waits for the job's end, showing how far it is; does the work here when nobody takes it. */
async function seeThrough(ctx: Ctx, id: string): Promise<Job> {
  const kinds = modules.flatMap((m) => m.jobs ?? []);
  const asked = Date.now();
  let shown = "";
  let working: Promise<boolean> | null = null;
  for (;;) {
    const job = await findJob(ctx, id);
    const line = `${job.title}: ${job.done}${job.total === null ? "" : ` of ${job.total}`} customers`;
    if (line !== shown) process.stdout.write(`${(shown = line)}\n`);
    if (["done", "failed", "cancelled", "paused"].includes(job.state)) {
      await working;
      return job;
    }
    if (job.state === "queued" && !working && Date.now() - asked > waitMs)
      working = workOnce(ctx, kinds, createLog("warn")).finally(() => (working = null));
    await pause(250);
  }
}

/** Lets the consumers take what was told, together with those of a running Rondo. */
async function catchUp(ctx: Ctx): Promise<void> {
  for (const consumer of modules.flatMap((m) => m.consumers ?? [])) {
    process.stdout.write(`Following the facts: ${consumer.name}\n`);
    for (;;) {
      if ((await consumeOnce(ctx, consumer)) > 0) continue;
      const { rows } = await sql<{ behind: boolean }>`
        select exists (select from facts f where (f.epoch, f.tx, f.seq) > (c.epoch, c.tx, c.seq)) as behind from consumers c where c.name = ${consumer.name}`.execute(
        ctx.db,
      );
      if (!rows[0]?.behind) break;
      await pause(200);
    }
  }
}

async function figures(ctx: Ctx): Promise<string> {
  const { rows } = await sql<{ stage: string; n: number }>`
    select c.lifecycle_stage as stage, count(*)::int as n from contacts c where exists (select from external_ids e where e.record_id = c.id and e.system = 'sample') group by 1 order by 2 desc`.execute(
    ctx.db,
  );
  const { rows: sums } = await sql<{ object: string; n: number }>`
    select object || 's' as object, count(*)::int as n from external_ids where system = 'sample' group by 1 order by 1`.execute(
    ctx.db,
  );
  const lines = [
    ...sums.map((s) => [s.object, s.n] as const),
    ["", ""] as const,
    ...rows.map((r) => [r.stage.replace("_", " "), r.n] as const),
  ];
  return `\n${lines.map(([what, n]) => `${String(n).padStart(8)}  ${what}`.trimEnd()).join("\n")}\n`;
}
