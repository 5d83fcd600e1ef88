import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { inSnapshot, pieces } from "../export/read.ts";
import { quoted, sequencesOf, tablesOf, type TableShape } from "./catalogue.ts";
import { migrationNames, type Manifest } from "./manifest.ts";

const people = async (ctx: Ctx): Promise<Manifest["people"]> =>
  (
    await sql<Manifest["people"][number]>`
      select u.id, u.name, u.email, m.role from rondo.members m join rondo.users u on u.id = m.user_id where m.workspace_id = ${ctx.workspace.id} order by u.id`.execute(
      ctx.db,
    )
  ).rows;

const orderOf = ({ key }: TableShape): string => (key.length > 0 ? key.map((k) => `t.${quoted(k)}`).join(", ") : "1");

/** Lines of the file, in pieces, all as they were at one instant. */
async function* lines(ctx: Ctx): AsyncGenerator<string> {
  for await (const db of inSnapshot(ctx)) {
    const tables = await tablesOf(db);
    const { name, currency, time_zone, locale, lens } = ctx.workspace;
    const manifest: Manifest = {
      format: "rondo-workspace", version: 1, at: ctx.clock().toISOString(), workspace: { name, currency, time_zone, locale, lens }, migrations: migrationNames(),
      people: await people(ctx), tables: tables.map((t) => ({ name: t.name, columns: t.columns })), sequences: await sequencesOf(db),
    }; // prettier-ignore
    yield `${JSON.stringify(manifest)}\n`;
    const counts: Record<string, number> = {};
    for (const table of tables) {
      yield `${JSON.stringify({ table: table.name })}\n`;
      const columns = table.columns.map((c) => `t.${quoted(c)}`).join(", ");
      const text = `select row_to_json(x)::text as c0 from (select ${columns} from ${quoted(table.name)} t order by ${orderOf(table)}) x`;
      counts[table.name] = 0;
      for await (const rows of pieces(db, text, [])) {
        counts[table.name]! += rows.length;
        yield rows.map((r) => `${r.c0!}\n`).join("");
      }
    }
    yield JSON.stringify(counts);
  }
}

async function* bytes(ctx: Ctx): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let before: string | null = null;
  for await (const piece of lines(ctx)) {
    if (before !== null) {
      const out: Buffer = Buffer.from(before);
      hash.update(out);
      yield out;
    }
    before = piece;
  }
  yield Buffer.from(`{"end":${before},"sha256":"${hash.digest("hex")}"}\n`);
}

/** The whole workspace as one file, streaming; reads no faster than it is taken. */
export function workspaceFile(ctx: Ctx): { file: Readable; type: string; name: string } {
  const source = Readable.from(bytes(ctx), { objectMode: false });
  const file = createGzip({ level: 4 });
  source.on("error", (error) => file.destroy(error));
  file.on("close", () => source.destroy());
  const day = ctx.clock().toISOString().slice(0, 10);
  return { file: source.pipe(file), type: "application/gzip", name: `${ctx.workspace.name} ${day}.rondo.jsonl.gz` };
}
