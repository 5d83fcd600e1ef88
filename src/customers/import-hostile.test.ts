import { sql } from "kysely";
import { expect, test } from "vitest";
import { moveJob, findJob } from "#platform/jobs";
import { databaseForTest } from "../../test/database.ts";
import { failuresCsv } from "../records/import/failures.ts";
import { findImport } from "../records/import/ledger.ts";
import { imported, started, uploaded, work } from "../records/import/importing-for-tests.ts";
import "./import.ts";

test("binary rubbish far down in a file costs its rows, never the import", async () => {
  const ctx = (await databaseForTest()).ctx();
  const filler = "x".repeat(190);
  const good = Array.from(
    { length: 6_000 },
    (_, i) => `${i + 1},Person ${i + 1},person${i + 1}@x.example,${filler}\n`,
  ).join("");
  const { job, counts, failures, import_id } = await imported(
    ctx,
    "contacts",
    `id,name,email,city\n${good}7001,Nu\0l,nul@x.example,Bonn\n7002,Last,last@x.example,Bonn\n`,
  );
  expect(job).toMatchObject({ state: "done", reason: null });
  expect(counts).toMatchObject({ created: 6_001 });
  expect(failures).toEqual(["row 6002, column name: the cell holds binary data, not text"]);
  let csv = "";
  for await (const piece of failuresCsv(ctx, await findImport(ctx, import_id))) csv += String(piece);
  expect(csv).toContain("7001,Nul,nul@x.example,Bonn,6002,");
});

test("a letter of two units is never cut in half", async () => {
  const ctx = (await databaseForTest()).ctx();
  const address = `${"a".repeat(59)}😀 is no address`;
  const given = "G".repeat(100);
  const family = `${"F".repeat(98)}😀`;
  const { job, counts, failures } = await imported(
    ctx,
    "contacts",
    `id,given_name,family_name,email\n1,Ana,Ruiz,${address}\n2,${given},${family},\n`,
  );
  expect(job).toMatchObject({ state: "done", reason: null });
  expect(counts).toMatchObject({ created: 1 });
  expect(failures).toEqual([`row 2, column email: '${"a".repeat(59)}' is not an e-mail address`]);
  const { rows } = await sql<{ name: string }>`select name from contacts`.execute(ctx.db);
  expect(rows).toEqual([{ name: `${given} ${"F".repeat(98)}` }]);
});

test("an import that was cancelled and begun anew is not taken up again by its first job", async () => {
  const ctx = (await databaseForTest()).ctx();
  const file = await uploaded(ctx, "contacts", "id,name\n1,Ana Ruiz\n2,Bo Lind\n");
  const first = await started(ctx, file);
  await moveJob(ctx, first, "cancel");
  const second = await started(ctx, file);
  await moveJob(ctx, first, "retry");
  await work(ctx);
  expect(await findJob(ctx, first)).toMatchObject({
    state: "failed",
    reason: "This file is being imported by a later job.",
  });
  expect(await findJob(ctx, second)).toMatchObject({ state: "done", result: { created: 2 } });
});
