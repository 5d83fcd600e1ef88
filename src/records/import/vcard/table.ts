import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { partsOf, preference, propertyOf, textOf, type Property } from "./card.ts";
import { contentLines, isVcard } from "./lines.ts";

/*
 * A file of vCards becomes a table, one row a card: mapping, preview, resuming and failed rows are then those of any file.
 */
const several = 3; // e-mails, and phones, of one person
const numbered = (name: string): string[] => Array.from({ length: several }, (_, i) => (i ? `${name} ${i + 1}` : name));
const columns = [
  "Name", "First name", "Last name", "Company", "Job title", ...numbered("E-mail"), ...numbered("Phone"), "Website", "Street", "City", "Postal code", "Country", "Language", "Birthday", "Note", "UID",
] as const; // prettier-ignore

type Row = Partial<Record<string, string>>;
const pictures = new Set(["PHOTO", "LOGO", "SOUND", "KEY"]);

export interface Told {
  cards: number;
  pictures: number;
  /** E-mails and phones beyond the third. */
  more: number;
  /** Cards that never ended. */
  unended: number;
}

class Card {
  readonly row: Row = {};
  private readonly many: Record<"E-mail" | "Phone", Property[]> = { "E-mail": [], Phone: [] };
  readonly told: Told;
  constructor(told: Told) {
    this.told = told;
  }
  private say(name: string, text: string | undefined): void {
    if (text && !this.row[name]) this.row[name] = text;
  }
  take(p: Property): void {
    if (pictures.has(p.name)) return void (this.told.pictures += 1);
    switch (p.name) {
      case "FN": return this.say("Name", textOf(p.value));
      case "N": {
        const [family, given, more] = partsOf(p.value);
        this.say("Last name", family);
        return this.say("First name", [given, more].filter(Boolean).join(" "));
      }
      case "EMAIL": return void this.many["E-mail"].push(p);
      case "TEL": return void this.many.Phone.push(p);
      case "ORG": return this.say("Company", partsOf(p.value)[0]);
      case "TITLE": return this.say("Job title", textOf(p.value));
      case "URL": return this.say("Website", textOf(p.value));
      case "LANG": return this.say("Language", textOf(p.value));
      case "BDAY": return this.say("Birthday", dayOf(textOf(p.value)));
      case "NOTE": return this.say("Note", textOf(p.value));
      case "UID": return this.say("UID", textOf(p.value).replace(/^urn:uuid:/i, ""));
      case "ADR": {
        const [, , street, city, , code, country] = partsOf(p.value);
        this.say("Street", street);
        this.say("City", city);
        this.say("Postal code", code);
        return this.say("Country", country);
      }
    }
  }
  end(): string[] {
    for (const [name, all] of Object.entries(this.many)) {
      const texts = [...new Set(all.toSorted((a, b) => preference(a) - preference(b)).map((p) => textOf(p.value).replace(/^(mailto|tel):/i, "")).filter(Boolean))];
      texts.slice(0, several).forEach((text, i) => (this.row[i ? `${name} ${i + 1}` : name] = text));
      this.told.more += Math.max(0, texts.length - several);
    }
    this.say("Name", [this.row["First name"], this.row["Last name"]].filter(Boolean).join(" ") || this.row.Company);
    return columns.map((c) => this.row[c] ?? "");
  }
} // prettier-ignore

/** "19850412" and "1985-04-12" as a day; what has no year is left out. */
const dayOf = (text: string): string | undefined => {
  const found = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text);
  return found ? `${found[1]}-${found[2]}-${found[3]}` : undefined;
};

async function* rowsOf(path: string, told: Told): AsyncGenerator<string[]> {
  let card: Card | null = null;
  for await (const line of contentLines(path)) {
    const word = line.trim().toUpperCase();
    if (word === "BEGIN:VCARD" || word === "END:VCARD") {
      if (card) {
        if (word === "BEGIN:VCARD") told.unended += 1;
        told.cards += 1;
        yield card.end();
      }
      card = word === "BEGIN:VCARD" ? new Card(told) : null;
      continue;
    }
    const property = card && propertyOf(line);
    if (property) card!.take(property);
  }
  if (!card) return;
  told.unended += 1;
  told.cards += 1;
  yield card.end();
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** What a person should know of a file of cards before it is imported. */
function notesOf(told: Told): string[] {
  const notes = [`${told.cards} cards were read.`];
  if (told.pictures > 0) notes.push(`${told.pictures} pictures, sounds and keys in them are not imported.`);
  if (told.more > 0) notes.push(`${told.more} e-mails and phones beyond the third of a person are left out.`);
  if (told.unended > 0) notes.push(`${told.unended} cards have no end; what came before the next one was read.`);
  return notes;
}

/** Makes a table of an uploaded file of vCards, in its place; answers what to tell of it, null for any other file. */
export async function tableOfCards(path: string): Promise<string[] | null> {
  if (!(await isVcard(path))) return null;
  const used = new Set<number>();
  for await (const row of rowsOf(path, { cards: 0, pictures: 0, more: 0, unended: 0 })) row.forEach((text, i) => text && used.add(i)); // prettier-ignore
  // Two columns at least: with one nothing tells what separates them.
  for (const always of [0, 5]) used.add(always);
  const told: Told = { cards: 0, pictures: 0, more: 0, unended: 0 };
  const kept = [...used].toSorted((a, b) => a - b);
  const lines = async function* (): AsyncGenerator<string> {
    yield `\ufeff${kept.map((i) => columns[i]!).join(",")}\r\n`;
    for await (const row of rowsOf(path, told)) yield `${kept.map((i) => cell(row[i]!)).join(",")}\r\n`;
  };
  const part = `${path}.part`;
  try {
    await pipeline(Readable.from(lines()), createWriteStream(part, { mode: 0o600 }));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return notesOf(told);
}
