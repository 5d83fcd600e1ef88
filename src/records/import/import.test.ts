import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { sql } from "kysely";
import { createServer, mount } from "#platform/http";
import type { Ctx, Role } from "#platform/context";
import { findJob, moveJob } from "#platform/jobs";
import { databaseForTest } from "../../../test/database.ts";
import { importsApi } from "./api.ts";
import { registerImporter } from "./importer.ts";
import { imported, started, uploaded, work } from "./importing-for-tests.ts";
import { findImport } from "./ledger.ts";
import { lookAt } from "./look.ts";
import { uploadRoute } from "./route.ts";
import { recordOptions, stageRecords, valuesIn } from "./single.ts";

// The smallest importer there can be: change sets stand in for a module's own table.
let slow = async (): Promise<void> => {};
registerImporter({
  object: "notes",
  label: "Notes",
  fields: [
    { name: "text", label: "Text", type: "text", required: true, synonyms: ["text"] },
    { name: "at", label: "When", type: "datetime", synonyms: ["when"] },
    { name: "size", label: "Size", type: "decimal", synonyms: ["size"] },
  ],
  custom: false,
  options: recordOptions,
  check: () => [],
  stage: stageRecords((v) =>
    v.text === "nothing" ? { field: "text", code: "nothing", message: "this says nothing" } : `text ${v.text}`,
  ),
  async write(tx, _, rows) {
    await slow();
    const texts = rows.map((r) => String(valuesIn(r).text));
    await sql`insert into change_sets (id, actor_kind, actor_name, reason) select gen_random_uuid(), 'import', 'test', t from unnest(${texts}::text[]) t`.execute(
      tx.db,
    );
    return {
      counts: { notes: rows.length },
      failures: rows
        .filter((r) => valuesIn(r).text === "late")
        .map(({ row }) => ({ row, field: "text", code: "late", message: "too late" })),
    };
  },
  preview: (_, rows) => ({ items: rows.map((r) => ({ ...valuesIn(r) })), counts: { notes: rows.length } }),
  result: (c) => [{ key: "notes", label: "notes", count: c.notes ?? 0 }],
  created: (c) => c.notes ?? 0,
  tables: ["change_sets"],
});

const kept = async (ctx: Ctx): Promise<string[]> =>
  (
    await sql<{ reason: string }>`select reason from change_sets where reason is not null order by reason`.execute(
      ctx.db,
    )
  ).rows.map((r) => r.reason);

/** A server with the upload and the endpoints, for a person of that role; null is a stranger. */
async function serve(ctx: Ctx, role: Role | null = "manager", maxUploadBytes = 1_000_000) {
  const dataDir = mkdtempSync(join(tmpdir(), "rondo-uploads-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const app = await createServer({ trustProxy: false, maxUploadBytes, web: null });
  const identify = async () => (role ? { ...ctx, role } : null);
  const may = (who: Ctx): boolean => who.role !== "viewer";
  mount(app, { apis: { imports: importsApi }, identify, may, anonymous: () => null });
  uploadRoute(app, { identify, may, dataDir, config: { maxUploadBytes } });
  onTestFinished(() => app.close());
  const files = (): string[] => (existsSync(join(dataDir, "uploads")) ? readdirSync(join(dataDir, "uploads")) : []);
  const send = async (parts: Record<string, string | Buffer>, headers: Record<string, string> = {}) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(parts))
      form.append(name, typeof value === "string" ? value : new File([new Uint8Array(value)], "../../etc/notes.csv"));
    const body = new Response(form);
    const answer = await app.inject({
      method: "POST",
      url: "/api/v1/imports",
      headers: { "content-type": body.headers.get("content-type")!, ...headers },
      payload: Buffer.from(await body.arrayBuffer()),
    });
    return { status: answer.statusCode, body: answer.json<Record<string, never>>() as Record<string, unknown> };
  };
  return { app, send, files };
}

test("a file is uploaded, looked at, previewed and imported, and its failed rows come back as a file", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { app, send, files } = await serve(ctx);
  const csv = Buffer.from("\ufeffText;Size;Weird\none;1,5;=1+1\nnothing;2,5;-3\nlate;3,5;@x\ntwo;four;y\n");
  const up = await send({ object: "notes", file: csv });
  expect([up.status, up.body.file_name, up.body.problems, up.body.mapping]).toEqual([
    201,
    "notes.csv",
    [],
    { Text: { field: "text" } },
  ]);
  expect(files()).toEqual([up.body.id]);
  const { id, format } = up.body as { id: string; format: object };
  const mapping = { Text: "text", Size: { field: "size", decimals: "1.234,56" } };
  const preview = await app.inject({
    method: "POST",
    url: `/api/v1/imports/${id}/preview`,
    payload: { format, mapping },
  });
  expect(preview.json()).toMatchObject({
    counts: { notes: 2, rows: 4, failed: 2 }, items: [{ text: "late", size: "3.5" }, { text: "one" }], rows_estimated: 4, complete: true,
    rows: [{ row: 2, problems: [] }, { row: 3, problems: [{ column: "Text", message: "row 3, column Text: this says nothing" }] }, {}, { problems: [{ column: "Size" }] }],
  }); // prettier-ignore
  expect(await kept(ctx)).toEqual([]);
  const start = await app.inject({ method: "POST", url: `/api/v1/imports/${id}/start`, payload: { format, mapping } });
  expect(start.statusCode).toBe(202);
  const again = await app.inject({ method: "POST", url: `/api/v1/imports/${id}/start`, payload: { format, mapping } });
  expect([again.statusCode, again.json().code]).toEqual([409, "import.running"]);
  await work(ctx);
  expect((await app.inject(`/api/v1/imports/${id}`)).json()).toMatchObject({
    state: "done",
    done: 4,
    total: 4,
    failed: 3,
    result: { counts: { notes: 2 }, created: 2 },
  });
  const failures = await app.inject(`/api/v1/imports/${id}/failures.csv`);
  expect(failures.headers["content-disposition"]).toContain("notes%20-%20not%20imported.csv");
  expect(failures.body).toBe(
    '\ufeffText,Size,Weird,row in the file,reason\nnothing,"2,5",-3,3,"row 3, column Text: this says nothing"\nlate,"3,5",\'@x,4,"row 4, column Text: too late"\n' +
      "two,four,y,5,\"row 5, column Size: 'four' is not a number written as 1.234,56\"\n",
  );
  expect((await app.inject({ method: "DELETE", url: `/api/v1/imports/${id}` })).statusCode).toBe(204);
  expect([files(), (await app.inject("/api/v1/imports")).json()]).toEqual([[], { items: [] }]);
});

test("a program uploads with a mapping and gets the job", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { send, files } = await serve(ctx);
  const up = await send({ file: Buffer.from("a,b\nx,1\n"), object: "notes", mapping: '{"a":"text"}' });
  expect([up.status, Object.keys(up.body)]).toEqual([202, ["import_id", "job_id"]]);
  await work(ctx);
  expect(await findJob(ctx, String(up.body.job_id))).toMatchObject({ state: "done", result: { created: 1 } });
  const wrong = await send({ file: Buffer.from("a,b\nx,1\n"), object: "notes", mapping: '{"c":"text"}' });
  expect([wrong.status, wrong.body.detail]).toEqual([
    422,
    'The file has no column "c". No column is mapped to "Text".',
  ]);
  expect(files()).toHaveLength(1);
});

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(100)]);
test.each([
  ["a file beyond the limit", Buffer.alloc(300_000, "text,\n"), 413, /larger than 200000 bytes/],
  ["a binary named .csv", png, 422, /PNG|binary|image|not a table/i],
  ["an empty file", Buffer.alloc(0), 422, /empty/],
  ["a header without rows", Buffer.from("text,when\n"), 422, /no row follows/],
  ["two columns of one name", Buffer.from("text,Text\na,b\n"), 422, /columns 1 \("text"\) and 2 \("Text"\)/],
])("%s is refused in words, and nothing is left behind", async (_, file, status, words) => {
  const ctx = (await databaseForTest()).ctx();
  const { send, files } = await serve(ctx, "manager", 200_000);
  const up = await send({ object: "notes", file });
  expect([up.status, String(up.body.detail)]).toEqual([status, expect.stringMatching(words)]);
  expect([files(), (await sql`select from imports`.execute(ctx.db)).rows]).toEqual([[], []]);
});

test("an upload of 10 GB is refused before it is taken", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { app } = await serve(ctx);
  const answer = await app.inject({
    method: "POST",
    url: "/api/v1/imports",
    headers: { "content-type": "multipart/form-data; boundary=x", "content-length": "10000000000" },
    payload: "--x\r\n",
  });
  expect([answer.statusCode, answer.json().code]).toEqual([413, "file.too-large"]);
});

test("strangers, viewers and other sites may not upload", async () => {
  const ctx = (await databaseForTest()).ctx();
  const file = { object: "notes", file: Buffer.from("text\na\n") };
  expect((await (await serve(ctx, null)).send(file)).status).toBe(401);
  expect((await (await serve(ctx, "viewer")).send(file)).status).toBe(403);
  expect((await (await serve(ctx)).send(file, { cookie: "s=1", "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await (await serve(ctx)).send({ object: "notes" })).body.code).toBe("upload.no-file");
  expect((await (await serve(ctx)).send({ ...file, object: "planets" })).body.code).toBe("import.unknown-object");
});

test.each([
  [
    "a quote that never ends",
    `text,size\n${"a,1\n".repeat(20_000)}"b,2\n${"c,3\n".repeat(300_000)}`,
    /[Rr]ow 20002.*quote/,
  ],
  [
    "dates in two formats",
    `text,when\n${Array.from({ length: 30_000 }, (_, n) => `n${n},0${(n % 9) + 1}/02/2025\n`).join("")}last,31/01/2025\n`,
    /row 30002, column when: '31\/01\/2025' is not a date written as m\/d\/y; it looks like d\/m\/y/,
  ],
])("%s ends the import in words that name the row, with nothing written", async (_, file, words) => {
  const ctx = (await databaseForTest()).ctx();
  const found = await uploaded(ctx, "notes", file);
  const look = await lookAt(ctx, found);
  const mapping = {
    text: { field: "text" },
    ...(file.includes("when") ? { when: { field: "at", dates: "m/d/y" as const } } : {}),
  };
  expect(look.problems.map((p) => p.code)).toEqual(file.includes("when") ? ["dates.ambiguous"] : []);
  const { job } = await imported(ctx, "notes", found, { mapping });
  expect([job.state, job.reason]).toEqual(["failed", expect.stringMatching(words)]);
  expect(job.reason).toMatch(/nothing was imported/i);
  const { rows } = await sql`select 1 from import_rows union all select 1 from import_failures`.execute(ctx.db);
  expect([rows, await kept(ctx)]).toEqual([[], []]);
});

test("a paused import goes on where it was, a cancelled one stays stopped", async () => {
  const ctx = (await databaseForTest()).ctx();
  const texts = Array.from({ length: 15_000 }, (_, n) => `n${String(n).padStart(6, "0")}`);
  const found = await uploaded(ctx, "notes", gzipSync(`text\n${texts.join("\n")}\n`), "notes.csv.gz");
  const job = await started(ctx, found);
  onTestFinished(() => void (slow = async () => {}));
  let chunks = 0;
  slow = async () => void (++chunks === 2 && (await moveJob(ctx, job, "pause")));
  await work(ctx);
  expect([(await findJob(ctx, job)).state, (await kept(ctx)).length]).toEqual(["paused", 3_999]);
  slow = async () => {};
  await moveJob(ctx, job, "resume");
  await work(ctx);
  expect(await findJob(ctx, job)).toMatchObject({ state: "done", done: 15_000, result: { counts: { notes: 15_000 } } });
  expect(await kept(ctx)).toEqual(texts);
  const second = await started(ctx, await findImport(ctx, found.id));
  chunks = 0;
  slow = async () => void (++chunks === 2 && (await moveJob(ctx, second, "cancel")));
  await work(ctx);
  expect([(await findJob(ctx, second)).state, (await kept(ctx)).length]).toEqual(["cancelled", 15_000 + 3_999]);
});
