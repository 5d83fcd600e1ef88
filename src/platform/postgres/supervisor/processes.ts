import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, readlinkSync } from "node:fs";

/** A running process and its command line, arguments joined by spaces. */
export type Process = { pid: number; command: string };

/** When the process started, as an opaque word; with the pid it is unique until the next boot. Undefined: not running. */
export function startedAt(pid: number): string | undefined {
  if (process.platform === "win32") return signalReaches(pid) ? "unknown" : undefined;
  if (process.platform === "linux") {
    const stat = readQuietly(`/proc/${pid}/stat`);
    if (stat === undefined) return undefined;
    // The name in parentheses may hold spaces: fields are counted after its end. State is field 3, start time field 22.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
  }
  const { status, stdout } = spawnSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
    encoding: "utf8",
  });
  const line = stdout?.trim() ?? "";
  return status !== 0 || line === "" || line.startsWith("Z") ? undefined : line.replace(/^\S+\s+/, "");
}

/** True while the process runs. A zombie does not: it only waits to be reaped, which a container without init never does. */
export const isRunning = (pid: number): boolean => startedAt(pid) !== undefined;

/** The command line of one process, or undefined when it is gone or may not be read. */
export function commandOf(pid: number): string | undefined {
  if (process.platform === "linux") return readQuietly(`/proc/${pid}/cmdline`)?.replaceAll("\0", " ").trim();
  if (process.platform === "win32") return undefined;
  const { stdout } = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  return stdout?.trim() || undefined;
}

/** The folder a process works in, where the system lets us look. */
export function folderOf(pid: number): string | undefined {
  try {
    return process.platform === "linux" ? readlinkSync(`/proc/${pid}/cwd`) : undefined;
  } catch {
    return undefined;
  }
}

/** PostgreSQL processes (postmaster and backends) that carry this cluster name. Empty on Windows. */
export const postgresNamed = (clusterName: string): Process[] =>
  allProcesses().filter(({ command }) => isPostgres(command) && command.includes(clusterName));

/** PostgreSQL's programs (initdb and what it runs) that work in this folder or name it. Empty on Windows. */
export const postgresIn = (folder: string): Process[] =>
  allProcesses().filter(
    ({ pid, command }) =>
      (isPostgres(command) || /^(\S*\/)?initdb(\s|$)/.test(command)) &&
      (folderOf(pid) === folder || command.includes(folder)),
  );

/** True for the command line of a postmaster ("/x/bin/postgres -D ...") or backend ("postgres: name: ..."). */
export const isPostgres = (command: string): boolean => /^(\S*\/)?(postgres|postmaster)(\.exe)?(:|\s|$)/.test(command);

function allProcesses(): Process[] {
  if (process.platform === "linux")
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({ pid: Number(name), command: commandOf(Number(name)) ?? "" }));
  if (process.platform === "win32") return [];
  const { stdout } = spawnSync("ps", ["-axo", "pid=,command="], { encoding: "utf8" });
  return (stdout ?? "").split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(.*)$/.exec(line);
    return match ? [{ pid: Number(match[1]), command: match[2] ?? "" }] : [];
  });
}

/** Sends a signal; false when the process is gone or not ours. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

const signalReaches = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

const readQuietly = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};
