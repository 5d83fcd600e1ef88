import type { Config } from "#platform/config";
import { diskStore } from "./disk.ts";
import { s3Store } from "./s3.ts";
import type { FileStore } from "./store.ts";

/** The store of the configuration: a bucket when one is named, else the data directory. */
export const storeOf = (config: Pick<Config, "dataDir" | "s3">): FileStore =>
  config.s3 ? s3Store(config.s3) : diskStore(config.dataDir);
