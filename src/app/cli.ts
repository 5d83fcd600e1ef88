import { explain } from "./words.ts";

const help = `Rondo: the whole customer cycle on one timeline.

  start [--roles=web,worker]       serve the product; this is what npm start does
  worker                           only the background work
  doctor                           look at the machine, the data and the database, and say what is wrong
  token create --name NAME [--role admin|manager|agent|viewer] [--workspace NAME]
                                   make an API key and print it once
  demo load [--customers N] | wipe [--workspace NAME]
                                   the sample company: load it (or the first N customers), or take it away again
  workspace list                   the workspaces of this database
  workspace export | import FILE [--workspace NAME]
                                   a whole workspace as one file; into an empty one
  schema [--check]                 write schema.sql, table types and generated docs, or fail when they drift
  help                             this text

Settings by environment: PORT, HOST, RONDO_DATA, DATABASE_URL, PUBLIC_URL, SMTP_URL, MAIL_FROM,
RONDO_ADMIN_EMAIL, RONDO_ADMIN_PASSWORD, TRUST_PROXY, MAX_UPLOAD_MB, MAX_FILE_MB, S3_ENDPOINT, S3_BUCKET, LOG_LEVEL
`;

const commands: Record<string, () => Promise<{ run: (args: string[]) => Promise<void> }>> = {
  start: async () => ({ run: (await import("./commands/start.ts")).start }),
  worker: async () => ({ run: async () => (await import("./commands/start.ts")).start(["--roles=worker"]) }),
  doctor: async () => ({ run: (await import("./commands/doctor.ts")).doctor }),
  token: async () => ({ run: (await import("./commands/token.ts")).token }),
  demo: async () => ({ run: (await import("./commands/demo.ts")).demo }),
  workspace: async () => ({ run: (await import("./commands/workspace.ts")).workspace }),
  schema: async () => ({ run: (await import("./commands/schema.ts")).schema }),
  bench: async () => ({ run: (await import("./commands/bench.ts")).bench }),
};

// `rondo help | head` ends when head has enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const [name = "start", ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  process.stdout.write(name === "help" ? help : `There is no command "${name}".\n\n${help}`);
  process.exitCode = name === "help" ? 0 : 2;
} else
  try {
    await (await command()).run(args);
  } catch (error) {
    const { message, hint } = explain(error);
    process.stderr.write(`\n${message}\n${hint ? `${hint}\n` : ""}\n`);
    process.exit(1);
  }
