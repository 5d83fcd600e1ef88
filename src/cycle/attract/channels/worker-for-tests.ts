import { createLog } from "#platform/log";
import { storeOf } from "#platform/files";
import { createMail } from "#platform/mail";
import { openDatabase } from "#platform/postgres";
import type { Workspace } from "#platform/context";
import { sendDue } from "./sender.ts";

// A sender that a test kills: node worker-for-tests.ts URL WORKSPACE-AS-JSON SMTP-URL
const [url, workspace, smtpUrl] = process.argv.slice(2);
if (!url || !workspace || !smtpUrl) throw new Error("worker-for-tests.ts URL WORKSPACE SMTP");
const about = JSON.parse(workspace) as Workspace;
const database = openDatabase(url, { max: 4 });
const ctx = {
  db: database.workspace(about.schema),
  control: database.control,
  outside: {
    mail: createMail(
      { smtpUrl, mailFrom: "Northwind <hello@northwind.example>", dataDir: "/nowhere" },
      createLog("error"),
    ),
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
while ((await sendDue(ctx)) > 0);
ctx.outside.mail.close();
await database.close();
