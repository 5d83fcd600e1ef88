import { statfsSync } from "node:fs";
import { totalmem } from "node:os";

const MB = 1024 * 1024;

/** Our defaults for a small server that shares its machine, written to rondo.conf; sizes in MB follow the machine's memory. */
export function serverSettings(): Record<string, string> {
  const memory = Math.floor(totalmem() / MB);
  return {
    max_connections: "60",
    // An eighth of the memory, but never more than 256 MB: pages beyond it are served from the system's own cache.
    shared_buffers: `${between(32, memory / 8, 256)}MB`,
    effective_cache_size: `${between(128, memory / 2, 16_384)}MB`,
    maintenance_work_mem: `${between(32, memory / 32, 256)}MB`,
    work_mem: `${between(4, memory / 256, 16)}MB`,
    random_page_cost: "1.1", // solid state disks
    jit: "off", // compiling costs more than it saves on queries of milliseconds
    wal_compression: "on",
    max_wal_size: "2GB", // imports write much; fewer forced checkpoints
    max_logical_replication_workers: "0", // one idle process less
    dynamic_shared_memory_type: sharedMemoryType(),
    log_min_messages: "log", // statements that fail are the caller's to log; here they would put personal data into the log
    log_checkpoints: "off",
    log_line_prefix: "",
    log_timezone: "UTC",
    timezone: "UTC",
    lc_messages: "C",
  };
}

/** Containers often have a /dev/shm of 64 MB, too small for a parallel hash join; then files are used instead. */
function sharedMemoryType(): string {
  if (process.platform === "win32") return "windows";
  if (process.platform !== "linux") return "posix";
  try {
    const { bsize, blocks } = statfsSync("/dev/shm");
    return bsize * blocks < 256 * MB ? "mmap" : "posix";
  } catch {
    return "mmap";
  }
}

const between = (low: number, value: number, high: number): number => Math.round(Math.min(high, Math.max(low, value)));

/** The text of a PostgreSQL configuration file. */
export const asConfiguration = (settings: Record<string, string>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
    .join("");

/** The same as arguments of `postgres`, which win over every file. Refuses names that are no settings. */
export const asArguments = (settings: Record<string, string>): string[] =>
  Object.entries(settings).flatMap(([name, value]) => {
    if (!/^[a-z_][a-z0-9_.]*$/.test(name)) throw new TypeError(`"${name}" is not the name of a PostgreSQL setting`);
    return ["-c", `${name}=${value}`];
  });
