import { acceptVersion } from "#convert/quotes";
import { createLog } from "#platform/log";
import { storeOf } from "#platform/files";
import { createMail } from "#platform/mail";
import { openDatabase } from "#platform/postgres";
import { consumeOnce } from "#timeline";
import { quotesConsumer } from "./index.ts";

// A server that a test kills while customers accept: node accepting-for-tests.ts URL WORKSPACE-AS-JSON VERSION,VERSION,...
const [url, workspace, versions] = process.argv.slice(2);
if (!url || !workspace || !versions) throw new Error("accepting-for-tests.ts URL WORKSPACE VERSIONS");
const about = JSON.parse(workspace) as Parameters<typeof consumeOnce>[0]["workspace"];
const database = openDatabase(url, { max: 4 });
const ctx = {
  db: database.workspace(about.schema),
  control: database.control,
  outside: {
    mail: createMail({ smtpUrl: null, mailFrom: "Rondo <rondo@localhost>", dataDir: "/nowhere" }, createLog("error")),
    files: storeOf({ dataDir: "/nowhere", s3: null }),
    url: "http://localhost",
    secret: "x".repeat(32),
  },
  workspace: about,
  actor: { kind: "customer", id: null, name: "A customer" },
  role: "viewer",
  access: "above",
  clock: () => new Date(),
} as const;
// One letter before each step, so that the test can stop us between or within them.
const step = (): void => void process.stdout.write(".");
for (const version of versions.split(",")) {
  step();
  await acceptVersion(ctx, version, { by: "Ana Ruiz", via: "page" });
  step();
  await consumeOnce(ctx, quotesConsumer);
}
await database.close();
