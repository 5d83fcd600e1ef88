import { mkdir, readdir, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newId } from "#kernel/id";

// Enough to look back in development; a forgotten server does not fill its disk.
const kept = 1_000;

/** Writes mails as files, readable by the owner only (they hold sign-in links); the oldest beyond 1,000 go. */
export function outboxIn(dataDir: string): (mail: Buffer) => Promise<string> {
  const dir = join(dataDir, "outbox");
  return async (mail) => {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const path = join(dir, `${newId()}.eml`);
    await writeFile(`${path}.part`, mail, { mode: 0o600 });
    await rename(`${path}.part`, path);
    await forgetOldest(dir);
    return path;
  };
}

async function forgetOldest(dir: string): Promise<void> {
  // The names are uuid v7: their order is the order of time.
  const mails = (await readdir(dir)).filter((name) => name.endsWith(".eml")).toSorted();
  for (const name of mails.slice(0, Math.max(0, mails.length - kept))) await unlink(join(dir, name)).catch(() => {});
}
