import { expect, test } from "vitest";
import { house, owner, settledHouse } from "../../../test/house.ts";

test("garbage instead of a cookie or a key is nobody, never a fault", async () => {
  const h = await settledHouse();
  const [name, value] = h.mira.cookie.split("=") as [string, string];
  const forged = `${decodeURIComponent(value).split(".")[0]!}.${Buffer.alloc(32).toString("base64")}`;
  const credentials: Record<string, string>[] = [
    { cookie: `${name}=` },
    { cookie: `${name}=%E0%A4%A` },
    { cookie: `${name}=${"x".repeat(5000)}` },
    { cookie: `${name}=.${"A".repeat(44)}` },
    { cookie: `${name}=${encodeURIComponent(forged)}` },
    { cookie: `${name}=\u0001; ${name}=a.b` },
    { authorization: "" },
    { authorization: "Bearer" },
    { authorization: "Bearer rondo_'; drop table users; --" },
    { authorization: `Basic ${Buffer.from("mira:x").toString("base64")}` },
    { authorization: `Bearer ${"rondo_".repeat(1000)}` },
  ];
  for (const headers of credentials)
    expect((await h.browser().send("GET /workspace", undefined, { ...headers, "x-workspace": "'" })).statusCode).toBe(
      401,
    );
});

test("a wrong key is not made good by a cookie", async () => {
  const h = await settledHouse();
  expect((await h.mira.send("GET /workspace")).statusCode).toBe(200);
  expect((await h.mira.send("GET /workspace", undefined, { authorization: "Basic bWlyYTp4" })).statusCode).toBe(401);
});

test("another site's page can neither write with our cookie nor sign its visitor in", async () => {
  const h = await settledHouse();
  const foreign: Record<string, string>[] = [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "", origin: "https://evil.example" },
    { "sec-fetch-site": "", origin: "null" },
  ];
  for (const headers of foreign) {
    const plain = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ""));
    const send = (url: string, cookie?: string) =>
      h.app.inject({
        method: "POST",
        url,
        headers: { ...plain, host: "localhost:3000", ...(cookie ? { cookie } : {}) },
      });
    expect((await send("/api/v1/invitations?email=ada@northwind.example&role=admin", h.mira.cookie)).json().code).toBe(
      "foreign-site",
    );
    expect(
      (await send(`/api/v1/session?email=${owner.email}&password=${encodeURIComponent(owner.password)}`)).json().code,
    ).toBe("foreign-site");
  }
  const noOrigin = await h.app.inject({
    method: "DELETE",
    url: "/api/v1/sessions",
    headers: { cookie: h.mira.cookie },
  });
  expect(noOrigin.json().code).toBe("foreign-site");
  const ours = await h.app.inject({
    method: "DELETE",
    url: "/api/v1/sessions",
    headers: { cookie: h.mira.cookie, host: "localhost:3000", origin: "http://localhost:3000" },
  });
  expect(ours.statusCode).toBe(200);
});

test("a body that is no object, and texts that are none, are refused", async () => {
  const h = await house();
  for (const payload of [
    "[]",
    '"text"',
    "1",
    '{"email":{},"password":[]}',
    '{"email":"a@b.example","password":"\\u0000"}',
  ])
    expect(
      (
        await h.app.inject({
          method: "POST",
          url: "/api/v1/session",
          headers: { "content-type": "application/json" },
          payload,
        })
      ).statusCode,
    ).toBeOneOf([401, 422]);
  expect((await h.browser().send("GET /session/invitation?token=%00")).statusCode).toBe(404);
  expect(
    (await h.browser().send("POST /session/reset", { token: "\u0000", password: "a much newer password" })).statusCode,
  ).toBe(422);
});

test("the general limit refuses a flood and lets the caller in again", async () => {
  const h = await house();
  const { createServer } = await import("#platform/http");
  const app = await createServer({ trustProxy: false, maxUploadBytes: 1000, web: null });
  h.auth.attach(app, { burst: 5, per_second: 50 });
  app.get("/api/v1/ping", () => "pong");
  const ask = async (remoteAddress: string): Promise<number> =>
    (await app.inject({ url: "/api/v1/ping", remoteAddress })).statusCode;
  const answers: number[] = [];
  for (let n = 0; n < 8; n++) answers.push(await ask("203.0.113.7"));
  expect(answers.filter((status) => status === 200).length).toBeGreaterThanOrEqual(5);
  expect(answers).toContain(429);
  expect(await ask("203.0.113.8")).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await ask("203.0.113.7")).toBe(200);
  await app.close();
});
