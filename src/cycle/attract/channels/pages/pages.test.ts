import { sql } from "kysely";
import { expect, test } from "vitest";
import { newId } from "#kernel/id";
import { consentOf, giveConsent } from "#customers";
import { inTransaction, type Ctx } from "#platform/context";
import { record, timelineOf } from "#timeline";
import { databaseForTest } from "../../../../../test/database.ts";
import { meet, type Who } from "../../../../../test/world.ts";
import { registerMailSource } from "../index.ts";
import { planSends } from "../queue.ts";
import { sendDue } from "../sender.ts";
import { hrefs, serving } from "../serving-for-tests.ts";
import { judgeHits } from "../tracking/judge.ts";

registerMailSource({
  name: "campaign",
  write: (_, sends) =>
    Promise.resolve(
      new Map(
        sends.map((s) => [
          s.id,
          {
            subject: "Harvest",
            html: `<html><body><a href="https://northwind.example/a?x=1&amp;y=2">A</a><a href='https://northwind.example/b'>B</a><a href="https://northwind.example/c">C</a><a href="${s.links.unsubscribe}">Leave</a></body></html>`,
            text: "Harvest",
            tracked: true,
          },
        ]),
      ),
    ),
  clicked: (tx, c) =>
    record(tx, {
      name: "campaign.clicked",
      contact_id: c.contact_id,
      caused_by: c.caused_by,
      payload: { campaign: "Harvest", send_id: c.send_id, url: c.url },
    }),
  unclicked: (tx, c) =>
    record(tx, {
      name: "campaign.click-withdrawn",
      contact_id: c.contact_id,
      payload: { campaign: "Harvest", send_id: c.send_id, reasons: c.reasons },
    }),
});

/** One of the cast with a campaign's mail in the mailbox. */
async function mailed(who: Who = "ana") {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const { id } = await meet(ctx, who);
  await inTransaction(ctx, async (tx) => {
    await giveConsent(tx, { contact_id: id, purpose: "newsletter", source: "form" });
    await planSends(
      tx,
      { kind: "marketing", source: "campaign", source_id: newId(), subject: "Harvest", why: "all", due_at: tx.clock() },
      () => `select '${id}'::uuid`,
    );
  });
  await sendDue(ctx);
  await sql`update sends set sent_at = now() - interval '1 hour'`.execute(ctx.db);
  const [mail] = t.mails;
  const leave = /<([^>]+)>/.exec(mail!.headers!["List-Unsubscribe"]!)![1]!;
  return { ctx, id, leave, links: hrefs(mail!.html), ask: await serving(ctx) };
}
const consent = async (ctx: Ctx, id: string) => (await consentOf(ctx, [id], "newsletter")).get(id);
const names = async (ctx: Ctx, id: string) => (await timelineOf(ctx, { contact_id: id })).items.map((i) => i.name);
const afterwards = (ctx: Ctx): Ctx => ({ ...ctx, clock: () => new Date(Date.now() + 60_000) });

test("one click in the mail program ends it, as a form and as multipart, however often", async () => {
  const { ctx, id, leave, ask } = await mailed();
  const first = await ask("POST", leave, "List-Unsubscribe=One-Click");
  expect([first.statusCode, first.headers["set-cookie"]]).toEqual([200, undefined]);
  expect(await consent(ctx, id)).toBe("withdrawn");
  const multipart = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  const second = await ask("POST", leave, multipart, { "content-type": "multipart/form-data; boundary=x" });
  expect(second.statusCode).toBe(200);
  expect((await names(ctx, id)).filter((n) => n === "newsletter.unsubscribed")).toHaveLength(1);
  const [fact] = (await timelineOf(ctx, { contact_id: id })).items;
  expect(fact).toMatchObject({
    name: "newsletter.unsubscribed",
    actor: { kind: "customer", name: "Ana Ruiz" },
    caused_by: { name: "mail.sent" },
  });
});

test("a gateway that opens the page a hundred times changes nothing, and the page hides the address", async () => {
  const { ctx, id, leave, ask } = await mailed();
  for (let i = 0; i < 50; i += 1) {
    await ask("HEAD", leave);
    const page = await ask("GET", leave);
    expect(page.body).not.toContain("ana.ruiz@");
    expect(page.body).toContain("a•••@initech.example");
  }
  expect(await consent(ctx, id)).toBe("given");
});

test("a forged, cut or foreign link is refused and says nothing", async () => {
  const { ctx, id, leave, ask } = await mailed();
  const other = leave.replace(/\/u\/[0-9a-f]{8}/, "/u/00000000");
  for (const url of [
    other,
    leave.slice(0, -2),
    `${leave}x`,
    leave.replace("/u/", "/preferences/"),
    "/p/000000000001/u/x",
  ]) {
    const answer = await ask("POST", url, "List-Unsubscribe=One-Click");
    expect([url, answer.statusCode]).toEqual([url, 404]);
    expect(answer.body).not.toContain("initech");
  }
  expect((await ask("POST", leave, "x".repeat(300_000))).statusCode).toBe(413);
  expect(await consent(ctx, id)).toBe("given");
});

test("whoever left by mistake comes back, with a line that proves it", async () => {
  const { ctx, id, leave, ask } = await mailed();
  await ask("POST", leave, "act=back");
  expect((await sql`select 1 from consent_log where contact_id = ${id}`.execute(ctx.db)).rows).toHaveLength(1);
  await ask("POST", leave, "act=stop");
  await ask("POST", leave, "act=back");
  expect(await consent(ctx, id)).toBe("given");
});

test("the preference centre shows what is so and saves what is ticked", async () => {
  const { ctx, id, leave, ask } = await mailed();
  const page = await ask("GET", leave);
  const preferences = hrefs(page.body).find((h) => h.includes("/preferences/"))!;
  expect((await ask("GET", preferences)).body.match(/value="(\w+)" checked/g)).toEqual([
    'value="newsletter" checked',
    'value="surveys" checked',
  ]);
  const saved = await ask("POST", preferences, "act=save&get=offers");
  expect(saved.body).toContain("Saved.");
  expect(await consent(ctx, id)).toBe("withdrawn");
  expect((await consentOf(ctx, [id], "surveys")).get(id)).toBe("withdrawn");
  expect((await consentOf(ctx, [id], "offers")).get(id)).toBe("given");
});

test("a link leads where the mail's link led and nowhere else; a person's click is a fact, once a link", async () => {
  const { ctx, id, links, ask } = await mailed();
  const over = links.filter((l) => l.includes("/t/"));
  expect(over).toHaveLength(4);
  const there = await ask("GET", over[0]!);
  expect([there.statusCode, there.headers.location]).toEqual([303, "https://northwind.example/a?x=1&y=2"]);
  await ask("GET", over[0]!);
  expect((await ask("GET", over[0]!.replace(/\.[0-9a-f]{24}\./, `.${"0".repeat(24)}.`))).statusCode).toBe(404);
  await judgeHits(afterwards(ctx));
  expect((await names(ctx, id)).filter((n) => n === "campaign.clicked")).toHaveLength(1);
});

test("a gateway that follows all links, also the one nobody sees, is no person; opens alone tell nothing", async () => {
  const { ctx, id, links, ask } = await mailed();
  for (const l of links.filter((h) => h.includes("/t/"))) await ask("GET", l);
  const picture = await ask(
    "GET",
    links.find((h) => h.includes("/o/"))!,
  );
  expect([picture.headers["content-type"], picture.statusCode]).toEqual(["image/gif", 200]);
  await judgeHits(afterwards(ctx));
  expect((await sql<{ class: string }>`select distinct class from mail_hits`.execute(ctx.db)).rows).toEqual([
    { class: "machine" },
  ]);
  expect(await names(ctx, id)).not.toContain("campaign.clicked");
});

test("a click taken for a person's is taken back when the machine shows itself later", async () => {
  const { ctx, id, links, ask } = await mailed();
  const [first, ...rest] = links.filter((h) => h.includes("/t/"));
  await ask("GET", first!);
  await judgeHits(afterwards(ctx));
  expect(await names(ctx, id)).toContain("campaign.clicked");
  await ask("GET", rest.at(-1)!);
  await judgeHits(afterwards(ctx));
  const now = await names(ctx, id);
  expect(now).toContain("campaign.click-withdrawn");
  expect(now).not.toContain("campaign.clicked");
});
