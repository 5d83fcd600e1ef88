import { expect, test } from "vitest";
import { sql } from "kysely";
import { contactType } from "#customers";
import { inTransaction } from "#platform/context";
import { productsFor } from "#convert/catalog";
import { createRecord, historyOf, trashRecord } from "#records";
import { timelineOf } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { acceptVersion, declineVersion, openVersion } from "./answer.ts";
import { quotesApi } from "./api.ts";
import { dueQuotes } from "./due.ts";
import { expireQuotes, nextExpiryAt, reopenQuote, withdrawQuote } from "./end.ts";
import { machine, quoted, read, training } from "./quoting-for-tests.ts";
import { resendQuote, sendQuote } from "./send.ts";
import { shownOf } from "./shown.ts";
import { quoteType } from "./type.ts";
import { changeQuote, createQuote, type NewQuote } from "./write.ts";

const day = 86_400_000;

test("Mira quotes two machines: prices come from the catalogue, discounts and taxes add up, and the link goes out by mail", async () => {
  const ctx = (await databaseForTest()).ctx("agent");
  const ana = await createRecord(ctx, contactType, { name: "Ana Ruiz", email: "ana.ruiz@initech.example" });
  const ids = await inTransaction(ctx, (tx) => productsFor(tx, [{ key: "m", name: "Espresso machine" }]));
  await sql`update products set price = 199990, currency = 'EUR'`.execute(ctx.db);
  const { description: _, unit_price: __, ...listed } = machine;
  const input = quotesApi.create.input.parse({ contact_id: ana.id, subject: "Bar in Austin", discount_percent: 5, lines: [{ ...listed, product_id: ids.get("m") }, training] }); // prettier-ignore
  const { json } = await quotesApi.create.run(ctx, input);
  const quote = JSON.parse(json) as Record<string, unknown> & { id: string; lines: unknown[] };
  expect(quote).toMatchObject({ number: "QU-1001", status: "draft", revision: 1, net: 353_383, tax: 65_775, total: 419_158, discount: 39_998 + 18_599, line_count: 2 }); // prettier-ignore
  expect(quote.lines).toMatchObject([
    {
      description: "Espresso machine",
      unit_price: "1999.9",
      discount: 39_998,
      share: 17_999,
      net: 341_983,
      tax: 64_977,
    },
    { description: "Training", discount: 0, share: 600, net: 11_400, tax: 798 },
  ]);
  expect(quote.taxes).toMatchObject([{ rate: "19", net: 341_983, tax: 64_977 }, { rate: "7", tax: 798 }]); // prettier-ignore
  const sent = await sendQuote(ctx, quote.id, { by: "mail" });
  expect(sent).toMatchObject({ held: null });
  const { rows } = await sql<{ body: string; subject: string; kind: string }>`select body, subject, kind from sends`.execute(ctx.db); // prettier-ignore
  expect(rows).toEqual([{ body: expect.stringContaining(sent.url) as string, subject: "Quote QU-1001 from Northwind Goods", kind: "service" }]); // prettier-ignore
  expect((await resendQuote(ctx, quote.id, { message: "Did you see it?" })).url).toBe(sent.url);
  expect((await sql`select 1 from sends`.execute(ctx.db)).rows.length).toBe(2);
  expect(await read(ctx, quote.id)).toMatchObject({ status: "sent", versions: [{ revision: 1, url: sent.url, sent_to: "ana.ruiz@initech.example" }] }); // prettier-ignore
  const [line] = (await timelineOf(ctx, { contact_id: ana.id })).items;
  expect(line).toMatchObject({ name: "quote.sent", sentence: "got quote QU-1001 for €4,191.58" });
});

test("what cannot be a quote is refused by line and field", async () => {
  const ctx = (await databaseForTest()).ctx();
  const refusals: [NewQuote, string][] = [
    [{ lines: [machine, { ...training, quantity: "0" }] }, "lines.1.quantity"],
    [{ lines: [{ quantity: "1", unit_price: "1" }] }, "lines.0.description"],
    [{ lines: [{ description: "x", quantity: "1" }] }, "lines.0.unit_price"],
    [{ lines: [{ ...training, discount_amount: 12_001 }] }, "lines.0.discount_amount"],
    [{ lines: [training], discount_amount: 12_001 }, "discount_amount"],
    [{ lines: [training], discount_percent: 101 }, "discount_percent"],
    [{ lines: [training], currency: "USD" }, "rate"],
    [{ lines: [training], contact_id: "01900000-0000-7000-8000-0000000000ff" }, "contact_id"],
    [{ lines: Array.from({ length: 201 }, () => training) }, "lines"],
  ];
  for (const [input, field] of refusals)
    await expect(createQuote(ctx, input), field).rejects.toMatchObject({ kind: "invalid", fields: [{ field }] });
  const parse = (more: object) => quotesApi.create.input.safeParse({ lines: [{ ...training, ...more }] }).success;
  expect(parse({})).toBe(true);
  for (const bad of [
    { discount_percent: "5", discount_amount: 5 },
    { tax_rate: "101" },
    { tax_rate: "1e1" },
    { quantity: "-1" },
    { net: 5 },
  ])
    // prettier-ignore
    expect(parse(bad), JSON.stringify(bad)).toBe(false);
  for (const computed of ["status", "total", "number", "accepted_at", "revision", "to_base"])
    expect(quotesApi.create.input.safeParse({ [computed]: 1 }).success, computed).toBe(false);
  expect((await sql`select 1 from quotes`.execute(ctx.db)).rows).toEqual([]);
  const empty = await createQuote(ctx, {});
  await expect(sendQuote(ctx, empty, { by: "link" })).rejects.toMatchObject({ code: "quote.empty" });
  const nobody = await createQuote(ctx, { lines: [training] });
  await expect(sendQuote(ctx, nobody, { by: "mail" })).rejects.toMatchObject({ code: "quote.no-address" });
  await expect(sendQuote(ctx, nobody, { by: "mail", to: "x\r\nBcc: y@z" })).rejects.toMatchObject({ kind: "invalid" });
});

test("changing a sent quote makes the next version; the old link leads to it and can accept nothing", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, version_id } = await quoted(ctx);
  const before = await read(ctx, id);
  await changeQuote(ctx, id, Number(before.version), { lines: [{ ...machine, quantity: "3" }] });
  const draft = await read(ctx, id);
  expect(draft).toMatchObject({ status: "draft", revision: 2, line_count: 1 });
  expect(await shownOf(ctx, version_id)).toMatchObject({ standing: "revising" });
  await expect(acceptVersion(ctx, version_id, { by: "Ana", via: "page" })).rejects.toMatchObject({ code: "quote.draft" }); // prettier-ignore
  await expect(changeQuote(ctx, id, Number(before.version), { subject: "late" })).rejects.toMatchObject({ code: "record.stale" }); // prettier-ignore
  const { url } = await sendQuote(ctx, id, { by: "link" });
  const shown = await shownOf(ctx, version_id);
  expect(shown).toMatchObject({ standing: "replaced", content: { revision: 1, figures: { total: before.total } } });
  expect(url).toContain(shown!.now_version_id!);
  await expect(acceptVersion(ctx, version_id, { by: "Ana", via: "page" })).rejects.toMatchObject({ kind: "conflict" });
  // Saving what it says already changes nothing.
  const sent = await read(ctx, id);
  await changeQuote(ctx, id, Number(sent.version), { lines: [{ ...machine, quantity: "3" }], subject: null });
  expect(await read(ctx, id)).toMatchObject({ status: "sent", revision: 2, version: sent.version });
  expect((await historyOf(ctx, "quote", id)).length).toBeGreaterThan(3);
});

test("Ana opens and accepts: her name, the time and what she saw are kept; a second acceptance tells nothing", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, contact_id, version_id } = await quoted(ctx);
  await openVersion(ctx, version_id);
  await openVersion(ctx, version_id);
  expect(await read(ctx, id)).toMatchObject({ status: "viewed" });
  expect(await acceptVersion(ctx, version_id, { by: "Ana Ruiz", via: "page", ip: "192.0.2.7", user_agent: "Phone" })).toBe(true); // prettier-ignore
  expect(await acceptVersion(ctx, version_id, { by: "Somebody", via: "page" })).toBe(false);
  const shown = await shownOf(ctx, version_id);
  expect(await read(ctx, id)).toMatchObject({ status: "accepted", accepted_by: "Ana Ruiz", acceptance: { by: "Ana Ruiz", ip: "192.0.2.7", user_agent: "Phone", hash: shown!.hash, version_id } }); // prettier-ignore
  const story = (await timelineOf(ctx, { contact_id })).items.filter((i) => i.name.startsWith("quote."));
  expect(story.map((i) => [i.name, i.caused_by?.name ?? null])).toEqual([
    ["quote.accepted", "quote.viewed"],
    ["quote.viewed", "quote.sent"],
    ["quote.sent", null],
  ]);
  expect(story[0]!.actor).toMatchObject({ kind: "customer", name: "Ana Ruiz" });
  await expect(changeQuote(ctx, id, undefined, { subject: "x" })).rejects.toMatchObject({ code: "quote.accepted" });
  await expect(withdrawQuote(ctx, id, "x")).rejects.toMatchObject({ code: "quote.accepted" });
  await expect(declineVersion(ctx, version_id, { words: "no", via: "page" })).rejects.toMatchObject({ code: "quote.accepted" }); // prettier-ignore
  await expect(trashRecord(ctx, quoteType, id)).rejects.toMatchObject({ code: "quote.accepted" });
});

test("of twenty answers at once one counts: accepted or withdrawn, never both", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, version_id } = await quoted(ctx);
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) => (i % 5 === 4 ? withdrawQuote(ctx, id, "too late") : acceptVersion(ctx, version_id, { by: `Ana ${i}`, via: "page" }))), // prettier-ignore
  );
  const accepted = answers.filter((a) => a.status === "fulfilled" && a.value === true).length;
  const { rows } = await sql<{ name: string; n: number }>`select name, count(*)::int as n from facts where name in ('quote.accepted', 'quote.withdrawn') group by name`.execute(ctx.db); // prettier-ignore
  expect(rows).toEqual([{ name: accepted === 1 ? "quote.accepted" : "quote.withdrawn", n: 1 }]);
});

test("an unanswered quote expires at midnight of the company's zone, and asks for a word before", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const { id, version_id } = await quoted(ctx);
  const until = String((await read(ctx, id)).valid_until);
  const last = (await nextExpiryAt(ctx))!;
  // Berlin is ahead of UTC: its midnight comes an hour or two before.
  expect(last.getTime()).toBeLessThan(Date.parse(`${until}T00:00:00Z`) + day);
  const at = (ms: number) => t.ctx("owner", { at: new Date(ms) });
  expect((await dueQuotes(ctx, { mine: false })).length).toBe(0);
  const [silent] = await dueQuotes(at(Date.now() + 8 * day), { mine: false });
  expect(silent).toMatchObject({ title: "Follow up quote QU-1001 with Ana Ruiz", reason: "€4,191.58, not opened, no answer for 8 days" }); // prettier-ignore
  const [ending] = await dueQuotes(at(last.getTime() - 1000), { mine: false });
  expect(ending).toMatchObject({ title: "Quote QU-1001 for Ana Ruiz ends today", due_at: last.toISOString() });
  expect(await expireQuotes(at(last.getTime() - 1000))).toBe(0);
  await expect(acceptVersion(at(last.getTime() + 1000), version_id, { by: "Ana", via: "page" })).rejects.toMatchObject({ code: "quote.expired" }); // prettier-ignore
  expect(await expireQuotes(at(last.getTime() + 1000))).toBe(1);
  expect(await expireQuotes(at(last.getTime() + 1000))).toBe(0);
  expect(await read(ctx, id)).toMatchObject({ status: "expired" });
  expect(await nextExpiryAt(ctx)).toBeNull();
  await changeQuote(ctx, id, undefined, { subject: "once more" });
  expect(await read(ctx, id)).toMatchObject({ status: "draft", revision: 2, expired_at: null });
});

test("a withdrawn quote can be offered again as it was, and a declined one says why", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, version_id } = await quoted(ctx);
  await withdrawQuote(ctx, id, "wrong price");
  expect(await shownOf(ctx, version_id)).toMatchObject({ standing: "withdrawn" });
  await expect(acceptVersion(ctx, version_id, { by: "Ana", via: "page" })).rejects.toMatchObject({ code: "quote.withdrawn" }); // prettier-ignore
  await reopenQuote(ctx, id);
  await expect(reopenQuote(ctx, id)).rejects.toMatchObject({ code: "quote.sent" });
  await expect(declineVersion(ctx, version_id, { words: " ", via: "page" })).rejects.toMatchObject({ kind: "invalid" });
  await declineVersion(ctx, version_id, { words: "Found it cheaper", via: "page" });
  expect(await read(ctx, id)).toMatchObject({ status: "declined", decline_reason: "Found it cheaper" });
});

test("a quote is its own on paper, whatever became of the letterhead since", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id } = await quoted(ctx);
  const paper = async () => (await quotesApi.paper.run(ctx, { id })).file as Buffer;
  const first = await paper();
  expect(first.subarray(0, 5).toString()).toBe("%PDF-");
  await sql`update letterhead set legal_name = 'Somebody else'`.execute(ctx.db);
  expect((await paper()).equals(first)).toBe(true);
});
