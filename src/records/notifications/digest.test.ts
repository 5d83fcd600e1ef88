import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "kysely";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { inTransaction, type Ctx } from "#platform/context";
import { createLog } from "#platform/log";
import { createMail } from "#platform/mail";
import { databaseForTest } from "../../../test/database.ts";
import { digestsAt, sendDigests } from "./digest.ts";
import { notify, type NewNotification } from "./notify.ts";
import { chooseWays, markRead, notificationsOf, settingsOf, unreadOf } from "./queries.ts";

const mira = "01900000-0000-7000-8000-0000000000aa";
const tom = "01900000-0000-7000-8000-0000000000bb";
// 10:30 in Berlin.
const morning = new Date("2026-11-23T09:30:00Z");

async function two() {
  const t = await databaseForTest();
  const { control, workspace } = t.ctx();
  for (const [id, name] of [[mira, "Mira Okafor"], [tom, "Tom Weber"]] as const) {
    await sql`insert into users (id, name, email) values (${id}, ${name}, ${`${name.slice(0, 4).trim()}@northwind.example`}) on conflict do nothing`.execute(control);
    await sql`insert into members (workspace_id, user_id, role) values (${workspace.id}, ${id}, 'agent') on conflict do nothing`.execute(control);
  }
  const as = (id: string, at: Date) => t.ctx("agent", { at, actor: { id, name: id === mira ? "Mira Okafor" : "Tom Weber" } });
  return { t, as };
} // prettier-ignore

const tell = (ctx: Ctx, key: string, more: Partial<NewNotification> = {}) =>
  inTransaction(ctx, (tx) =>
    notify(tx, { users: [tom], kind: "mentioned", key, title: "Vertex GmbH", text: "look", path: "/accounts/1", ...more }),
  ); // prettier-ignore
const later = (ms: number) => new Date(morning.getTime() + ms);
const hour = 3_600_000;

test("a digest leaves at the person's hour with what is unread, once, whoever sends", async () => {
  const { t, as } = await two();
  await chooseWays(as(tom, morning), { ways: [], hour: 17 });
  for (const key of ["a", "a", "b", "c"]) await tell(as(mira, morning), key);
  await tell(as(mira, morning), "d", { kind: "commented" });
  const [newest] = (await notificationsOf(as(tom, morning), { unread: true, limit: 10 })).items;
  expect(await unreadOf(as(tom, morning))).toBe(4);
  await markRead(as(tom, morning), [newest!.id], true);
  expect(await digestsAt(as(mira, morning))).toEqual(new Date("2026-11-23T16:00:00Z"));
  expect(await sendDigests(as(mira, later(6 * hour)))).toBe(0);
  const due = as(mira, later(7 * hour));
  await Promise.all([sendDigests(due), sendDigests(due), sendDigests(due)]);
  expect(t.mails.map((m) => [m.to, m.subject])).toEqual([["Tom@northwind.example", "3 things to look at in Northwind Goods"]]); // prettier-ignore
  expect(t.mails[0]!.text).toContain("Mira Okafor mentioned you on Vertex GmbH: look");
  expect(t.mails[0]!.text).not.toContain("commented");
  expect(await digestsAt(due)).toBeNull();
  expect((await settingsOf(as(tom, morning))).mails).toMatchObject([{ subject: expect.any(String), failure: null }]);
});

test("chosen ways are kept: at once, never, and hostile words stay words", async () => {
  const { t, as } = await two();
  await chooseWays(as(tom, morning), { ways: [{ kind: "mentioned", way: "mail" }, { kind: "moved", way: "off" }] }); // prettier-ignore
  await tell(as(mira, morning), "now", { title: `<b>Ünïcode</b>\r\nBcc: x@x.example`, text: "\u202e🎉" });
  await tell(as(mira, morning), "off", { kind: "moved" });
  await tell(as(tom, morning), "own");
  expect(await sendDigests(as(mira, morning))).toBe(1);
  expect(t.mails).toHaveLength(1);
  expect(t.mails[0]!.subject).not.toMatch(/[\r\n]/);
  expect(t.mails[0]!.html).toContain("&lt;b&gt;Ünïcode&lt;/b&gt;");
  expect(await unreadOf(as(tom, morning))).toBe(1);
});

test("a server that says later is asked again, one that says never is not, and the person can see why", async () => {
  const { as } = await two();
  await chooseWays(as(tom, morning), { ways: [{ kind: "mentioned", way: "mail" }] });
  await tell(as(mira, morning), "a");
  const tries: string[] = [];
  const with_ = (ctx: Ctx, how: "soft" | "hard"): Ctx => {
    const submit = (m: { message_id?: string | undefined }) => (tries.push(m.message_id ?? ""), Promise.resolve({ outcome: "rejected" as const, how, reason: `said ${how}` })); // prettier-ignore
    return { ...ctx, outside: { ...ctx.outside, mail: { ...ctx.outside.mail, submit } } };
  };
  await sendDigests(with_(as(mira, morning), "soft"));
  expect(await digestsAt(as(mira, morning))).toEqual(later(5 * 60_000));
  await sendDigests(with_(as(mira, later(hour)), "hard"));
  await sendDigests(as(mira, later(2 * hour)));
  expect(new Set(tries).size).toBe(1);
  expect(tries).toHaveLength(2);
  expect((await settingsOf(as(tom, morning))).mails).toMatchObject([{ sent_at: null, failure: "said hard" }]);
});

/** A mail server that takes everything, a little late, and tells when it has taken so many. */
async function sink() {
  const arrived: string[] = [];
  let told = (): void => undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, done) => {
      stream.resume();
      stream.on("end", () => {
        arrived.push(session.envelope.rcptTo[0]!.address);
        told();
        setTimeout(done, 3);
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

test("killed while it sends, no notification goes in two mails, no mail goes twice, and what was cut off says so", async () => {
  const { t, as } = await two();
  const server = await sink();
  const people = 30;
  await sql`
    with u as (insert into rondo.users (id, name, email) select gen_random_uuid(), 'P ' || n, 'p' || n || '@northwind.example' from generate_series(1, ${people}) n returning id),
         m as (insert into rondo.members (workspace_id, user_id, role) select ${t.ctx().workspace.id}, id, 'agent' from u)
    insert into notifications (id, user_id, kind, title, text, path, by_name, key, at, mail_at)
    select gen_random_uuid(), id, 'mentioned', 'Vertex', 'look', '/', 'Mira', 'k', now(), now() from u`.execute(t.ctx().db);
  const script = join(import.meta.dirname, "sending-for-tests.ts");
  for (const many of [3, 9, 16]) {
    const reached = server.reached(many);
    const child = spawn(process.execPath, [script, t.url, JSON.stringify(t.ctx().workspace), server.url], { stdio: ["ignore", "inherit", "inherit"] });
    const ended = once(child, "exit");
    await Promise.race([reached, ended]);
    child.kill("SIGKILL");
    await ended;
  }
  const mail = createMail({ smtpUrl: server.url, mailFrom: "Rondo <rondo@localhost>", dataDir: "/nowhere" }, createLog("error"));
  onTestFinished(() => mail.close());
  const after = as(mira, new Date(Date.now() + hour));
  await sendDigests({ ...after, outside: { ...after.outside, mail } });
  const { rows } = await sql<{ email: string; sent: boolean; failure: string | null }>`
    select u.email, d.sent_at is not null as sent, d.failure from digests d join rondo.users u on u.id = d.user_id`.execute(t.ctx().db);
  expect(new Set(server.arrived).size).toBe(server.arrived.length);
  expect(new Set(rows.map((r) => r.email)).size).toBe(people);
  expect(rows).toHaveLength(people);
  const cut = rows.filter((r) => !r.sent);
  expect(cut.length).toBeGreaterThan(0);
  expect(cut.every((r) => r.failure?.startsWith("Sending was cut off"))).toBe(true);
  expect(rows.filter((r) => r.sent && !server.arrived.includes(r.email))).toEqual([]);
}, 60_000); // prettier-ignore
