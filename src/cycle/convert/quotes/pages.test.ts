import { expect, onTestFinished, test } from "vitest";
import type { Ctx } from "#platform/context";
import { createServer } from "#platform/http";
import { mountPages, seal } from "#platform/pages";
import { listReasons } from "#records";
import { seedReasons } from "../../../records/reasons/defaults.ts";
import { databaseForTest, type TestDatabase } from "../../../../test/database.ts";
import { quotePages } from "./pages.ts";
import { machine, quoted, read, training } from "./quoting-for-tests.ts";
import { sendQuote } from "./send.ts";
import { changeQuote } from "./write.ts";
import { withdrawQuote } from "./end.ts";

const root = "/p/000000000001";

/** Somebody with a browser, or a machine, in front of the quote pages. */
async function customer(t: TestDatabase) {
  let passed = 0;
  const ctx: Ctx = { ...t.ctx(), clock: () => new Date(Date.now() + passed), actor: { kind: "customer", id: null, name: "A customer" } };
  const app = await createServer({ trustProxy: false, maxUploadBytes: 1_000_000, web: null });
  await mountPages(app, { pages: quotePages, enter: (key) => Promise.resolve(key === "000000000001" ? ctx : null) });
  onTestFinished(() => app.close());
  return {
    wait: (ms: number) => void (passed += ms),
    get: async (path: string, method: "GET" | "HEAD" = "GET") => {
      const a = await app.inject({ method, url: `${root}${path}` });
      return { status: a.statusCode, text: a.body, type: String(a.headers["content-type"]), raw: a.rawPayload };
    },
    post: async (path: string, fields: Record<string, string> = {}) => {
      const a = await app.inject({ method: "POST", url: `${root}${path}`, headers: { "content-type": "application/x-www-form-urlencoded", "user-agent": "Phone" }, payload: new URLSearchParams(fields).toString() });
      return { status: a.statusCode, text: a.body, to: String(a.headers.location ?? "") };
    },
  };
} // prettier-ignore

test("Ana opens the quote by a button, reads lines and totals, accepts by name, and keeps the PDF", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const { id, token } = await quoted(ctx, { terms: "Payable in 14 days.", intro: "As agreed." });
  const ana = await customer(t);
  const cover = await ana.get(`/q/${token}`);
  expect(cover.status).toBe(200);
  expect(cover.text).toContain("€4,191.58");
  expect(cover.text).not.toContain("Espresso machine");
  await ana.get(`/q/${token}`, "HEAD");
  await ana.get(`/q/${token}/pdf`);
  await ana.get(`/q/${token}/decline`);
  // What only reads is a scanner as well as a person.
  expect(await read(ctx, id)).toMatchObject({ status: "sent", viewed_at: null });
  expect(await ana.post(`/q/${token}`)).toMatchObject({ status: 303, to: `${root}/q/${token}` });
  expect(await read(ctx, id)).toMatchObject({ status: "viewed" });
  const { text } = await ana.get(`/q/${token}`);
  for (const words of ["Espresso machine", "€1,999.90", "10%", "Sum of lines", "€3,719.82", "Discount 5%", "-€185.99", "Tax 19% on €3,419.83", "€649.77", "€4,191.58", "Payable in 14 days.", "As agreed."])
    expect(text, words).toContain(words);
  expect(text).not.toContain("<script");
  const nameless = await ana.post(`/q/${token}/accept`, { name: " ", agreed: "yes" });
  expect([nameless.status, nameless.text.includes("Please write your name.")]).toEqual([422, true]);
  const unagreed = await ana.post(`/q/${token}/accept`, { name: `"><b>Ana` });
  expect([unagreed.status, unagreed.text.includes("<b>Ana")]).toEqual([422, false]);
  expect(await read(ctx, id)).toMatchObject({ status: "viewed" });
  const answers = await Promise.all(Array.from({ length: 8 }, () => ana.post(`/q/${token}/accept`, { name: "Ana Ruiz", agreed: "yes" })));
  expect(answers.map((a) => a.status)).toEqual(answers.map(() => 303));
  expect(await read(ctx, id)).toMatchObject({ status: "accepted", acceptance: { by: "Ana Ruiz", via: "page", ip: "127.0.0.1", user_agent: "Phone" } });
  expect((await ana.get(`/q/${token}`)).text).toContain("was accepted by Ana Ruiz");
  const pdf = await ana.get(`/q/${token}/pdf`);
  expect([pdf.status, pdf.type, pdf.raw.subarray(0, 5).toString()]).toEqual([200, "application/pdf", "%PDF-"]);
}); // prettier-ignore

test("she declines with a reason of ours, in her own words", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await seedReasons(ctx);
  const { id, token } = await quoted(ctx);
  const ana = await customer(t);
  const [reason] = await listReasons(ctx, "lost");
  expect((await ana.get(`/q/${token}/decline`)).text).toContain(reason!.label);
  expect((await ana.post(`/q/${token}/decline`)).status).toBe(422);
  expect((await ana.post(`/q/${token}/decline`, { reason: "x".repeat(50) })).status).toBe(422);
  expect((await ana.post(`/q/${token}/decline`, { reason: reason!.id, words: "x".repeat(1001) })).status).toBe(422);
  expect((await ana.post(`/q/${token}/decline`, { reason: reason!.id, words: "Another time" })).status).toBe(303);
  expect(await read(ctx, id)).toMatchObject({ status: "declined", decline_reason: `${reason!.label}: Another time` });
  expect((await ana.get(`/q/${token}`)).text).toContain("was declined");
  expect(await ana.post(`/q/${token}/accept`, { name: "Ana", agreed: "yes" })).toMatchObject({ status: 303 });
  expect(await read(ctx, id)).toMatchObject({ status: "declined" });
});

test("expired, withdrawn, changed and replaced quotes each say so, and accept nothing", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const ana = await customer(t);
  const accepts = async (token: string) => {
    expect(await ana.post(`/q/${token}/accept`, { name: "Ana", agreed: "yes" })).toMatchObject({ status: 303 });
    return (await ana.get(`/q/${token}`)).text;
  };
  const withdrawn = await quoted(ctx);
  await withdrawQuote(ctx, withdrawn.id, "x");
  expect(await accepts(withdrawn.token)).toContain("was withdrawn");
  expect((await ana.get(`/q/${withdrawn.token}/pdf`)).status).toBe(409);
  const changed = await quoted(ctx);
  await changeQuote(ctx, changed.id, undefined, { lines: [machine] });
  expect(await accepts(changed.token)).toContain("is being changed");
  const { url } = await sendQuote(ctx, changed.id, { by: "link" });
  const replaced = await accepts(changed.token);
  expect(replaced).toContain("was replaced");
  expect(replaced).toContain(url.split("/q/")[1]!);
  const late = await quoted(ctx, { lines: [training] });
  ana.wait(40 * 86_400_000);
  expect(await accepts(late.token)).toContain("has expired");
  for (const { id } of [withdrawn, changed, late]) expect(await read(ctx, id)).toMatchObject({ accepted_at: null });
});

test("forged, cut and foreign links are answered alike, and nothing tells whether a quote exists", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const { id, token, version_id } = await quoted(ctx);
  const ana = await customer(t);
  const unknown = seal(ctx, "quote", "01900000-0000-7000-8000-0000000000ff");
  const links = [version_id, id, token.slice(0, -1), `${token}x`, seal(ctx, "survey", version_id), unknown, seal(ctx, "quote", "x"), "%00", "a".repeat(4000)]; // prettier-ignore
  const answers = new Set<string>();
  for (const link of links)
    for (const answer of [
      await ana.get(`/q/${link}`),
      await ana.post(`/q/${link}/accept`, { name: "Ana", agreed: "yes" }),
    ]) {
      // prettier-ignore
      expect(answer.status, link.slice(0, 80)).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      if (link.length < 300) answers.add(answer.text.replaceAll(/nonce="[^"]+"/g, ""));
    }
  expect(answers.size).toBe(1);
  expect((await ana.post(`/q/${token}/accept`, { name: "x".repeat(300_000), agreed: "yes" })).status).toBe(413);
  expect((await ana.post(`/q/${token}/accept`, { name: "x".repeat(600), agreed: "yes" })).status).toBe(422);
  expect(await read(ctx, id)).toMatchObject({ status: "sent" });
});
