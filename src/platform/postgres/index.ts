export { openDatabase, type Database, type Db } from "./pool.ts";
export { migrate, migrationsOf, requireVersion } from "./migrate.ts";
export {
  makeFolder,
  startPostgres,
  findPostgres,
  type StartRefused,
  type RunningPostgres,
} from "./supervisor/index.ts";
export type { Tables } from "./tables.ts";
