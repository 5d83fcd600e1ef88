import { chmod, chown, lchown, readFile, readdir, rmdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { makeCluster, type Plan } from "./initdb.ts";
import { clearDraft } from "./leftovers.ts";
import type { RunAs } from "./owner.ts";
import { startRefused } from "./refused.ts";
import { asConfiguration, serverSettings } from "./settings.ts";

/** Makes sure that a cluster of the right version lies in `pgdata`, ours to run; makes one when there is none. */
export async function ensureCluster(plan: Plan): Promise<void> {
  const { pgdata, bins, runAs } = plan;
  await removeDrafts(pgdata);
  refuseForeignOwner(pgdata, await stat(pgdata).catch(() => undefined));
  const major = await majorOf(pgdata);
  if (major === undefined) {
    await refuseUnlessEmpty(pgdata);
    await makeCluster(plan);
  } else if (major !== bins.major) {
    throw otherMajor(pgdata, major, bins.major);
  }
  const settings = join(pgdata, "rondo.conf");
  const text = asConfiguration(serverSettings());
  await writeFile(settings, `# Written at every start. To change a setting, use ALTER SYSTEM.\n${text}`);
  await giveTo(pgdata, runAs);
}

/** Drafts of clusters whose making was interrupted; we hold the lock of the data folder, so nobody works on them. */
async function removeDrafts(pgdata: string): Promise<void> {
  const drafts = (await readdir(dirname(pgdata))).filter((name) => name.startsWith(`${basename(pgdata)}.new-`));
  for (const name of drafts) await clearDraft(join(dirname(pgdata), name));
}

function refuseForeignOwner(pgdata: string, stats: { uid: number } | undefined): void {
  const me = process.getuid?.();
  if (stats === undefined || me === undefined || me === 0 || stats.uid === me) return;
  throw startRefused(
    "data-not-writable",
    `The database in ${pgdata} belongs to another user (uid ${stats.uid}).`,
    `Start Rondo as that user or as root, or give the folder away: chown -R ${me} ${pgdata}`,
  );
}

async function majorOf(pgdata: string): Promise<number | undefined> {
  try {
    return Number.parseInt(await readFile(join(pgdata, "PG_VERSION"), "utf8"), 10);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

async function refuseUnlessEmpty(pgdata: string): Promise<void> {
  const entries = await readdir(pgdata).catch(() => undefined);
  if (entries === undefined) return;
  if (entries.length === 0) return rmdir(pgdata);
  throw startRefused(
    "postgres-failed",
    `${pgdata} holds files but no PostgreSQL database (PG_VERSION is missing).`,
    "Restore it from a backup, or move the folder away to begin empty.",
  );
}

const otherMajor = (pgdata: string, found: number, ours: number) =>
  startRefused(
    "other-major",
    `The data in ${pgdata} was written by PostgreSQL ${found}; this Rondo brings PostgreSQL ${ours}, which cannot read it.`,
    `Start the Rondo version that wrote it, or convert the folder with pg_upgrade from ${found} to ${ours}, ` +
      `or run PostgreSQL ${found} on it yourself and set DATABASE_URL, or move the folder away to begin empty.`,
  );

/** PostgreSQL wants its folder to be its user's and nobody else's; a restored backup often is root's and open. */
async function giveTo(pgdata: string, runAs: RunAs): Promise<void> {
  if (process.platform === "win32") return;
  const { uid, mode } = await stat(pgdata);
  if ((mode & 0o077) !== 0) await chmod(pgdata, 0o700);
  if (runAs === undefined) return;
  await chown(join(pgdata, "rondo.conf"), runAs.uid, runAs.gid);
  if (uid === runAs.uid) return;
  for (const entry of await readdir(pgdata, { withFileTypes: true, recursive: true }))
    await lchown(join(entry.parentPath, entry.name), runAs.uid, runAs.gid);
  await chown(pgdata, runAs.uid, runAs.gid); // last, so that an interrupted change of owner is begun again
}
