import { sql } from "kysely";
import { expect, test } from "vitest";
import { consentOf } from "#customers";
import { recommending } from "./recommending-for-tests.ts";

const rows = async (r: Awaited<ReturnType<typeof recommending>>, table: string): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(r.ctx.db)).rows[0]!.n;

test("reading an invitation changes nothing; pressing its button is a click, and names the advocate by given name only", async () => {
  const r = await recommending();
  const cover = await r.page("GET", `/r/${r.code}`);
  expect(cover.body).toContain("Priya");
  expect(cover.body).not.toContain("Kim");
  await r.page("HEAD", `/r/${r.code}`);
  expect(await rows(r, "referral_clicks")).toBe(0);
  const token = await r.click();
  expect(await rows(r, "referral_clicks")).toBe(1);
  expect((await r.page("GET", `/r/${r.code}/join?c=${token}`)).body).toContain("Your name");
});

test("one page sent twice, or by twenty at once, is one friend with one mail", async () => {
  const r = await recommending();
  const token = await r.click();
  await Promise.all(Array.from({ length: 15 }, () => r.join(token, "Bo Lind", "bo@vertex.example")));
  expect(await rows(r, "referrals")).toBe(1);
  expect(await r.mails()).toHaveLength(1);
});

test("what is ticked counts only when its mail is confirmed, once", async () => {
  const r = await recommending();
  await r.join(await r.click(), "Bo Lind", "bo@vertex.example", { consent: "yes" });
  const [referral] = await r.all();
  const status = async () => (await consentOf(r.ctx, [referral!.friend_id], "offers")).get(referral!.friend_id);
  expect(await status()).toBe("pending");
  const [mail] = await r.mails();
  const link = /https:\S+\/r-confirm\/\S+/.exec(mail!.text)![0].replace("https://crm.northwind.example", "");
  await r.page("GET", link);
  expect(await status()).toBe("pending");
  await Promise.all([1, 2, 3].map(() => r.page("POST", link, {})));
  expect(await status()).toBe("given");
  expect((await r.page("GET", link)).body).toContain("It is confirmed");
});

test("forged, foreign, old, oversize, empty and machine-made requests are refused or lead to nothing", async () => {
  const r = await recommending();
  const token = await r.click();
  const bo = { name: "Bo Lind", email: "bo@vertex.example" };
  for (const path of ["/r/nobodyhere", "/r/aaaaaaaaaa", "/advocate/x.y", `/r-confirm/${token}`, "/r/%00"])
    expect((await r.page("GET", path)).statusCode, path).toBe(404);
  for (const c of ["", "x", `${token}x`, token.replace(/^./, "f")])
    expect((await r.page("POST", `/r/${r.code}/join`, { c, ...bo })).statusCode, c).toBe(422);
  const wrong = await r.join(token, "B", "not an address");
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain("Please write an e-mail address.");
  expect((await r.join(token, "x".repeat(5000), `${"a".repeat(300)}@x.example`)).statusCode).toBe(422);
  const scripted = await r.join(token, "<script>alert(1)</script>", "no");
  expect(scripted.body).not.toContain("<script>");
  expect((await r.page("POST", `/r/${r.code}/join`, { c: token, name: "x".repeat(300_000) })).statusCode).toBe(413);
  expect((await r.join(token, bo.name, bo.email, { homepage: "http://spam.example" })).statusCode).toBe(303);
  expect(await rows(r, "referrals")).toBe(0);
  r.wait(2 * 86_400);
  expect((await r.join(token, bo.name, bo.email)).statusCode).toBe(422);
  const quick = await r.click();
  expect((await r.page("POST", `/r/${r.code}/join`, { c: quick, ...bo })).statusCode).toBe(303);
  expect(await rows(r, "referrals")).toBe(0);
  const many = [];
  for (let i = 0; i < 25; i++)
    many.push((await r.page("POST", `/r/${r.code}/join`, { c: quick, name: "B", email: "no" })).statusCode);
  expect(many.at(-1)).toBe(429);
});
