import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import { sniff } from "#platform/files";
import type { Ctx } from "#platform/context";
import { writePaper } from "#platform/pdf";
import { addFile } from "#records";
import { lidAskew } from "./company/lid-askew.ts";
import { sample } from "./sample.ts";

const dayMs = 86_400_000;

interface Attached {
  object: "contact" | "account";
  key: string;
  name: string;
  /** Days before the sample's day. */
  ago: number;
  body: (at: Date) => Buffer | Promise<Buffer>;
}
const text = (...lines: string[]): Buffer => Buffer.from(`${lines.join("\n")}\n`);

const agreement = (at: Date): Promise<Buffer> =>
  writePaper({
    title: "Trade agreement",
    language: "en",
    from: { name: "Northwind Goods", lines: ["Jars, lids and what belongs to them"], footer: [] },
    to: ["Vertex GmbH", "Purchasing", "Berlin"],
    facts: [["Runs for", "two years"]],
    intro: "What we agreed about jars and lids that are ordered every four weeks.",
    columns: [
      { label: "What", width: 0.7 },
      { label: "Each", width: 0.3, number: true },
    ],
    rows: [
      ["Preserving jar 1 l, from 200", "2.60"],
      ["Screw lid 70 mm, from 200", "0.42"],
    ],
    sums: [],
    notes: [{ title: "Lids", text: "A lid that does not close is replaced within a week, without asking." }],
    missingNote: "",
    pageWords: "Page {page} of {pages}",
    at,
  });

const attached: readonly Attached[] = [
  { object: "account", key: "vertex", name: "Trade agreement.pdf", ago: 400, body: agreement },
  { object: "account", key: "vertex", name: "Needed until summer.csv", ago: 70, body: () => text("Month,Jars 1 l,Lids 70 mm", "January,240,240", "February,240,260", "March,480,500") },
  { object: "contact", key: "bo", name: "Lid that does not close.png", ago: 61, body: lidAskew },
  { object: "contact", key: "bo", name: "Call about the lids.txt", ago: 60, body: () => text("Bo called: every tenth lid leaks.", "Wants to hear from us before the next order.", "Promised: a call back. Not done yet.") },
  { object: "contact", key: "ana", name: "Labels in two languages.csv", ago: 33, body: () => text("English,Spanish", "Plums,Ciruelas", "Pears,Peras", "Pickles,Pepinillos") },
]; // prettier-ignore

/** Puts a few small files beside the sample's customers, each once: a paper, a picture, two tables, a note. */
export async function writeFiles(ctx: Ctx, today: Date): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "rondo-sample-"));
  try {
    for (const one of attached) await attach(ctx, folder, today, one);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function attach(ctx: Ctx, folder: string, today: Date, { object, key, name, ago, body }: Attached): Promise<void> {
  const { rows } = await sql<{ id: string; there: boolean }>`
    select record_id as id, exists (select from files f where f.record_id = e.record_id and f.name = ${name} and f.kept_at is not null) as there
      from external_ids e where object = ${object} and system = ${sample} and external_id = ${key}`.execute(ctx.db);
  const record = rows[0];
  if (!record || record.there) return;
  const at = new Date(today.getTime() - ago * dayMs);
  const bytes = await body(at);
  const id = newId();
  const path = join(folder, id);
  await writeFile(path, bytes);
  const stored = { id, path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  await addFile(ctx, stored, { object, record_id: record.id, name, type: sniff(bytes.subarray(0, 512), name), at });
} // prettier-ignore
