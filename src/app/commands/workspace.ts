import { Refused } from "#kernel/refusal";
import { quiet } from "./options.ts";
import { connect, workspacesOf } from "../database.ts";

/** workspace list: one line each. */
export async function workspace(args: string[]): Promise<void> {
  if (args[0] !== "list") throw new Refused("invalid", "usage", "Use: workspace list");
  const { config, log } = quiet();
  const open = await connect(config, log, { join: true });
  try {
    for (const w of await workspacesOf(open.database))
      process.stdout.write(`${w.id}  ${w.schema}  ${w.currency}  ${w.name}\n`);
  } finally {
    await open.close();
  }
}
