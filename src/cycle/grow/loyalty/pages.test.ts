import { expect, test } from "vitest";
import { newId } from "#kernel/id";
import { inTransaction } from "#platform/context";
import type { Ask, PageAnswer } from "#platform/pages";
import { databaseForTest } from "../../../../test/database.ts";
import { grantPoints, memberOf } from "./index.ts";
import { programWith, start } from "./members-for-tests.ts";
import { loyaltyPages } from "./pages.ts";

const asked = (token: string, form: Record<string, string[]> = {}): Ask => ({ params: { token }, query: {}, form, method: "GET", url: "", ip: "127.0.0.1", userAgent: "", referrer: "", origin: "", headers: {} }); // prettier-ignore
const bodyOf = (answer: PageAnswer): string => ("body" in answer ? answer.body.html : "");

test("a member sees points, days and the reward by a link, takes it once however often the button is pressed, and no other link opens", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("agent", { at: start, actor: { kind: "customer", id: null, name: "Person" } });
  const [ana, bo] = await programWith(ctx, 2);
  await inTransaction(ctx, (tx) => grantPoints(tx, { contact_id: ana!, points: 620, key: "g", reason: "<b>Hello</b>" }));
  await inTransaction(ctx, (tx) => grantPoints(tx, { contact_id: bo!, points: 5, key: "h", reason: "Hello" }));
  const token = (await memberOf(ctx, { contact: ana! }))!.page.split("/").at(-1)!;
  const [read, redeem] = loyaltyPages;
  const before = bodyOf(await read!.run(ctx, asked(token)));
  expect(before).toContain("<h1>620 points</h1>");
  expect(before).toContain("can be spent until");
  expect(before).toContain("380 points more make you Silver");
  expect(before).not.toContain("<b>Hello");
  const once = [newId()];
  for (let i = 0; i < 3; i++) expect(await redeem!.run(ctx, asked(token, { once }))).toHaveProperty("redirect");
  const after = (await memberOf(ctx, { contact: ana! }))!;
  expect([after.available, after.vouchers.length]).toEqual([120, 1]);
  expect(bodyOf(await read!.run(ctx, asked(token)))).toContain(after.vouchers[0]!.code);
  // Too few points for another one, and a form that was tampered with.
  await expect(redeem!.run(ctx, asked(token, { once: [newId()] }))).rejects.toThrow(/Only 120/);
  for (const bad of [[], ["x"], ["'; drop table"], ["9".repeat(5000)]])
    await expect(redeem!.run(ctx, asked(token, { once: bad }))).rejects.toThrow(/press/);
  const others = (await memberOf(ctx, { contact: bo! }))!.page.split("/").at(-1)!;
  const forged = `${others.split(".")[0]}.${token.split(".")[1]}`;
  for (const wrong of ["", "x", forged, `${token}x`, "a".repeat(400), newId()]) {
    await expect(async () => read!.run(ctx, asked(wrong))).rejects.toThrow(/does not open/);
    await expect(async () => redeem!.run(ctx, asked(wrong, { once }))).rejects.toThrow(/does not open/);
  }
  // A replay of somebody's form on another page takes nothing from either.
  await expect(redeem!.run(ctx, asked(others, { once }))).rejects.toThrow(/Only 5/);
}); // prettier-ignore
