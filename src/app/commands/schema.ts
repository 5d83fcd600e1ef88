import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrate, startPostgres } from "#platform/postgres";
import { apiDocument, factsDocument } from "../docs.ts";
import { modules } from "../modules.ts";
import { describeSchema, describeTypes } from "../schema.ts";

const root = join(import.meta.dirname, "../../..");

/** schema [--check]: migrates an empty database and writes what came of it, or fails when the committed files differ. */
export async function schema(args: string[]): Promise<void> {
  const files = await describe();
  if (!args.includes("--check")) {
    for (const [path, text] of files) writeFileSync(join(root, path), text);
    return;
  }
  const drifted = files.filter(([path, text]) => readOr(join(root, path)) !== text).map(([path]) => path);
  if (drifted.length === 0) return;
  process.stderr.write(`Drifted from the code: ${drifted.join(", ")}. Run: npm run rondo -- schema\n`);
  process.exitCode = 1;
}

const readOr = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

async function describe(): Promise<[string, string][]> {
  const dir = mkdtempSync(join(tmpdir(), "rondo-schema-"));
  const server = await startPostgres({ dataDir: dir, settings: { fsync: "off" } });
  const client = new pg.Client({ connectionString: server.connectionString("postgres") });
  try {
    await client.connect();
    await migrate(client, "rondo", "control");
    await migrate(client, "workspace", "workspace");
    const control = await describeSchema(client, "rondo");
    const own = await describeSchema(client, "workspace");
    const apis = Object.assign({}, ...modules.map((m) => m.apis ?? {})) as Parameters<typeof apiDocument>[0];
    return [
      [
        "schema.sql",
        `-- Written by \`npm run rondo -- schema\`; do not edit.\n\n-- Schema rondo\n\n${control}\n\n-- Schema of a workspace\n\n${own}\n`,
      ],
      ["src/platform/postgres/tables.ts", await describeTypes(client, ["rondo", "workspace"])],
      ["docs/facts.md", factsDocument()],
      ["docs/api.md", apiDocument(apis)],
    ];
  } finally {
    await client.end().catch(() => {});
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
