import { expect, onTestFinished, test } from "vitest";
import { sendDue } from "#attract/channels";
import type { Ctx } from "#platform/context";
import { createServer } from "#platform/http";
import { mountPages, seal } from "#platform/pages";
import { databaseForTest, type TestDatabase } from "../../../../test/database.ts";
import { actOnStep, endOnboarding } from "./act.ts";
import { startPages } from "./pages.ts";
import { onboardingTold } from "./queries.ts";
import { inviteAgain } from "./start.ts";
import { buys, of, welcoming } from "./started-for-tests.ts";

const root = "/p/000000000001";

// Each page allows its own style by a number used once.
const bare = (page: string): string => page.replace(/nonce="[^"]*"/, "");

/** Somebody with a browser in front of the pages. */
async function customer(t: TestDatabase) {
  const ctx: Ctx = { ...t.ctx(), actor: { kind: "customer", id: null, name: "A customer" } };
  const app = await createServer({ trustProxy: false, maxUploadBytes: 1_000_000, web: null });
  await mountPages(app, { pages: startPages, enter: (key) => Promise.resolve(key === "000000000001" ? ctx : null) });
  onTestFinished(() => app.close());
  return {
    get: async (path: string) => {
      const a = await app.inject({ method: "GET", url: `${root}${path}` });
      return { status: a.statusCode, text: bare(a.body) };
    },
    post: async (path: string, fields: Record<string, string> = {}) => {
      const a = await app.inject({ method: "POST", url: `${root}${path}`, headers: { "content-type": "application/x-www-form-urlencoded" }, payload: new URLSearchParams(fields).toString() }); // prettier-ignore
      return { status: a.statusCode, text: bare(a.body), to: String(a.headers.location ?? "") };
    },
  };
}

async function started(more: Record<string, unknown> = {}) {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const { cleo, product } = await welcoming({ ...ctx, clock: () => new Date(Date.now() - 60_000) }, more);
  await buys(ctx, cleo, product);
  const [id] = await of(ctx, cleo);
  return { t, ctx, id: id!, at: `/start/${seal(ctx, "start", id!)}`, browser: await customer(t) };
}

test("Cleo is mailed her link, sees what we do, answers and marks her steps done; twenty presses count once", async () => {
  const { t, ctx, id, at, browser } = await started({ intro: "Welcome, & enjoy <your> jars." });
  await sendDue(ctx);
  expect(t.mails.map((m) => [m.to, m.subject])).toEqual([["cleo@okafor.example", "First preserves: your next steps"]]);
  expect(String(t.mails[0]!.text)).toContain(at);
  const { status, text } = await browser.get(at);
  expect(status).toBe(200);
  for (const words of ["Welcome, &amp; enjoy &lt;your&gt; jars.", "Set up together", "Which labels do you like?", "After “Set up together”", "0 % done"])
    expect(text, words).toContain(words);
  expect(text).not.toContain("<script");
  expect((await onboardingTold(ctx, id)).percent).toBe(0);
  const empty = await browser.post(`${at}/steps/labels`, { answer: " " });
  expect([empty.status, empty.text.includes("Please write an answer.")]).toEqual([422, true]);
  const long = await browser.post(`${at}/steps/labels`, { answer: `"><b>${"x".repeat(2001)}` });
  expect([long.status, long.text.includes('"><b>x')]).toEqual([422, false]);
  const sent = await Promise.all(Array.from({ length: 12 }, () => browser.post(`${at}/steps/labels`, { answer: "<i>Kraft</i>" })));
  expect(sent.map((a) => [a.status, a.to])).toEqual(sent.map(() => [303, `${root}${at}`]));
  const told = await onboardingTold(ctx, id);
  expect(told.steps[1]).toMatchObject({ state: "done", answer: "<i>Kraft</i>", done_by: "Cleo Okafor" });
  expect((await browser.get(at)).text).toContain("&lt;i&gt;Kraft&lt;/i&gt;");
  // Hers waits for ours: a press before its time changes nothing.
  expect((await browser.post(`${at}/steps/fill`)).status).toBe(303);
  expect((await onboardingTold(ctx, id)).steps[2]!.state).toBe("blocked");
  await actOnStep(ctx, id, "call", { act: "done" });
  await browser.post(`${at}/steps/fill`);
  expect((await onboardingTold(ctx, id)).steps[2]!.state).toBe("done");
}); // prettier-ignore

test("a forged, cut or foreign link, our steps and steps by fact are answered alike; what has ended says so", async () => {
  const { ctx, id, at, browser } = await started();
  const gone = await browser.get("/start/x.y");
  expect(gone.status).toBe(404);
  const other = seal(ctx, "quote", id);
  const nobody = seal(ctx, "start", "01900000-0000-7000-8000-00000000dead");
  for (const token of [at.slice(7, -1), other, nobody, `${id}.${"A".repeat(400)}`, "%00", "..%2f"])
    expect((await browser.get(`/start/${token}`)).status, token).toBeGreaterThanOrEqual(400);
  expect((await browser.get(`/start/${other}`)).text).toBe(gone.text);
  expect((await browser.get(`/start/${nobody}`)).text).toBe(gone.text);
  const ours = await browser.post(`${at}/steps/call`);
  expect(ours.status).toBe(404);
  expect((await browser.post(`${at}/steps/again`)).text).toBe(ours.text);
  expect((await browser.post(`${at}/steps/${"k".repeat(90)}`)).status).toBe(404);
  await endOnboarding(ctx, id, "Moved away");
  const ended = await browser.get(at);
  expect([ended.status, ended.text.includes("This has ended"), ended.text.includes("<form"), ended.text.includes("Moved away")]).toEqual([200, true, false, false]);
  expect((await browser.post(`${at}/steps/labels`, { answer: "Late" })).status).toBe(303);
  expect((await onboardingTold(ctx, id)).steps[1]!.state).toBe("ready");
}); // prettier-ignore

test("the link can be mailed again, and a plan that mails nothing mails nothing", async () => {
  const { t, ctx, id } = await started({ invites: false });
  await sendDue(ctx);
  expect(t.mails).toHaveLength(0);
  expect(await inviteAgain(ctx, id)).toEqual({ held: null });
  await inviteAgain(ctx, id);
  await sendDue(ctx);
  expect(t.mails).toHaveLength(2);
});
