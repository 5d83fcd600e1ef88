import type { Readable } from "node:stream";

/*
 * Words we use
 *   store   where the bytes of kept files lie: this server's disk, or a bucket that several servers share
 *   key     the name of a file's bytes there: the workspace's schema, then the file's id
 */
export interface FileStore {
  /** Takes over the file at that path of this machine: kept whole under the key, or an error; the path is gone afterwards. */
  keep(key: string, path: string): Promise<void>;
  /** The bytes as a stream; refused as not found when the store has none under the key. */
  open(key: string): Promise<Readable>;
  /** Removes the bytes; fine when there are none. */
  remove(key: string): Promise<void>;
}

const safeKey = /^w_[a-z0-9]{1,40}\/[0-9a-f-]{36}$/;

/** Throws unless the key is one of ours: it becomes a path and an address. */
export function checkKey(key: string): void {
  if (!safeKey.test(key)) throw new TypeError(`"${key}" is not the key of a file`);
}
