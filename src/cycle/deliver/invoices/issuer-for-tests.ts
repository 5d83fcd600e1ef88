import { createLog } from "#platform/log";
import { storeOf } from "#platform/files";
import { createMail } from "#platform/mail";
import { openDatabase } from "#platform/postgres";
import type { Ctx } from "#platform/context";
import { placeOrder } from "#deliver/orders";
import { issueInvoice } from "./index.ts";
import "#convert/catalog";
import "#customers";

// Issues invoices, four at a time, until a test kills it: node issuer-for-tests.ts URL WORKSPACE-AS-JSON
const [url, workspace] = process.argv.slice(2);
if (!url || !workspace) throw new Error("issuer-for-tests.ts URL WORKSPACE");
const about = JSON.parse(workspace) as Ctx["workspace"];
const database = openDatabase(url, { max: 5 });
const ctx: Ctx = {
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
};
const issueOn = async (): Promise<never> => {
  for (;;) {
    const id = await placeOrder(ctx, { lines: [{ description: "Lantern", quantity: "1", unit_price: "10" }] });
    await issueInvoice(ctx, id);
  }
};
await Promise.all([issueOn(), issueOn(), issueOn(), issueOn()]);
