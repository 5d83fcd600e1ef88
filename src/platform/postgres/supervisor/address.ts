import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync } from "node:fs";
import { createServer, type AddressInfo, type ListenOptions } from "node:net";
import { join } from "node:path";
import type { RunAs } from "./owner.ts";

/** Where clients of this process reach PostgreSQL, and the settings that make it listen there and nowhere else. */
export type Address = { host: string; port: number; settings: Record<string, string> };

// sockaddr_un holds 107 bytes on Linux, 103 on macOS; the longest name PostgreSQL makes is ".s.PGSQL.5432.lock".
const longestSocketFolder = 103 - "/.s.PGSQL.5432.lock".length;
const socketPort = 5432; // part of the socket's file name, nothing listens on TCP

/**
 * A unix socket in the data folder itself (0700, so only its owner and root get in), or in a short private
 * folder below /tmp when the path is too long or the file system has no sockets.
 */
export async function chooseSocket(pgdata: string, seenAs: string, mark: string, runAs: RunAs): Promise<Address> {
  const fits = Buffer.byteLength(pgdata) <= longestSocketFolder && (await canListen({ path: join(pgdata, ".probe") }));
  const host = fits ? pgdata : privateFolder(mark, runAs);
  return {
    host,
    port: socketPort,
    settings: {
      listen_addresses: "",
      unix_socket_directories: fits ? seenAs : host,
      unix_socket_permissions: "0700",
      port: String(socketPort),
    },
  };
}

/** A free port on the loopback interface, for systems without unix sockets. */
export async function chooseLoopback(): Promise<Address> {
  const port = await freePort();
  return {
    host: "127.0.0.1",
    port,
    settings: { listen_addresses: "127.0.0.1", unix_socket_directories: "", port: String(port) },
  };
}

/** Anybody may have made a folder of that name in /tmp before us: then it is not used, but a new one with a random name. */
function privateFolder(mark: string, runAs: RunAs): string {
  const owner = runAs?.uid ?? process.getuid?.() ?? 0;
  const wanted = join("/tmp", mark);
  try {
    mkdirSync(wanted, { mode: 0o700 });
  } catch {
    const stats = lstatSync(wanted, { throwIfNoEntry: false });
    if (stats?.isDirectory() && stats.uid === owner && (stats.mode & 0o077) === 0) return wanted;
    return handOver(mkdtempSync(join("/tmp", "rondo-")), runAs);
  }
  return handOver(wanted, runAs);
}

function handOver(folder: string, runAs: RunAs): string {
  chmodSync(folder, 0o700);
  if (runAs !== undefined) chownSync(folder, runAs.uid, runAs.gid);
  return folder;
}

const canListen = (where: ListenOptions): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(where, () => server.close(() => resolve(true)));
  });

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port: 0 }, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
