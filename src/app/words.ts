/** Words for the terminal: what is wrong, and what to do. */
export function explain(error: unknown): { message: string; hint: string } {
  const e = error as {
    name?: string;
    code?: string;
    message?: string;
    hint?: string;
    port?: number;
    address?: string;
    syscall?: string;
  };
  if (e.name === "StartRefused" && e.hint) return { message: e.message!, hint: e.hint };
  if (e.code === "EADDRINUSE")
    return {
      message: `Port ${e.port} on ${e.address} is taken by another program.`,
      hint: `Stop that program, or choose another port: PORT=${(e.port ?? 3000) + 1} npm start`,
    };
  if (e.code === "EACCES" && e.port)
    return {
      message: `This user may not listen on port ${e.port}.`,
      hint: "Ports below 1024 need special rights: choose another one with PORT.",
    };
  if (e.code === "EADDRNOTAVAIL")
    return { message: `${e.address} is not an address of this machine.`, hint: "Set HOST to 127.0.0.1 or 0.0.0.0." };
  if (e.code === "ENOSPC")
    return { message: "The disk is full.", hint: "Free some space, or set RONDO_DATA to a folder on a larger disk." };
  if (
    e.code === "ECONNREFUSED" ||
    e.code === "ENOTFOUND" ||
    e.code === "EAI_AGAIN" ||
    e.code === "ETIMEDOUT" ||
    (e.code === "ENOENT" && e.syscall === "connect")
  )
    return {
      message: `The database at DATABASE_URL cannot be reached (${e.message}).`,
      hint: "Check the address and that the server runs, or leave DATABASE_URL out to use Rondo's own.",
    };
  if (e.code === "28P01" || e.code === "28000")
    return {
      message: `The database refused the sign-in: ${e.message}.`,
      hint: "Check user and password in DATABASE_URL.",
    };
  if (e.code === "3D000")
    return { message: `${e.message}.`, hint: "Create that database first, or name another one in DATABASE_URL." };
  if (e.code?.startsWith("ERR_PARSE_ARGS_"))
    return { message: e.message ?? "", hint: "npm run rondo -- help lists the commands and their options." };
  if (e.name === "Refused" || e.name === "RangeError") return { message: e.message ?? "", hint: "" };
  return {
    message: (error as Error).stack ?? String(error),
    hint: "This is a fault of ours: please report it with the lines above.",
  };
}
