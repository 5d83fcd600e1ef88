export type RefusalCode = "data-not-writable" | "disk-full" | "other-instance" | "other-major" | "postgres-failed";

/** Why PostgreSQL was not started: a sentence for people, and what they can do about it. */
export type StartRefused = Error & { name: "StartRefused"; code: RefusalCode; hint: string };

/** An error that says what is wrong (`message`) and what to do (`hint`). */
export const startRefused = (code: RefusalCode, message: string, hint: string): StartRefused =>
  Object.assign(new Error(message), { name: "StartRefused" as const, code, hint });

/** True for errors made by `startRefused`. */
export const isStartRefused = (error: unknown): error is StartRefused =>
  error instanceof Error && error.name === "StartRefused";

const diskFull = (where: string): StartRefused =>
  startRefused(
    "disk-full",
    `The disk that holds ${where} is full.`,
    "Free some space, or set RONDO_DATA to a folder on a larger disk.",
  );

const notWritable = (where: string, detail: string): StartRefused =>
  startRefused(
    "data-not-writable",
    `Rondo cannot write to ${where} (${detail}).`,
    "Give this user the right to write there, or set RONDO_DATA to another folder.",
  );

/** Names the cause of a failed file operation; errors it does not know pass unchanged. */
export function refusalFromFileError(error: unknown, where: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT") return diskFull(where);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS" || code === "ENOTDIR" || code === "EEXIST")
    return notWritable(where, String(code));
  return error;
}

/** Why a folder could not be made: whatever the file system says, nothing can be written there. */
export function refusalToMake(error: unknown, where: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return code === "ENOENT" ? notWritable(where, code) : refusalFromFileError(error, where);
}

/** Names the cause of a failed `initdb` or `postgres` from the lines it printed. */
export function refusalFromOutput(program: string, output: string, where: string): StartRefused {
  if (/No space left on device|Disk quota exceeded/i.test(output)) return diskFull(where);
  if (/Permission denied|Read-only file system|has wrong ownership/i.test(output))
    return notWritable(where, lastLine(output));
  if (/could not look up effective user ID/i.test(output))
    return startRefused(
      "postgres-failed",
      "The user that runs Rondo has no entry in /etc/passwd, and PostgreSQL insists on one.",
      "Add the user to /etc/passwd of this machine or container, or set DATABASE_URL to an existing server.",
    );
  if (/administrative permissions/i.test(output))
    return startRefused(
      "postgres-failed",
      "PostgreSQL refuses to run with an administrator's rights.",
      "Start Rondo as an ordinary user.",
    );
  return startRefused(
    "postgres-failed",
    `${program} failed: ${lastLine(output)}`,
    `Its last lines were:\n${output.trimEnd().split("\n").slice(-12).join("\n")}`,
  );
}

const lastLine = (output: string): string => {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return (lines.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? "no output").trim();
};
