/** A process for the tests to kill: starts PostgreSQL with the options given as JSON and prints its pid and URL. */
import { startPostgres, type StartOptions } from "../index.ts";

const say = (words: object) => process.stdout.write(`${JSON.stringify(words)}\n`);
const options = JSON.parse(process.argv[2] ?? "{}") as StartOptions;
const log = (line: string) => say({ log: line });

try {
  const postgres = await startPostgres({ ...options, log });
  say({ pid: postgres.pid, url: postgres.connectionString("postgres") });
  process.once("SIGTERM", () => void postgres.stop().then(() => process.exit(0)));
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  say({ refused: code ?? "unknown", message });
  process.exitCode = 1;
}
