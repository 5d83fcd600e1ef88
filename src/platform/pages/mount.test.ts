import { expect, onTestFinished, test } from "vitest";
import { createServer } from "#platform/http";
import { createLog } from "#platform/log";
import { databaseForTest } from "../../../test/database.ts";
import { html, mountPages, valueOf, type PublicPage } from "./index.ts";

const pages: readonly PublicPage[] = [
  { route: "GET /away", run: () => ({ redirect: "https://gläser.example/größe/€ 5?für=日本\r\nset-cookie: a=b" }) },
  { route: "GET /dear", limit: { burst: 2, per_seconds: 600 }, run: () => ({ file: "paper", type: "text/plain" }) },
  { route: "POST /say", run: (_ctx, ask) => ({ title: "Said", body: html`<p>[${valueOf(ask, "words")}]</p>` }) },
];

async function served() {
  const ctx = (await databaseForTest()).ctx();
  const http = await createServer({ logger: createLog("silent"), trustProxy: false, maxUploadBytes: 1000, web: null });
  await mountPages(http, { pages, enter: () => Promise.resolve(ctx) });
  onTestFinished(() => http.close());
  return http;
}

test("a link that leads to an address in any script leads there, and writes no other header", async () => {
  const answer = await (await served()).inject({ method: "GET", url: "/p/000000000001/away" });
  expect(answer.statusCode).toBe(303);
  expect(answer.headers["set-cookie"]).toBeUndefined();
  const to = new URL(answer.headers.location!);
  expect([to.hostname, decodeURIComponent(to.pathname)]).toEqual(["xn--glser-hra.example", "/größe/€ 5"]);
});

test("a page that costs much to make is made so often for one network and no more", async () => {
  const http = await served();
  const ask = async () => (await http.inject({ method: "GET", url: "/p/000000000001/dear" })).statusCode;
  expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
});

test.each([[{ words: { toString: 1 } }, "[]"], [{ words: ["a", { b: 1 }] }, "[]"], [{ words: "a\u0000b" }, "[ab]"], [{ words: 5 }, "[5]"], [{}, "[]"]])(
  "a program that sends %j is understood as a form, whatever it holds",
  async (payload, shown) => {
    const answer = await (await served()).inject({ method: "POST", url: "/p/000000000001/say", payload });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain(shown);
  },
); // prettier-ignore
