import { access, constants, statfs } from "node:fs/promises";
import { sql } from "kysely";
import { findPostgres, makeFolder } from "#platform/postgres";
import { migrationsOf } from "#platform/postgres";
import { quiet } from "./options.ts";
import { connect, outsideOf, systemCtx, workspacesOf } from "../database.ts";
import { explain } from "../words.ts";

interface Finding {
  ok: boolean;
  what: string;
}

/** Looks at what Rondo stands on and says each thing in a line; exit code 1 when something is wrong. */
export async function doctor(): Promise<void> {
  const { config, log } = quiet();
  const findings: Finding[] = [{ ok: true, what: `Node ${process.version} on ${process.platform} ${process.arch}` }];
  findings.push(await lookAtData(config.dataDir));
  const running = config.databaseUrl ? undefined : await findPostgres(config.dataDir);
  findings.push({
    ok: true,
    what: config.databaseUrl
      ? "database: DATABASE_URL"
      : running
        ? "database: our own, running"
        : "database: our own, not running (started for this look)",
  });
  try {
    const open = await connect(config, log, { join: true });
    try {
      findings.push({ ok: true, what: `PostgreSQL ${open.version} answers` });
      for (const w of await workspacesOf(open.database)) {
        const ctx = systemCtx(open.database, await outsideOf(open.database, config, log), w);
        const { rows } = await sql<{ contacts: number; facts: number; done: number; failing: number }>`
          select (select count(*) from contacts) as contacts, (select count(*) from facts) as facts, (select count(*) from migrations) as done,
                 (select count(*) from consumers where failure is not null) as failing`.execute(ctx.db);
        const r = rows[0]!;
        const missing = migrationsOf("workspace").length - r.done;
        findings.push({
          ok: missing === 0 && r.failing === 0,
          what: `workspace ${w.name}: ${r.contacts} contacts, ${r.facts} facts${missing ? `, ${missing} migrations to run (start Rondo)` : ""}${r.failing ? `, ${r.failing} consumers fail` : ""}`,
        });
      }
    } finally {
      await open.close();
    }
  } catch (error) {
    const { message, hint } = explain(error);
    findings.push({ ok: false, what: `${message} ${hint}` });
  }
  for (const f of findings) process.stdout.write(`${f.ok ? "✓" : "✗"} ${f.what}\n`);
  if (findings.some((f) => !f.ok)) process.exitCode = 1;
}

async function lookAtData(dir: string): Promise<Finding> {
  try {
    await makeFolder(dir);
    await access(dir, constants.W_OK);
    const { bavail, bsize } = await statfs(dir);
    const gib = (bavail * bsize) / 1024 ** 3;
    return {
      ok: gib > 1,
      what: `data in ${dir}, ${gib.toFixed(1)} GiB free${gib > 1 ? "" : ": too little, free some space"}`,
    };
  } catch (error) {
    return { ok: false, what: `data in ${dir} cannot be written: ${(error as Error).message}` };
  }
}
