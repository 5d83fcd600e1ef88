import { sql } from "kysely";
import { expect, test } from "vitest";
import { storeOf } from "#platform/files";
import { createMail } from "#platform/mail";
import { databaseForTest } from "../../../../test/database.ts";
import { createAuth, loadSecret, mayWith, sweepAuth } from "../index.ts";

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

test("the environment's owner is made once, whichever of two processes is first", async () => {
  const { database } = await databaseForTest();
  const mail = createMail({ smtpUrl: null, mailFrom: "rondo@localhost", dataDir: "/nowhere" }, quiet);
  const secret = await loadSecret(database.control, { secret: null });
  const start = (adminPassword: string) =>
    createAuth({
      database,
      mail,
      files: storeOf({ dataDir: "/nowhere", s3: null }),
      secret,
      log: quiet,
      config: { publicUrl: "http://localhost:3000", adminEmail: "Ops@northwind.example", adminPassword },
    }).makeFirstOwner();
  await expect(start("weak")).rejects.toThrow(/RONDO_ADMIN_PASSWORD/);
  expect(
    (await Promise.all([start("seven blue kettles"), start("seven blue kettles")])).toSorted(
      (a, b) => Number(a) - Number(b),
    ),
  ).toEqual([false, true]);
  expect(await start("seven blue kettles")).toBe(false);
  const { rows } = await sql`select email from users`.execute(database.control);
  expect(rows).toEqual([{ email: "ops@northwind.example" }]);
});

test("all processes get the same secret, of 32 bytes; a short one from outside is refused", async () => {
  const { control } = (await databaseForTest()).database;
  const secrets = await Promise.all(Array.from({ length: 6 }, () => loadSecret(control, { secret: null })));
  expect(new Set(secrets).size).toBe(1);
  expect(Buffer.from(secrets[0]!, "base64url")).toHaveLength(32);
  await expect(loadSecret(control, { secret: "short" })).rejects.toThrow(/RONDO_SECRET/);
});

test("only the owner has what no table names", () => {
  const may = mayWith({ "leads.write": ["owner", "agent"] });
  expect([
    may({ role: "agent", access: "above" }, "leads.write"),
    may({ role: "viewer", access: "above" }, "leads.write"),
  ]).toEqual([true, false]);
  expect([
    may({ role: "admin", access: "above" }, "toString"),
    may({ role: "admin", access: "above" }, "leads.erase"),
    may({ role: "owner", access: "above" }, "leads.erase"),
  ]).toEqual([false, false, true]);
});

test("what has ended is swept away, what has not stays", async () => {
  const { control } = (await databaseForTest()).database;
  const at = (days: number): Date => new Date(Date.now() + days * 24 * 3600_000);
  for (const [bucket, when] of [
    ["old", at(-2)],
    ["new", at(0)],
  ] as const)
    // prettier-ignore
    await sql`insert into rate_limits (bucket, tokens, filled_at) values (${bucket}, 1, ${when})`.execute(control);
  await sweepAuth(control);
  const { rows } = await sql`select bucket from rate_limits`.execute(control);
  expect(rows).toEqual([{ bucket: "new" }]);
});
