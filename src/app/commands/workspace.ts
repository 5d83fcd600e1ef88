import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { bringBack, workspaceFile } from "#records";
import { chooseWorkspace, connect, migrateWorkspace, outsideOf, systemCtx, workspacesOf } from "../database.ts";
import { modules } from "../modules.ts";
import { optionsOf, quiet } from "./options.ts";

const usage = "Use: workspace list | export FILE | import FILE [--workspace NAME]";

/** workspace list: one line each. workspace export|import FILE [--workspace NAME]: the whole of it as one file, out or into an empty one. */
export async function workspace(args: string[]): Promise<void> {
  const { words, options } = optionsOf(args, ["workspace"]);
  const [act, file] = words;
  if (act !== "list" && !((act === "export" || act === "import") && file)) throw new Refused("invalid", "usage", usage);
  const { config, log } = quiet();
  const open = await connect(config, log, { join: true });
  try {
    if (act === "list") {
      for (const w of await workspacesOf(open.database))
        process.stdout.write(`${w.id}  ${w.schema}  ${w.currency}  ${w.name}\n`);
      return;
    }
    const chosen = await chooseWorkspace(open.database, options.workspace);
    await migrateWorkspace(open.database, chosen.schema);
    const ctx = systemCtx(open.database, await outsideOf(open.database, config, log), chosen);
    await (act === "export" ? takeOut(ctx, file!) : comeBack(ctx, file!));
  } finally {
    await open.close();
  }
}

/** The file appears under its name when it is whole. */
async function takeOut(ctx: Ctx, path: string): Promise<void> {
  const part = `${path}.part`;
  try {
    await pipeline(workspaceFile(ctx).file, createWriteStream(part, { mode: 0o600 }));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  process.stdout.write(
    `${ctx.workspace.name} is in ${path}. Passwords, API keys and the bytes of attached files are not.\n`,
  );
}

async function comeBack(ctx: Ctx, path: string): Promise<void> {
  const { rows, people } = await bringBack(ctx, path);
  for (const m of modules) await m.onStart?.(ctx);
  process.stdout.write(
    `${rows} rows and ${people} people came back into ${ctx.workspace.name}. Who is new here asks for a password on the sign-in page.\n`,
  );
}
