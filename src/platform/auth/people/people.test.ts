import { sql } from "kysely";
import { expect, test } from "vitest";
import { createMail } from "#platform/mail";
import { house, joined, owner, settledHouse, tokenIn } from "../../../../test/house.ts";

const day = 24 * 3600_000;

test("an invitation is mailed, shows who invites, and is accepted once", async () => {
  const h = await settledHouse();
  const invited = await h.mira.send("POST /invitations", { email: "Jonas@Northwind.example", role: "agent" });
  expect(invited.statusCode).toBe(201);
  expect(invited.json()).toMatchObject({
    mail: "outbox",
    invitation: { email: "jonas@northwind.example", role: "agent", state: "open" },
  });
  const [mail] = await h.mails();
  expect(mail).toContain("To: jonas@northwind.example");
  const token = tokenIn(mail!);
  expect(token).toBe(tokenIn(invited.body));
  const shown = await h.browser().send(`GET /session/invitation?token=${token}`);
  expect(shown.json()).toEqual({
    workspace: owner.company,
    inviter: owner.name,
    email: "jonas@northwind.example",
    role: "agent",
    has_account: false,
  });
  const accept = () =>
    h.browser().send("POST /session/accept-invitation", { token, name: "Jonas", password: "nine green lamps" });
  const answers = await Promise.all([accept(), accept()]);
  expect(answers.filter((a) => a.statusCode === 201)).toHaveLength(1);
  expect((await accept()).statusCode).toBe(404);
  const { items, total } = (await h.mira.send("GET /people")).json();
  expect(items.map((p: { email: string; role: string }) => [p.email, p.role])).toEqual([
    [owner.email, "owner"],
    ["jonas@northwind.example", "agent"],
  ]);
  expect(total).toEqual({ count: 2, exact: true });
  expect(
    (await h.mira.send("POST /invitations", { email: "jonas@northwind.example", role: "admin" })).json().code,
  ).toBe("invitation.is-member");
});

test("invited again, the first link stops working; taken back or too old, no link works", async () => {
  const h = await settledHouse();
  const first = await h.mira.send("POST /invitations", { email: "ada@northwind.example", role: "viewer" });
  const again = await h.mira.send(`POST /invitations/${first.json().invitation.id}/resend`);
  const status = async (token: string): Promise<number> =>
    (await h.browser().send(`GET /session/invitation?token=${token}`)).statusCode;
  expect(await status(tokenIn(first.body))).toBe(404);
  expect(await status(tokenIn(again.body))).toBe(200);
  expect((await h.mira.send("GET /invitations")).json().items).toHaveLength(1);
  h.pass(8 * day);
  await h.mira.send("POST /session", owner);
  expect(await status(tokenIn(again.body))).toBe(404);
  expect((await h.mira.send("GET /invitations")).json().items[0].state).toBe("expired");
  const third = await h.mira.send("POST /invitations", { email: "ada@northwind.example", role: "viewer" });
  expect((await h.mira.send(`DELETE /invitations/${third.json().invitation.id}`)).statusCode).toBe(204);
  expect(await status(tokenIn(third.body))).toBe(404);
  expect((await h.mira.send(`DELETE /invitations/${third.json().invitation.id}`)).statusCode).toBe(404);
});

test("when the mail cannot be sent the invitation exists and its link is shown", async () => {
  const quiet = { info: () => {} };
  // Port 1 of this machine: nobody listens there.
  const mail = createMail(
    { smtpUrl: "smtp://127.0.0.1:1", mailFrom: "Rondo <rondo@localhost>", dataDir: "/nowhere" },
    quiet,
  );
  const h = await settledHouse({ mail });
  const invited = (await h.mira.send("POST /invitations", { email: "ada@northwind.example", role: "viewer" })).json();
  expect(invited.mail).toBe("failed");
  expect(invited.message).toContain("copy this link");
  expect((await h.browser().send(`GET /session/invitation?token=${tokenIn(invited.link)}`)).statusCode).toBe(200);
});

test("somebody with an account joins a second company by their own password, and chooses where to work", async () => {
  const h = await settledHouse();
  await sql`insert into workspaces (id, schema, name, currency, time_zone) values ('01900000-0000-7000-8000-000000000001', 'w_000000000001', 'Vertex', 'EUR', 'Europe/Berlin')`.execute(
    h.database.control,
  );
  await sql`insert into invitations (id, workspace_id, email, role, token_hash, inviter, created_at, expires_at)
            values ('01900000-0000-7000-8000-0000000000b1', '01900000-0000-7000-8000-000000000001', ${owner.email}, 'viewer', sha256('other'), 'Noor', now(), now() + interval '1 day')`.execute(
    h.database.control,
  );
  const accept = (password: string) =>
    h.mira.send("POST /session/accept-invitation", { token: "other", name: "Mira", password });
  expect((await accept("nine green lamps")).json().errors[0].field).toBe("password");
  expect((await accept(owner.password)).statusCode).toBe(201);
  const { items } = (await h.mira.send("GET /workspaces")).json();
  expect(items.map((w: { role: string }) => w.role)).toEqual(["owner", "viewer"]);
  const there = { "x-workspace": "01900000-0000-7000-8000-000000000001" };
  expect((await h.mira.send("GET /session", undefined, there)).json()).toMatchObject({
    role: "viewer",
    workspace: { id: there["x-workspace"] },
  });
  expect((await h.mira.send("PATCH /workspace", { name: "Mine now" }, there)).statusCode).toBe(403);
  expect(
    (await h.mira.send("GET /workspace", undefined, { "x-workspace": "01900000-0000-7000-8000-00000000dead" })).json()
      .code,
  ).toBe("workspace.not-member");
});

test("the table of permissions holds for every role", async () => {
  const h = await settledHouse();
  const asked = ["GET /people", "GET /workspace", "GET /invitations", "GET /api-keys", "GET /audit"];
  const statuses = async (role: string): Promise<number[]> => {
    const browser = await joined(h, `${role}@northwind.example`, role);
    const answers: number[] = [];
    for (const route of asked) answers.push((await browser.send(route)).statusCode);
    answers.push(
      (await browser.send("POST /invitations", { email: `by-${role}@northwind.example`, role: "viewer" })).statusCode,
    );
    answers.push((await browser.send("PATCH /workspace", { name: `By ${role}`, version: 1 })).statusCode);
    return answers;
  };
  expect(await statuses("viewer")).toEqual([200, 200, 403, 403, 403, 403, 403]);
  expect(await statuses("agent")).toEqual([200, 200, 403, 403, 403, 403, 403]);
  expect(await statuses("manager")).toEqual([200, 200, 403, 403, 403, 403, 403]);
  expect(await statuses("admin")).toEqual([200, 200, 200, 200, 200, 201, 200]);
});

test("an administrator cannot make or unmake owners; a new role counts at once", async () => {
  const h = await settledHouse();
  const admin = await joined(h, "ada@northwind.example", "admin");
  const agent = await joined(h, "jonas@northwind.example", "agent");
  const mira = (await h.mira.send("GET /session")).json().person.id;
  expect((await admin.send(`PATCH /people/${admin.id}`, { role: "owner" })).json().code).toBe("people.owner-only");
  expect((await admin.send(`PATCH /people/${mira}`, { role: "viewer" })).statusCode).toBe(403);
  expect((await admin.send(`DELETE /people/${mira}`)).statusCode).toBe(403);
  expect((await agent.send("GET /invitations")).statusCode).toBe(403);
  expect((await h.mira.send(`PATCH /people/${agent.id}`, { role: "admin" })).statusCode).toBe(200);
  expect((await agent.send("GET /invitations")).statusCode).toBe(200);
});

test("two owners who unmake each other at once leave one owner", async () => {
  const h = await settledHouse();
  const noor = await joined(h, "noor@northwind.example", "admin");
  const mira = (await h.mira.send("GET /session")).json().person.id;
  for (let round = 0; round < 5; round++) {
    await sql`update members set role = 'owner' where role <> 'viewer'`.execute(h.database.control);
    await Promise.all([
      h.mira.send(`PATCH /people/${noor.id}`, { role: "admin" }),
      noor.send(`PATCH /people/${mira}`, { role: "admin" }),
    ]);
    const { rows } = await sql<{ owners: number }>`select count(*) as owners from members where role = 'owner'`.execute(
      h.database.control,
    );
    expect(rows[0]?.owners).toBe(1);
  }
});

test("the last owner can neither step down nor leave", async () => {
  const h = await settledHouse();
  const mira = (await h.mira.send("GET /session")).json().person.id;
  expect((await h.mira.send(`PATCH /people/${mira}`, { role: "admin" })).json().code).toBe("people.last-owner");
  expect((await h.mira.send(`DELETE /people/${mira}`)).json().code).toBe("people.last-owner");
  expect((await h.mira.send("GET /people")).json().total.count).toBe(1);
});

test("a removed member is out at once, and so are the keys they made", async () => {
  const h = await settledHouse();
  const admin = await joined(h, "ada@northwind.example", "admin");
  const { key } = (await admin.send("POST /api-keys", { name: "ci", role: "agent" })).json();
  expect((await h.browser().send("GET /workspace", undefined, { authorization: `Bearer ${key}` })).statusCode).toBe(
    200,
  );
  expect((await h.mira.send(`DELETE /people/${admin.id}`)).json()).toEqual({ keys_revoked: 1 });
  expect((await admin.send("GET /workspace")).statusCode).toBe(401);
  expect((await h.browser().send("GET /workspace", undefined, { authorization: `Bearer ${key}` })).statusCode).toBe(
    401,
  );
  expect(
    (await h.browser().send("POST /session", { email: "ada@northwind.example", password: "nine green lamps" })).json()
      .code,
  ).toBe("sign-in.no-workspace");
  expect(
    (await h.browser().send("POST /session", { email: "ada@northwind.example", password: "nine green lambs" })).json()
      .code,
  ).toBe("sign-in.wrong");
});

test("every act is written down with who did it", async () => {
  const h = await settledHouse();
  await joined(h, "ada@northwind.example", "viewer");
  const { items } = (await h.mira.send("GET /audit?limit=2")).json();
  expect(items.map((line: { act: string; actor: { name: string } }) => [line.act, line.actor.name])).toEqual([
    ["person.joined", "ada"],
    ["invitation.sent", owner.name],
  ]);
});

test("an invitation needs a house that is set up", async () => {
  const h = await house();
  expect(
    (await h.browser().send("POST /invitations", { email: "ada@northwind.example", role: "viewer" })).statusCode,
  ).toBe(401);
});
