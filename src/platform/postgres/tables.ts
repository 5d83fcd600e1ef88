// biome-ignore: replaced by bin/schema
import type { Generated } from "kysely";
export type _G = Generated<string>;
// eslint-disable-next-line typescript/no-explicit-any -- until generated
export type Tables = Record<string, any>;
