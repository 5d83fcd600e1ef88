import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { role } from "./initdb.ts";

/** How to reach a running server; kept in `<dataDir>/postgres.json` (0600) for other processes of the same user. */
export type Server = {
  host: string;
  port: number;
  version: number;
  pid: number;
  password?: string;
};

const pathIn = (dataDir: string): string => join(dataDir, "postgres.json");

/** A URL for `pg` and libpq. A socket's folder goes into `host=`, because a URL's own host cannot hold a path. */
export function connectionTo({ host, port, password }: Omit<Server, "pid">, database: string): string {
  const name = encodeURIComponent(database);
  // TLS is switched off explicitly, lest PGSSLMODE in somebody's environment asks a local socket for it.
  return password === undefined
    ? `postgresql://${role}@localhost:${port}/${name}?host=${encodeURIComponent(host)}&sslmode=disable`
    : `postgresql://${role}:${encodeURIComponent(password)}@${host}:${port}/${name}?sslmode=disable`;
}

/** Writes down how to reach the server, complete or not at all. */
export async function publishServer(dataDir: string, server: Server): Promise<void> {
  const draft = `${pathIn(dataDir)}.new`;
  await writeFile(draft, JSON.stringify(server), { mode: 0o600 });
  await rename(draft, pathIn(dataDir));
}

/** Reads what `publishServer` wrote; undefined when nothing sensible is there. */
export async function readServer(dataDir: string): Promise<Server | undefined> {
  const text = await readFile(pathIn(dataDir), "utf8").catch(() => "null");
  const server = JSON.parse(text) as Server | null;
  return typeof server?.host === "string" && typeof server.pid === "number" ? server : undefined;
}

/** Removes what `publishServer` wrote. */
export const forgetServer = (dataDir: string): Promise<void> => rm(pathIn(dataDir), { force: true });
