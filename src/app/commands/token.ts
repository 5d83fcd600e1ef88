import { Refused } from "#kernel/refusal";
import { createApiKey } from "#platform/auth";
import { roles } from "#platform/context";
import { optionsOf, quiet } from "./options.ts";
import { chooseWorkspace, connect } from "../database.ts";

/** token create --name NAME [--role ROLE] [--workspace NAME]: prints a new API key, once. */
export async function token(args: string[]): Promise<void> {
  const { words, options } = optionsOf(args, ["name", "role", "workspace"]);
  const role = options.role ?? "admin";
  if (words[0] !== "create" || !options.name)
    throw new Refused(
      "invalid",
      "usage",
      "Use: token create --name NAME [--role admin|manager|agent|viewer] [--workspace NAME]",
    );
  const known = roles.find((r) => r === role && r !== "owner");
  if (!known || known === "owner")
    throw new Refused("invalid", "role", `There is no role "${role}" for a key: admin, manager, agent or viewer.`);
  const { config, log } = quiet();
  const open = await connect(config, log, { join: true });
  try {
    const workspace = await chooseWorkspace(open.database, options.workspace);
    const key = await createApiKey(open.database, { workspace: workspace.id, name: options.name, role: known });
    process.stdout.write(`${key.key}\n`);
  } finally {
    await open.close();
  }
}
