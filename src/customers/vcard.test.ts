import { buffer } from "node:stream/consumers";
import { writeFile, readFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import type { Ctx } from "#platform/context";
import { createRecord } from "#records";
import { databaseForTest } from "../../test/database.ts";
import { exportAsk, openExport, streamOf } from "../records/export/export.ts";
import { imported, noteFile } from "../records/import/importing-for-tests.ts";
import { contentLines } from "../records/import/vcard/lines.ts";
import { propertyOf, textOf } from "../records/import/vcard/card.ts";
import { tableOfCards } from "../records/import/vcard/table.ts";
import { contact, contactType } from "./contact.ts";
import "./module.ts";

const cardsOf = async (ctx: Ctx, format: string): Promise<string> =>
  (await buffer(streamOf(await openExport(ctx, contact, exportAsk.parse({ format, sort: "name" }))))).toString();

async function kept(content: string | Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "rondo-cards-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "people.vcf");
  await writeFile(path, content);
  return path;
}

const names = async (ctx: Ctx) =>
  (await sql<Record<string, string | null>>`select name, email, phone, job_title, city from contacts order by name`.execute(ctx.db)).rows; // prettier-ignore

test("contacts leave as vCards and come back the same, in any script, with long lines folded", async () => {
  const ctx = (await databaseForTest()).ctx();
  const long = `Zoë ${"長い名前 ".repeat(12)}🛥`.trim();
  await createRecord(ctx, contactType, { name: "Ana; Ruiz, \\ Sons", given_name: "Ana", family_name: "Ruiz", email: "ana@initech.example", phone: "+1 512 555 0107", job_title: "Office, manager", city: "Austin" }); // prettier-ignore
  await createRecord(ctx, contactType, { name: long, email: "zoe@kim.example" });
  const before = await names(ctx);
  for (const [format, version] of [
    ["vcard", "4.0"],
    ["vcard3", "3.0"],
  ] as const) {
    const cards = await cardsOf(ctx, format);
    expect(cards.match(/BEGIN:VCARD/g)).toHaveLength(2);
    expect(cards).toContain(`VERSION:${version}\r\n`);
    expect(Math.max(...cards.split("\r\n").map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(76);
    const there = (await databaseForTest()).ctx();
    const path = await kept(cards);
    expect(await tableOfCards(path)).toEqual(["2 cards were read."]);
    const { counts, failures } = await imported(there, "contacts", await noteFile(there, "contacts", path));
    expect([counts.created, failures]).toEqual([2, []]);
    expect(await names(there)).toEqual(before);
  }
});

test("cards as the world writes them: old encodings, several addresses with the preferred first, pictures left out and told", async () => {
  const photo = `PHOTO;ENCODING=b;TYPE=JPEG:${"A".repeat(300_000)}\r\n ${"B".repeat(60)}\r\n`;
  const old = Buffer.from("BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg=\r\n;;;\r\nTEL;WORK;VOICE:030 1\r\nTEL;CELL;PREF:0170 2\r\nEND:VCARD\r\n", "latin1"); // prettier-ignore
  const fresh = `BEGIN:VCARD\nVERSION:4.0\nFN:Bo Li\nd\nitem1.EMAIL;PREF=2:second@li.example\nEMAIL;PREF=1;TYPE="work,x:y":MAILTO:first@li.example\nEMAIL:a@li.example\nEMAIL:b@li.example\nORG:Li\\; Sons;Sales\nBDAY:19850412\nADR:;;Main 1;Leeds;;LS1;United Kingdom\n${photo}END:VCARD\nBEGIN:VCARD\nFN:Never Ended\nEMAIL:never@ended.example\n`;
  const path = await kept(Buffer.concat([old, Buffer.from(fresh)]));
  expect(await tableOfCards(path)).toEqual([
    "3 cards were read.",
    "1 pictures, sounds and keys in them are not imported.",
    "1 e-mails and phones beyond the third of a person are left out.",
    "1 cards have no end; what came before the next one was read.",
  ]);
  const table = (await readFile(path, "utf8")).split("\r\n");
  expect(table[0]).toBe("\ufeffName,First name,Last name,Company,E-mail,E-mail 2,E-mail 3,Phone,Phone 2,Street,City,Postal code,Country,Birthday"); // prettier-ignore
  expect(table[1]).toBe("Jörg Müller,Jörg,Müller,,,,,0170 2,030 1,,,,,");
  expect(table[2]).toContain("Bo Li,,,Li; Sons,first@li.example,second@li.example,a@li.example");
  expect(table[3]).toContain("Never Ended");
  expect(await tableOfCards(await kept("Name,E-mail\nAna,ana@x.example\n"))).toBeNull();
});

test("no line can break a card: whatever is written is read, and nothing is thrown", async () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (line) => void propertyOf(line)));
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => typeof textOf(text) === "string"));
  const path = await kept(`BEGIN:VCARD\r\n:::\r\n;;=;:\r\nFN;${"X=1;".repeat(50_000)}:a\r\nNOTE:${" x\r\n ".repeat(1000)}\r\nEND:VCARD\r\n`); // prettier-ignore
  let lines = 0;
  for await (const _ of contentLines(path)) lines += 1;
  expect(lines).toBeGreaterThan(3);
});
