import { readFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { newId } from "#kernel/id";
import { readConfig } from "#platform/config";
import { seal } from "#platform/pages";
import { modules } from "../src/app/modules.ts";
import { apisOf, createApp } from "../src/app/server.ts";
import { databaseForTest } from "./database.ts";
import { publicEndpoints, publicPages, type Proof, type PublicLine } from "./public.ts";

const root = "/p/000000000001";
const pages = modules.flatMap((m) => m.pages ?? []);
const oversize = "x".repeat(300_000);

/** The whole product as a stranger on the internet meets it: no cookie, no key. */
async function stranger() {
  const t = await databaseForTest();
  const app = await createApp({ database: t.database, config: readConfig({ RONDO_DATA: "/nonexistent" }), log: pino({ level: "silent" }), web: null }); // prettier-ignore
  onTestFinished(() => app.close());
  const ctx = { ...t.ctx(), outside: app.outside };
  let turn = 0;
  return {
    ctx,
    apis: apisOf(app.auth.apis, {}),
    ask: async (method: string, url: string, payload?: string, headers: Record<string, string> = {}, from?: string) => {
      // Each time from another network unless said: the limits are looked at on their own.
      const remoteAddress = from ?? `198.${18 + (turn >> 16)}.${(turn >> 8) & 255}.${turn++ & 255}`;
      const a = await app.http.inject({ method: method as "GET", url, headers, remoteAddress, ...(payload === undefined ? {} : { payload }) }); // prettier-ignore
      return { status: a.statusCode, text: a.body, type: String(a.headers["content-type"]) };
    },
  };
}
type Stranger = Awaited<ReturnType<typeof stranger>>;

const form = { "content-type": "application/x-www-form-urlencoded" };
const addressOf = (route: string, token: string): [method: string, url: string] => {
  const [method, path] = route.split(" ") as [string, string];
  return [method, `${root}${path.replace(/\{(token|file|code|key)\}/, token).replace("{key}", "kitchen")}`];
};

/** Addresses that nobody was given: made up, cut, of another kind, and one that is whole but whose record is not there. */
function forgedFor({ ctx }: Stranger, { by, ids = 1 }: PublicLine): string[] {
  const words = ["x", newId(), "%00", "..%2f..%2fetc", "%F0%28%8C%28", "a".repeat(4000), "1%27%20or%20%271%27=%271"];
  if (by === "code" || by === "key") return [...words, "abcdefgh23"];
  const id = ids === 2 ? `${newId()}.${newId()}` : newId();
  const whole = seal(ctx, by, id);
  return [...words, whole, whole.slice(0, -1), `${whole}x`, seal(ctx, "another-kind", id)];
}

test("every page and endpoint for strangers is in the table, and what is proven elsewhere is proven", async () => {
  expect(Object.keys(publicPages).toSorted(compare)).toEqual(pages.map((p) => p.route).toSorted(compare));
  const { apis } = await stranger();
  const open = Object.values(apis).flatMap((api) => Object.values(api).filter((e) => e.may === "public")).map((e) => String(e.route)); // prettier-ignore
  const boot = ["GET /boot", "GET /openapi.json"];
  expect(Object.keys(publicEndpoints).toSorted(compare)).toEqual([...open, ...boot].toSorted(compare));
  for (const line of [...Object.values(publicPages), ...Object.values(publicEndpoints)])
    for (const proof of [line.twice, line.expired]) expect(isProven(proof), String(proof)).toBe(true);
});
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const isProven = (proof: Proof): boolean =>
  typeof proof === "string" ? proof.length > 5 : readFileSync(join(import.meta.dirname, "..", proof[0]), "utf8").includes(`test("${proof[1]}"`); // prettier-ignore

test("a forged address is answered in the same words as one whose record is gone, and names nobody", { timeout: 120_000 }, async () => {
  const out = await stranger();
  for (const [route, line] of Object.entries(publicPages)) {
    const answers = new Set<string>();
    for (const token of forgedFor(out, line)) {
      const [method, url] = addressOf(route, token);
      const { status, text } = await out.ask(method, url, method === "POST" ? "name=Ana" : undefined, method === "POST" ? form : {}); // prettier-ignore
      const noAddress = { "%F0%28%8C%28": 400, ["a".repeat(4000)]: 414 }[token];
      expect([route, token.slice(0, 60), status]).toEqual([route, token.slice(0, 60), noAddress ?? line.alike ?? 404]);
      if (noAddress) continue;
      // What is no address at all is refused before the page is asked.
      if (!text.includes("There is nothing at this address")) answers.add(text.replaceAll(/nonce-?[^"' ]*["'][^"']*/g, "").replaceAll(/nonce="[^"]*"/g, ""));
    }
    expect([route, answers.size]).toEqual([route, 1]);
  }
}); // prettier-ignore

test("what is too large, malformed or of a wrong kind is refused with a page, or with problem JSON for a program", { timeout: 120_000 }, async () => {
  const out = await stranger();
  const wrong: [string, Record<string, string>][] = [
    [oversize, form],
    ["{", { "content-type": "application/json" }],
    ["[1]", { "content-type": "application/json" }],
    ["null", { "content-type": "application/json" }],
    ["<a/>", { "content-type": "text/xml" }],
    ["--x\r\nbroken", { "content-type": "multipart/form-data; boundary=x" }],
    ["%E0%A4%A=%00&a[b]=c&__proto__=x", form],
  ];
  for (const [route, line] of Object.entries(publicPages)) {
    const [method, url] = addressOf(route, forgedFor(out, line).at(-1)!);
    if (method === "GET") {
      const { status, type, text } = await out.ask(method, `${url}?score=${"9".repeat(6000)}&a=1&a=2&b[c]=d`, undefined, { accept: "application/json" });
      expect([route, status]).toEqual([route, line.alike ?? 404]);
      if (!line.alike) expect([route, type.split(";")[0], (JSON.parse(text) as { status: number }).status]).toEqual([route, "application/problem+json", 404]);
      continue;
    }
    for (const [body, headers] of wrong) {
      for (const accept of ["text/html", "application/json"]) {
        const { status, text, type } = await out.ask(method, url, body, { ...headers, accept });
        if (line.readable && status === 200) {
          expect(JSON.parse(text)).toMatchObject({ sent: false, code: "form.not-found" });
          continue;
        }
        const what = `${route} ${body.slice(0, 20)} answered ${status} ${text.slice(0, 200)}`;
        expect(status, what).toBeGreaterThanOrEqual(400);
        expect(status, what).toBeLessThan(500);
        if (body === oversize) expect(status, what).toBe(413);
        if (accept === "application/json") expect(type, what).toContain("application/problem+json");
        expect(text, what).not.toMatch(/\bat .*\.ts:\d+|node_modules|select /);
      }
    }
  }
}); // prettier-ignore

test("every page that takes something is limited for one network, and says when to come again", async () => {
  const out = await stranger();
  for (const page of pages.filter((p) => p.route.startsWith("POST "))) {
    const { burst } = page.limit ?? { burst: 30 };
    // Mail programs press for all their people from a few networks: that one takes thousands.
    if (burst > 100) continue;
    const app = await limitedBy(out, page.route, burst);
    expect([page.route, ...app]).toEqual([page.route, 404, 429]);
  }
});

async function limitedBy(out: Stranger, route: string, burst: number): Promise<number[]> {
  const [method, url] = addressOf(route, "x");
  const seen: number[] = [];
  for (let i = 0; i <= burst; i += 1) seen.push((await out.ask(method, url, "a=b", form, "203.0.113.7")).status);
  return [seen[0]!, seen.at(-1)!];
}

test("endpoints that ask for no sign-in refuse alike, in problem JSON", async () => {
  const out = await stranger();
  const json = { "content-type": "application/json" };
  for (const [route] of Object.entries(publicEndpoints).filter(([r]) => r.startsWith("POST "))) {
    const [method, path] = route.split(" ") as [string, string];
    const tries: [string, Record<string, string>, number][] = [
      [JSON.stringify({ email: oversize.repeat(8) }), json, 413],
      ["{", json, 400],
      ["[]", json, 422],
      ["{}", json, 422],
      ['{"email":5,"token":{"a":1},"password":[]}', json, 422],
      ["a=b", form, 415],
      [JSON.stringify({ email: "ana@x.example", token: "x".repeat(40), password: "seven blue kettles" }), { ...json, origin: "https://evil.example", "sec-fetch-site": "cross-site" }, 403],
    ]; // prettier-ignore
    for (const [body, headers, wanted] of tries) {
      const { status, type, text } = await out.ask(method, `/api/v1${path}`, body, headers);
      expect([route, body.slice(0, 30), status]).toEqual([route, body.slice(0, 30), wanted]);
      expect([route, type.split(";")[0]]).toEqual([route, "application/problem+json"]);
      expect(text).not.toContain("evil.example");
    }
  }
  const token = "x".repeat(43);
  const unknown = await out.ask("GET", `/api/v1/session/invitation?token=${token}`);
  expect([unknown.status < 500, unknown.status >= 400, unknown.type.split(";")[0]]).toEqual([true, true, "application/problem+json"]); // prettier-ignore
});
