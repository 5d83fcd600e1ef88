import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "kysely";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx } from "#platform/context";
import { createLog } from "#platform/log";
import { createMail } from "#platform/mail";
import { compiled } from "../../../../test/compiled.ts";
import { databaseForTest, type TestDatabase } from "../../../../test/database.ts";
import { meetContacts, logConsents } from "#customers";
import { planSends } from "./queue.ts";
import { registerMailSource } from "./source.ts";
import { sendDue } from "./sender.ts";

// RONDO_KILLS=200 for a long night.
const rounds = Number(process.env.RONDO_KILLS ?? 20);
// Each round sends to all of them: enough that a kill hits one on its way, not so many that most of the time is mail.
const people = 120;

/** A mail server that takes everything, a little late, and remembers whom it took a mail for. */
async function sink() {
  const arrived: string[] = [];
  let told: (() => void) | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, done) => {
      stream.resume();
      stream.on("end", () => {
        arrived.push(session.envelope.rcptTo[0]!.address);
        told?.();
        setTimeout(done, Math.random() * 4);
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as { port: number };
  const reached = (n: number): Promise<void> => new Promise((done) => (told = () => arrived.length >= n && done()));
  return { url: `smtp://127.0.0.1:${port}`, arrived, reached };
}

function child(t: TestDatabase, script: string, smtp: string) {
  const process_ = spawn(process.execPath, [script, t.url, JSON.stringify(t.ctx().workspace), smtp], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  return { kill: () => process_.kill("SIGKILL"), ended: once(process_, "exit") };
}

const idsIn = async (ctx: Ctx, source_id: string, state: string): Promise<string[]> =>
  (
    await sql<{
      id: string;
    }>`select id from sends where source_id = ${source_id} and state = ${state} order by id`.execute(ctx.db)
  ).rows.map((r) => r.id);

async function plan(ctx: Ctx, source_id: string): Promise<void> {
  await inTransaction(ctx, (tx) =>
    planSends(
      tx,
      { kind: "marketing", source: "letter", source_id, subject: "Hello", why: "all", due_at: tx.clock() },
      () => "select id from contacts",
    ),
  );
  await sql`update sends set html = '<p>Hello</p>', body = 'Hello' where source_id = ${source_id}`.execute(ctx.db);
}

test(
  `kill -9 at a random moment of sending, ${rounds} times: nobody gets a mail twice, nobody is forgotten, in doubt is exactly what was`,
  { timeout: rounds * 15_000 },
  async () => {
    registerMailSource({ name: "nobody", write: () => Promise.resolve(new Map()) });
    const t = await databaseForTest();
    const script = await compiled(join(import.meta.dirname, "worker-for-tests.ts"));
    const server = await sink();
    const mail = createMail(
      { smtpUrl: server.url, mailFrom: "Northwind <hello@northwind.example>", dataDir: "/nowhere" },
      createLog("error"),
    );
    onTestFinished(() => mail.close());
    const ctx: Ctx = { ...t.ctx(), outside: { ...t.ctx().outside, mail } };
    await sql`update mail_settings set budget_mails = 1000, quiet_hours = 0`.execute(ctx.db);
    await inTransaction(ctx, async (tx) => {
      const met = await meetContacts(
        tx,
        Array.from({ length: people }, (_, i) => ({ key: String(i), name: `P ${i}`, email: `p${i}@vertex.example` })),
        { source: "test" },
      );
      await logConsents(
        tx,
        "given",
        [...met.values()].map(({ id }) => ({ contact_id: id, purpose: "newsletter" as const, source: "test" })),
      );
    });
    let doubts = 0;
    for (let round = 0; round < rounds; round += 1) {
      const source_id = newId();
      await plan(ctx, source_id);
      server.arrived.length = 0;
      const until = server.reached(1 + Math.floor(Math.random() * (people - 20)));
      const worker = child(t, script, server.url);
      await Promise.race([until, worker.ended]);
      worker.kill();
      await worker.ended;
      const doubtful = await idsIn(ctx, source_id, "submitting");
      await sql`update sends set lease_until = now() - interval '1 minute' where lease_until is not null`.execute(
        ctx.db,
      );
      while ((await sendDue(ctx)) > 0);
      expect(server.arrived.filter((to, i) => server.arrived.indexOf(to) !== i)).toEqual([]);
      expect(await idsIn(ctx, source_id, "unknown")).toEqual(doubtful);
      const { rows } = await sql<{
        address: string;
        state: string;
      }>`select address, state from sends where source_id = ${source_id}`.execute(ctx.db);
      expect(rows).toHaveLength(people);
      const got = new Set(server.arrived);
      expect(rows.filter((r) => r.state !== "unknown" && (r.state !== "sent" || !got.has(r.address)))).toEqual([]);
      doubts += doubtful.length;
    }
    // Of so many killings some must have hit a mail on its way, or this proves nothing.
    if (rounds >= 10) expect(doubts).toBeGreaterThan(0);
  },
);
