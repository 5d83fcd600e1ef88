import { parseArgs } from "node:util";
import { readConfig } from "#platform/config";
import { createLog } from "#platform/log";

/** Options of a command line; a wrong one ends with words instead of a stack. */
export function optionsOf<const N extends string>(
  args: string[],
  names: readonly N[],
): { words: string[]; options: Partial<Record<N, string>> } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: Object.fromEntries(names.map((n) => [n, { type: "string" as const }])),
  });
  return { words: positionals, options: values as Partial<Record<N, string>> };
}

/** The configuration and a log for commands that talk to a person: only warnings reach the terminal. */
export const quiet = () => ({ config: readConfig(), log: createLog("warn") });
