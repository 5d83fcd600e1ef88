import { Script } from "node:vm";
import { gzipSync } from "node:zlib";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { databaseForTest } from "../../../../test/database.ts";
import { designSchema } from "./design.ts";
import { asked, makeForm, newsletterForm, tokenIn, visitor } from "./visiting-for-tests.ts";

test("what is malformed, too large or too much is refused with a page, and nothing is kept", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await makeForm(ctx);
  const v = await visitor(t);
  const refused: [Record<string, string>, number, string][] = [
    [{ email: "" }, 422, "Please fill this in."],
    [{ email: "not an address" }, 422, "does not look like an e-mail address"],
    [{ email: "a@b.example", phone: "call me" }, 422, "does not look like a phone number"],
    [{ email: "a@b.example", size: "A ship" }, 422, "choose one of the answers"],
    [{ email: `${"a".repeat(300)}@b.example` }, 422, "at most 254 letters"],
    [{ email: "a@b.example\nbcc: c@d.example" }, 422, "does not look like an e-mail address"],
    [{ email: "a@b.example", stamp: "forged.stamp" }, 422, "was not opened here"],
    [{ email: "a@b.example", wish: "x".repeat(300_000) }, 413, ""],
  ];
  for (const [fields, status, words] of refused) {
    const answer = await v.send("/f/newsletter", fields);
    expect([status, 400, 413]).toContain(answer.status);
    expect(answer.text, JSON.stringify(fields).slice(0, 80)).toContain(words);
  }
  const json = await v.send("/f/newsletter", { email: "no" }, { accept: "application/json" });
  expect(JSON.parse(json.text)).toMatchObject({ sent: false, errors: [{ field: "email" }] });
  const { rows } = await sql`select 1 from form_submissions union all select 1 from contacts`.execute(ctx.db);
  expect(rows).toEqual([]);
});

test("text of a stranger stays text, and fields nobody asked for are not listened to", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await makeForm(ctx, { title: `<b>"Hi"</b>` });
  const v = await visitor(t);
  const evil = `"><script>alert(1)</script>`;
  const again = await v.send(`/f/newsletter`, { email: "no", name: evil, utm_source: evil });
  expect(again.text).not.toContain("<script>alert");
  expect((await v.open(`/f/newsletter?utm_source=${encodeURIComponent(evil)}`)).text).not.toContain("<script>alert");
  await v.send("/f/newsletter", {
    email: "eve@evil.example",
    owner_id: "x",
    lifecycle_stage: "loyal",
    paid_total: "9",
  });
  const { rows } = await sql<{ lifecycle_stage: string; answers: unknown }>`
    select c.lifecycle_stage, s.answers from contacts c join form_submissions s on s.contact_id = c.id`.execute(ctx.db);
  expect(rows).toEqual([{ lifecycle_stage: "identified", answers: [{ key: "email", label: "E-mail", value: "eve@evil.example" }] }]); // prettier-ignore
});

test("one network is slowed down, and nobody's mailbox is filled by strangers", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await makeForm(ctx);
  const v = await visitor(t);
  const statuses: number[] = [];
  for (let i = 0; i < 22; i += 1)
    statuses.push((await v.send("/f/newsletter", { email: "victim@mail.example", wish: `try number ${i}`, consent_newsletter: "1" })).status); // prettier-ignore
  expect(statuses.filter((s) => s === 303)).toHaveLength(20);
  expect(statuses.at(-1)).toBe(429);
  expect(await asked(ctx)).toHaveLength(3);
});

test("a forged, cut or foreign link confirms nothing and says the same to all", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await makeForm(ctx);
  const v = await visitor(t);
  await v.send("/f/newsletter", { email: "dora@beans.example", consent_newsletter: "1" });
  const token = tokenIn((await asked(ctx))[0]!.body);
  const [id = "", seal = ""] = token.split(".");
  const forged = [
    `${id}.AAAAAAAAAAAAAAAA`,
    id,
    `01900000-0000-7000-8000-000000000009.${seal}`,
    token.slice(0, -1),
    "x",
  ];
  const answers = await Promise.all(forged.map((f) => v.send(`/f-confirm/${f}`, {})));
  expect(new Set(answers.map((a) => a.status))).toEqual(new Set([404]));
  expect(new Set(answers.map((a) => a.text.replace(/nonce="[^"]+"/, ""))).size).toBe(1);
  const { rows } = await sql`select 1 from consent_log where status = 'given'`.execute(ctx.db);
  expect(rows).toEqual([]);
});

test("only allowed sites may send it, and going on leads to none but them", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await makeForm(ctx, { origins: ["https://shop.example/jars"], redirect: "https://shop.example/thanks" });
  const v = await visitor(t);
  const from = (origin: string) => v.send("/f/newsletter", { email: `${origin.length}@b.example` }, { origin });
  expect((await from("https://evil.example")).status).toBe(403);
  for (const fine of ["https://shop.example", "null", "https://crm.northwind.example"])
    expect((await from(fine)).status, fine).toBe(303);
  const json = await v.send("/f/newsletter", { email: "j@b.example" }, { accept: "application/json", origin: "https://evil.example" }); // prettier-ignore
  expect(JSON.parse(json.text)).toMatchObject({ sent: false, code: "form.foreign-site" });
  for (const redirect of ["https://evil.example/x", "http://shop.example/x", "javascript:alert(1)"])
    await expect(makeForm(ctx, { key: "other", origins: ["https://shop.example"], redirect })).rejects.toThrow();
});

test("the script to embed weighs less than 15 KB, and nothing in it can end it", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const many = Array.from({ length: 39 }, (_x, i) => ({ key: `q${i}`, type: "choice" as const, label: `Question ${i} </script><!-- \u2028`, help: "As well as you can.", choices: ["Plums", "Pears", "Cabbage", `Number ${i}`] })); // prettier-ignore
  const fields = [{ key: "email", contact: "email" as const, type: "email" as const, label: "E-mail", required: true }, ...many]; // prettier-ignore
  await makeForm(ctx, { design: designSchema.parse({ fields, consents: newsletterForm.design.consents.map(({ version: _v, ...c }) => c) }) }); // prettier-ignore
  const v = await visitor(t);
  const { status, text } = await v.open("/f/newsletter.js");
  expect(status).toBe(200);
  expect(gzipSync(text).length).toBeLessThan(15 * 1024);
  expect(text).not.toMatch(/<\/script|<!--|\u2028/i);
  // It parses as a script.
  expect(() => new Script(text)).not.toThrow();
});

test("a design that could not be answered is refused", () => {
  const email = { key: "email", contact: "email", type: "email", label: "E-mail", required: true };
  const wrong: unknown[] = [
    { fields: [] },
    { fields: [{ key: "name", contact: "name", type: "text", label: "Name" }] },
    { fields: [email, email] },
    { fields: [email, { key: "q", type: "choice", label: "Which?", choices: ["only one"] }] },
    { fields: [email, { key: "stamp", type: "text", label: "Stamp" }] },
    { fields: [email, { key: "consent_x", type: "text", label: "Consent" }] },
    { fields: [email, { key: "q", type: "script", label: "Q" }] },
    { fields: [email, { key: "city", contact: "city", type: "long_text", label: "City" }] },
    { fields: [{ ...email, required: false }], consents: [{ purpose: "newsletter", wording: "Yes" }] },
    { fields: [email], consents: [{ purpose: "newsletter", wording: " " }] },
    { fields: [email], consents: [{ purpose: "horoscopes", wording: "Yes" }] },
  ];
  for (const design of wrong) expect(designSchema.safeParse(design).success, JSON.stringify(design)).toBe(false);
  expect(designSchema.safeParse({ fields: [email] }).success).toBe(true);
});
