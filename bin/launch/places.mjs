import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this repository, whatever folder the command was started in. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const inRoot = (...parts) => join(root, ...parts);
