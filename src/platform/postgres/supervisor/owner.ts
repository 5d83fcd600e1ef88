import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { startRefused } from "./refused.ts";

/** The unprivileged user PostgreSQL runs as. Undefined: the user who runs Rondo. */
export type RunAs = { uid: number; gid: number } | undefined;

/** PostgreSQL refuses to run as root: picks (or makes) an unprivileged user, always the same for the same data. */
export function chooseRunAs(pgdata: string): RunAs {
  if (process.getuid?.() !== 0) return undefined;
  return ownerOf(pgdata) ?? userNamed("postgres") ?? userNamed("rondo") ?? makeUser() ?? userNamed("nobody") ?? nobody;
}

const nobody = { uid: 65_534, gid: 65_534 };

/** Who owns existing data, unless root does (restored from a backup, say): then it is given to the user we pick. */
function ownerOf(pgdata: string): RunAs {
  const stats = statSync(pgdata, { throwIfNoEntry: false });
  return stats === undefined || stats.uid === 0 ? undefined : { uid: stats.uid, gid: stats.gid };
}

function userNamed(name: string): RunAs {
  const [uid, gid] = ["-u", "-g"].map((flag) => {
    const { status, stdout } = spawnSync("id", [flag, name], { encoding: "utf8" });
    return status === 0 ? Number(stdout) : undefined;
  });
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { uid, gid };
}

function makeUser(): RunAs {
  const ways: [string, string[]][] = [
    [
      "useradd",
      ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/false", "rondo"],
    ],
    ["adduser", ["-S", "-D", "-H", "-s", "/bin/false", "rondo"]], // busybox
  ];
  for (const [command, args] of ways) {
    if (spawnSync(command, args, { stdio: "ignore" }).status === 0) return userNamed("rondo");
  }
  return undefined;
}

/** Spawn options that drop root's rights. */
export const asUser = (runAs: RunAs): { uid: number; gid: number } | Record<never, never> => runAs ?? {};

/**
 * The name under which PostgreSQL finds its own folder.
 * Root's home is usually 0700, so the unprivileged user cannot walk the path to a clone below it. It need not:
 * a process started with that folder as its working directory (root enters it before giving up its rights) may
 * name it /proc/self/cwd, which every backend inherits. So the data stays where the person wants it,
 * and nobody's permissions are widened. Elsewhere than on Linux such a folder is refused.
 */
export function nameSeenBy(runAs: RunAs, folder: string): string {
  if (runAs === undefined || canEnter(runAs, folder, folder)) return folder;
  if (canEnter(runAs, "/proc/self/cwd", folder)) return "/proc/self/cwd";
  throw startRefused(
    "data-not-writable",
    `PostgreSQL runs as user ${runAs.uid}, which cannot reach ${folder} (a folder above it is private).`,
    "Set RONDO_DATA to a folder such as /var/lib/rondo/data, or start Rondo as an ordinary user.",
  );
}

function canEnter(runAs: RunAs, name: string, workingFolder: string): boolean {
  const result = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", name], {
    ...asUser(runAs),
    cwd: workingFolder,
    stdio: "ignore",
  });
  if (result.error && "code" in result.error && (result.error.code === "EPERM" || result.error.code === "EINVAL"))
    throw startRefused(
      "postgres-failed",
      "Rondo runs as root but is not allowed to become another user, and PostgreSQL refuses to run as root.",
      "Start Rondo as an ordinary user, or set DATABASE_URL to an existing server.",
    );
  return result.status === 0;
}

/** The environment of PostgreSQL's processes: ours without PG* variables, and English messages, which we read. */
export const postgresEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|LD_)/.test(name))),
  LC_ALL: "C",
});
