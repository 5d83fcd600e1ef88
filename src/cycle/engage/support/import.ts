import { registerOpener } from "#records";
import { openCase, type NewCase } from "./open.ts";

/** Case files: each row opens one with its number and its clocks; nobody is mailed. */
registerOpener("case", { open: async (tx, values) => (await openCase(tx, values as unknown as NewCase)).id });
