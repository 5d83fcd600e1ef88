import { sql } from "kysely";
import { newId } from "#kernel/id";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Role, type Tx } from "#platform/context";
import { enqueue } from "#platform/jobs";
import { whoAsks } from "../bulk/asked.ts";
import type { Mapping } from "./mapping.ts";
import type { TableFormat } from "./read/index.ts";
import { forgetAll } from "./staging.ts";

/** An uploaded file and what became of it; `state` is its job's, "uploaded" before it has one. */
export interface Import {
  id: string;
  object: string;
  file_name: string;
  path: string;
  bytes: number;
  sha256: string;
  /** What was told about the file when it was read. */
  notes: string[];
  format: TableFormat | null;
  mapping: Mapping | null;
  options: Record<string, unknown> | null;
  job_id: string | null;
  created_by: string | null;
  created_at: Date;
  state: "uploaded" | "queued" | "running" | "paused" | "done" | "failed" | "cancelled";
  done: number;
  total: number | null;
  failed: number;
  reason: string | null;
  result: Record<string, unknown> | null;
}

const shown = sql`
  select i.*, coalesce(j.state, 'uploaded') as state, coalesce(j.done, 0) as done, j.total, coalesce(j.failed, 0) as failed, j.reason, j.result
    from imports i left join jobs j on j.id = i.job_id`;

// Whoever leads sees every import; others see their own, with its failed rows.
const leads = new Set<Role>(["owner", "admin", "manager"]);
const seen = (ctx: Ctx) => (leads.has(ctx.role) ? sql`true` : sql`i.created_by = ${ctx.actor.id}`);

/** The import of that id, for whoever imported it or leads. */
export async function findImport(ctx: Ctx, id: string): Promise<Import> {
  const { rows } = await sql<Import>`${shown} where i.id = ${id} and ${seen(ctx)}`.execute(ctx.db);
  if (!rows[0]) throw notFound("import");
  return rows[0];
}

/** The newest imports first. */
export async function listImports(ctx: Ctx, limit: number): Promise<Import[]> {
  const { rows } =
    await sql<Import>`${shown} where ${seen(ctx)} order by i.created_at desc, i.id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

/** Notes an uploaded file. */
export async function noteImport(
  ctx: Ctx,
  file: Pick<Import, "object" | "file_name" | "path" | "bytes" | "sha256"> & { id?: string; notes?: readonly string[] },
): Promise<Import> {
  const id = file.id ?? newId();
  await sql`insert into imports (id, object, file_name, path, bytes, sha256, notes, created_by, created_at)
            values (${id}, ${file.object}, ${file.file_name}, ${file.path}, ${file.bytes}, ${file.sha256}, ${JSON.stringify(file.notes ?? [])}, ${ctx.actor.id}, ${ctx.clock()})`.execute(
    ctx.db,
  );
  return findImport(ctx, id);
}

const open = ["queued", "running", "paused"];

/** Starts the import as a job; refused while one of its jobs is open. Answers the job's id. */
export const startImport = (
  ctx: Ctx | Tx,
  id: string,
  how: { format: TableFormat; mapping: Mapping; options: unknown },
  what: string,
): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const found = await lockImport(tx, id);
    if (open.includes(found.state))
      throw new Refused("conflict", "import.running", "This file is already being imported.", {
        detail: { job_id: found.job_id },
      });
    const job = await enqueue(tx, {
      kind: "import",
      title: `Import ${what} from ${found.file_name}`,
      input: { import_id: id, ...whoAsks(tx) },
    });
    await sql`update imports set job_id = ${job}, format = ${JSON.stringify(how.format)}, mapping = ${JSON.stringify(how.mapping)},
                     options = ${JSON.stringify(how.options ?? {})} where id = ${id}`.execute(tx.db);
    return job;
  });

/** Forgets an import, its failed rows and its place in the list; what it created stays. Refused while it runs. */
export const forgetImport = (ctx: Ctx, id: string): Promise<Import> =>
  inTransaction(ctx, async (tx) => {
    const found = await lockImport(tx, id);
    if (open.includes(found.state))
      throw new Refused("conflict", "import.running", "This file is being imported: cancel the job first.", {
        detail: { job_id: found.job_id },
      });
    await forgetAll(tx, id);
    await sql`delete from imports where id = ${id}`.execute(tx.db);
    return found;
  });

async function lockImport(tx: Tx, id: string): Promise<Import> {
  await sql`select from imports where id = ${id} for update`.execute(tx.db);
  return findImport(tx, id);
}
