import { storeOf } from "#platform/files";
import { createLog } from "#platform/log";
import { createMail } from "#platform/mail";
import type { Ctx } from "#platform/context";
import { openDatabase } from "#platform/postgres";
import { sendDigests } from "./digest.ts";

// Writes and sends digests until a test kills it: node sending-for-tests.ts URL WORKSPACE-AS-JSON SMTP
const [url, workspace, smtpUrl] = process.argv.slice(2);
if (!url || !workspace || !smtpUrl) throw new Error("sending-for-tests.ts URL WORKSPACE SMTP");
const about = JSON.parse(workspace) as Ctx["workspace"];
const database = openDatabase(url, { max: 4 });
const ctx: Ctx = {
  db: database.workspace(about.schema),
  control: database.control,
  outside: {
    mail: createMail({ smtpUrl, mailFrom: "Rondo <rondo@localhost>", dataDir: "/nowhere" }, createLog("error")),
    files: storeOf({ dataDir: "/nowhere", s3: null }),
    url: "http://localhost",
    secret: "x".repeat(32),
  },
  workspace: about,
  actor: { kind: "system", id: null, name: "Rondo" },
  role: "owner",
  access: "above",
  clock: () => new Date(),
};
await sendDigests(ctx);
ctx.outside.mail.close();
await database.close();
