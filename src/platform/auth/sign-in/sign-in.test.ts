import { sql } from "kysely";
import { expect, test } from "vitest";
import { house, owner, settledHouse, tokenIn } from "../../../../test/house.ts";

const hour = 3600_000;

test("two first runs at once make one owner and one company", async () => {
  const h = await house();
  expect((await h.browser().send("GET /session")).json()).toEqual({ person: null, first_run: true });
  const answers = await Promise.all([
    h.browser().send("POST /session/first-run", owner),
    h.browser().send("POST /session/first-run", { ...owner, email: "noor@northwind.example" }),
  ]);
  expect(answers.map((a) => a.statusCode).toSorted((a, b) => a - b)).toEqual([201, 409]);
  const { rows } = await sql<{ users: number; owners: number; schemas: number }>`
    select (select count(*) from users) as users, (select count(*) from members where role = 'owner') as owners,
           (select count(*) from pg_namespace where nspname ~ '^w_' and nspname <> 'w_000000000001') as schemas`.execute(
    h.database.control,
  );
  expect(rows[0]).toEqual({ users: 1, owners: 1, schemas: 1 });
  expect((await h.browser().send("POST /session/first-run", owner)).statusCode).toBe(409);
});

test("a first run that fails in a module leaves nothing behind, and can be repeated", async () => {
  let broken = true;
  const ready: string[] = [];
  const h = await house({
    hooks: {
      onReady: (workspace) => void ready.push(workspace.name),
      onCreated: [
        async (ctx) => {
          await sql`select 1 from jobs`.execute(ctx.db);
          if (broken) throw new Error("no room");
        },
      ],
    },
  });
  expect((await h.browser().send("POST /session/first-run", owner)).statusCode).toBe(500);
  const { rows } =
    await sql`select 1 from users union all select 1 from pg_namespace where nspname ~ '^w_' and nspname <> 'w_000000000001'`.execute(
      h.database.control,
    );
  expect(rows).toEqual([]);
  expect(ready).toEqual([]);
  broken = false;
  expect((await h.browser().send("POST /session/first-run", owner)).statusCode).toBe(201);
  expect(ready).toEqual([owner.company]);
});

test("weak passwords and unknown words are refused at the field", async () => {
  const h = await house();
  const field = async (change: object): Promise<unknown> => {
    const answer = await h.browser().send("POST /session/first-run", { ...owner, ...change });
    return [answer.statusCode, answer.json().errors?.[0]?.field];
  };
  expect(await field({ password: "short" })).toEqual([422, "password"]);
  expect(await field({ password: "Password123" })).toEqual([422, "password"]);
  expect(await field({ password: owner.email.toUpperCase() })).toEqual([422, "password"]);
  expect(await field({ currency: "XXY" })).toEqual([422, "currency"]);
  expect(await field({ time_zone: "Mars/Olympus" })).toEqual([422, "time_zone"]);
  expect(await field({ company: "Two\nlines" })).toEqual([422, "company"]);
  expect(await field({ email: "a@b.example, c@d.example" })).toEqual([422, "email"]);
});

test("signing in sets one strict cookie, signing out ends the session on the server too", async () => {
  const h = await settledHouse({ publicUrl: "https://crm.northwind.example" });
  const browser = h.browser();
  const answer = await browser.send("POST /session", { email: " MIRA@Northwind.example ", password: owner.password });
  expect(answer.statusCode).toBe(200);
  const set = String(answer.headers["set-cookie"]);
  for (const flag of ["rondo_session=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=1209600"])
    expect(set).toContain(flag);
  expect(answer.body).not.toContain("token");
  const stolen = browser.cookie;
  expect((await browser.send("GET /session")).json()).toMatchObject({
    person: { email: owner.email },
    role: "owner",
    workspace: { name: owner.company },
  });
  expect((await browser.send("DELETE /session")).statusCode).toBe(200);
  expect(browser.cookie).toBe("");
  expect((await browser.send("GET /workspace", undefined, { cookie: stolen })).statusCode).toBe(401);
  expect((await browser.send("DELETE /session")).statusCode).toBe(200);
});

test("over plain http the cookie is not marked Secure, or nobody could sign in", async () => {
  const h = await settledHouse();
  const answer = await h.browser().send("POST /session", owner);
  expect(String(answer.headers["set-cookie"])).not.toContain("Secure");
});

test("a wrong password and an unknown address get the same answer; then the door stays shut for a while", async () => {
  const h = await settledHouse();
  const browser = h.browser();
  const wrong = await browser.send("POST /session", { email: owner.email, password: "not the password" });
  const unknown = await browser.send("POST /session", {
    email: "nobody@northwind.example",
    password: "not the password",
  });
  expect(wrong.statusCode).toBe(401);
  expect(unknown.json()).toEqual(wrong.json());
  for (let i = 0; i < 7; i++) await browser.send("POST /session", { email: owner.email, password: "not the password" });
  const shut = await browser.send("POST /session", { email: owner.email, password: owner.password });
  expect(shut.statusCode).toBe(429);
  expect(Number(shut.headers["retry-after"])).toBeGreaterThan(0);
  h.pass(Number(shut.headers["retry-after"]) * 1000);
  expect((await browser.send("POST /session", { email: owner.email, password: owner.password })).statusCode).toBe(200);
});

test("people who know their password are not shut out by signing in often", async () => {
  const h = await settledHouse();
  for (let i = 0; i < 10; i++) expect((await h.browser().send("POST /session", owner)).statusCode).toBe(200);
});

test("a forgotten password is replaced once by a mailed link, and every session ends", async () => {
  const h = await settledHouse();
  const asked = await h.browser().send("POST /session/forgot", { email: owner.email });
  const unknown = await h.browser().send("POST /session/forgot", { email: "nobody@northwind.example" });
  expect([asked.statusCode, unknown.statusCode]).toEqual([202, 202]);
  expect(unknown.body).toBe(asked.body);
  const mails = await h.mails();
  expect(mails).toHaveLength(1);
  const token = tokenIn(mails[0]!);
  const { rows } = await sql<{ identifier: string }>`select identifier from verifications`.execute(h.database.control);
  expect(rows[0]?.identifier).not.toContain(token);
  const next = "a much newer password";
  expect((await h.browser().send("POST /session/reset", { token, password: "password123" })).statusCode).toBe(422);
  const both = await Promise.all([1, 2].map(() => h.browser().send("POST /session/reset", { token, password: next })));
  expect(both.map((a) => a.statusCode).toSorted((a, b) => a - b)).toEqual([200, 422]);
  expect((await h.mira.send("GET /workspace")).statusCode).toBe(401);
  expect((await h.browser().send("POST /session", { email: owner.email, password: owner.password })).statusCode).toBe(
    401,
  );
  expect((await h.browser().send("POST /session", { email: owner.email, password: next })).statusCode).toBe(200);
});

test("a link for a new password is too old after an hour, and asking again and again is refused", async () => {
  const h = await settledHouse();
  await h.browser().send("POST /session/forgot", { email: owner.email });
  const token = tokenIn((await h.mails())[0]!);
  h.pass(hour + 1000);
  expect(
    (await h.browser().send("POST /session/reset", { token, password: "a much newer password" })).json().code,
  ).toBe("reset.spent");
  const answers: number[] = [];
  for (let i = 0; i < 6; i++)
    answers.push((await h.browser().send("POST /session/forgot", { email: owner.email })).statusCode);
  expect(answers.at(-1)).toBe(429);
});

test("changing the password asks for the current one and ends the other sessions", async () => {
  const h = await settledHouse();
  const phone = h.browser();
  await phone.send("POST /session", owner);
  const listed = (await h.mira.send("GET /sessions")).json() as { items: { current: boolean }[] };
  expect(listed.items.map((s) => s.current)).toEqual([false, true]);
  expect(
    (await h.mira.send("POST /session/password", { current: "no idea at all", password: "a much newer password" }))
      .statusCode,
  ).toBe(422);
  expect(
    (await h.mira.send("POST /session/password", { current: owner.password, password: "a much newer password" }))
      .statusCode,
  ).toBe(200);
  expect((await phone.send("GET /sessions")).statusCode).toBe(401);
  expect((await h.mira.send("GET /sessions")).json().items).toHaveLength(1);
});

test("one's own sessions can be ended one by one, other people's cannot be seen", async () => {
  const h = await settledHouse();
  const phone = h.browser();
  await phone.send("POST /session", owner);
  const { items } = (await h.mira.send("GET /sessions")).json() as { items: { id: string; current: boolean }[] };
  expect((await h.mira.send(`DELETE /sessions/${items.find((s) => !s.current)!.id}`)).statusCode).toBe(204);
  expect((await phone.send("GET /sessions")).statusCode).toBe(401);
  expect((await h.mira.send("DELETE /sessions/01900000-0000-7000-8000-000000000009")).statusCode).toBe(404);
});

test("a session that is used lives on, one that is not ends after fourteen days", async () => {
  const h = await settledHouse();
  const idle = h.browser();
  await idle.send("POST /session", owner);
  h.pass(8 * 24 * hour);
  const used = await h.mira.send("GET /workspace");
  expect(String(used.headers["set-cookie"])).toContain("Max-Age=1209600");
  h.pass(8 * 24 * hour);
  expect((await h.mira.send("GET /workspace")).statusCode).toBe(200);
  expect((await idle.send("GET /workspace")).statusCode).toBe(401);
});
