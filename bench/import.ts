import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { from as copyFrom } from "pg-copy-streams";
import { newId } from "#kernel/id";
import { measure } from "#platform/files";
import { createLog } from "#platform/log";
import { findJob, workOnce } from "#platform/jobs";
import { modules } from "../src/app/modules.ts";
import { noteImport } from "../src/records/import/ledger.ts";
import { seeded } from "./generate.ts";
import type { House } from "./house.ts";
import { costOf, figureOf, type Figure } from "./measure.ts";
import type { Scale } from "./scale.ts";

/** A file of contacts through the real import job, duplicate check and history included; against COPY of the same rows into contacts. */
export async function importFigures(house: House, scale: Scale): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "rondo-bench-import-"));
  try {
    const rows = rowsOf(scale.importedRows);
    const limit = await costOf(house.database, () => copyRows(house, rows));
    const path = join(folder, "contacts.csv");
    await writeFile(path, `Id,Name,E-mail,Country,City\n${rows.map((r) => r.join(",")).join("\n")}\n`);
    const start = await readied(house, path);
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const ours = await costOf(house.database, start).finally(() => clearInterval(watch));
    const name = { figure: "import of contacts", against: "COPY of the same rows into contacts", reach: 2 };
    return [
      figureOf(name, ours, limit, {
        rows: rows.length,
        rows_per_second: Math.round((rows.length / ours.wall) * 1000),
        more_memory_mb: Math.round((most - before) / 2 ** 20),
      }),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Row = [id: string, name: string, email: string, country: string, city: string];

function rowsOf(n: number): Row[] {
  const random = seeded(17);
  const run = newId();
  return Array.from({ length: n }, (_, i) => [
    `${run}-${i}`,
    `Import ${Math.floor(random() * 1e6)} Person`,
    `p${i}.${run}@import.example`,
    "Germany",
    `Town ${i % 500}`,
  ]);
}

/** COPY ends the limit's rows with another e-mail, as an address belongs to one contact. */
async function copyRows(house: House, rows: readonly Row[]): Promise<void> {
  const client = await house.database.client(house.ctx.workspace.schema);
  try {
    const stream = client.query(copyFrom("copy contacts (id, name, email, country, city, source) from stdin"));
    await pipeline(
      Readable.from(
        rows.map(
          ([, name, email, country, city]) => `${newId()}\t${name}\tcopy.${email}\t${country}\t${city}\tbench\n`,
        ),
      ),
      stream,
    );
  } finally {
    client.release();
  }
}

/** Uploads, looks and starts as the wizard does; answers the work of the worker. */
async function readied(house: House, path: string): Promise<() => Promise<void>> {
  const { id } = await noteImport(house.ctx, {
    object: "contacts",
    path,
    file_name: "contacts.csv",
    ...(await measure(path)),
  });
  const look = JSON.parse(await house.post(`/imports/${id}/look`, {})) as {
    format: unknown;
    mapping: unknown;
    options: unknown;
  };
  const { job_id } = JSON.parse(
    await house.post(`/imports/${id}/start`, { format: look.format, mapping: look.mapping, options: look.options }),
  ) as { job_id: string };
  const jobs = modules.flatMap((m) => m.jobs ?? []);
  return async () => {
    while (await workOnce(house.ctx, jobs, createLog("error")));
    const job = await findJob(house.ctx, job_id);
    if (job.state !== "done" || job.failed > 0)
      throw new Error(
        `the import ended ${job.state}: ${job.reason}; ${job.failed} of ${(await stat(path)).size} bytes failed`,
      );
  };
}
