import { createLog } from "#platform/log";
import { storeOf } from "#platform/files";
import { createMail } from "#platform/mail";
import { openDatabase } from "#platform/postgres";
import { workOnce } from "#platform/jobs";
import { importJob } from "#records";

// A worker of imports that a test kills: node worker-for-tests.ts URL WORKSPACE-AS-JSON MODULE-FILE ...
const [url, workspace, ...modules] = process.argv.slice(2);
if (!url || !workspace) throw new Error("worker-for-tests.ts URL WORKSPACE MODULE ...");
for (const file of modules) await import(file);
const about = JSON.parse(workspace) as Parameters<typeof workOnce>[0]["workspace"];
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
  actor: { kind: "system", id: null, name: "Rondo" },
  role: "owner",
  access: "above",
  clock: () => new Date(),
} as const;
while (await workOnce(ctx, [importJob], createLog("error")));
await database.close();
