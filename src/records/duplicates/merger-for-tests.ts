import type { Ctx } from "#platform/context";
import { storeOf } from "#platform/files";
import { workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import { createMail } from "#platform/mail";
import { openDatabase } from "#platform/postgres";
import { mergeJob, unmergeJob } from "./bulk.ts";
// Those whose rows the test looks for; the whole product takes seconds to load.
import "../../customers/module.ts";
import "../../cycle/convert/activities/module.ts";
import "../../cycle/deliver/orders/module.ts";

// Works at merging jobs until a test kills it: node merger-for-tests.ts URL WORKSPACE-AS-JSON
const [url, workspace] = process.argv.slice(2);
if (!url || !workspace) throw new Error("merger-for-tests.ts URL WORKSPACE");
const about = JSON.parse(workspace) as Ctx["workspace"];
const database = openDatabase(url, { max: 3 });
const log = createLog("error");
const ctx: Ctx = {
  db: database.workspace(about.schema),
  control: database.control,
  outside: {
    mail: createMail({ smtpUrl: null, mailFrom: "Rondo <rondo@localhost>", dataDir: "/nowhere" }, log),
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
for (;;) if (!(await workOnce(ctx, [mergeJob, unmergeJob], log))) await new Promise((go) => setTimeout(go, 5));
