import { basename, join } from "node:path";
import type { Ctx } from "#platform/context";
import { noteImport, startImport } from "./ledger.ts";
import { lookAt } from "./look.ts";
import { measure } from "#platform/files";

// The CDNOW sample, which ships with Rondo.
const path = join(import.meta.dirname, "../../../examples/cdnow/CDNOW_sample.txt");

/** Imports the example that ships with Rondo: 6,919 purchases of 2,357 customers in 1997 and 1998. Answers import and job. */
export async function startExample(ctx: Ctx): Promise<{ import_id: string; job_id: string }> {
  const found = await noteImport(ctx, { object: "orders", file_name: basename(path), path, ...(await measure(path)) });
  const { format, mapping } = await lookAt(ctx, found);
  const job_id = await startImport(
    ctx,
    found.id,
    { format, mapping, options: { group_by: "row", shop: "cdnow" } },
    "orders",
  );
  return { import_id: found.id, job_id };
}
