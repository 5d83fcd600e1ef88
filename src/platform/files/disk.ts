import { copyFile, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { notFound } from "#kernel/refusal";
import { checkKey, type FileStore } from "./store.ts";

/** Files under <dataDir>/files, 256 folders a workspace. */
export function diskStore(dataDir: string): FileStore {
  const at = (key: string): string => {
    checkKey(key);
    const [schema = "", id = ""] = key.split("/");
    return join(dataDir, "files", schema, id.slice(-2), id);
  };
  return {
    async keep(key, path) {
      const to = at(key);
      await mkdir(dirname(to), { recursive: true });
      await rename(path, to).catch(async (error: unknown) => {
        // The two folders may be mounts of different disks.
        if ((error as { code?: unknown }).code !== "EXDEV") throw error;
        await copyFile(path, `${to}.part`);
        await rename(`${to}.part`, to);
        await rm(path);
      });
    },
    async open(key) {
      const file = await open(at(key), "r").catch((error: unknown) => {
        throw (error as { code?: unknown }).code === "ENOENT" ? notFound("file") : error;
      });
      return file.createReadStream();
    },
    remove: (key) => rm(at(key), { force: true }),
  };
}
