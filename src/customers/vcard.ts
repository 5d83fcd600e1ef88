import { registerFormat, type ExportColumn, type Raw, type Table } from "#records";

/*
 * Contacts as vCards: 4.0 (RFC 6350), or 3.0 (RFC 2426) for address books that know no newer one.
 */
const fields = ["id", "name", "given_name", "family_name", "account_id", "email", "phone", "job_title", "country", "city", "language"] as const; // prettier-ignore

// No line is longer than 75 bytes; what goes on begins with a blank. Cut between letters, never within one.
const lineBytes = 75;
function folded(line: string): string {
  if (Buffer.byteLength(line) <= lineBytes) return `${line}\r\n`;
  let [out, bytes] = ["", 0];
  for (const letter of line) {
    const n = Buffer.byteLength(letter);
    if (bytes + n > lineBytes) {
      out += "\r\n ";
      bytes = 1;
    }
    out += letter;
    bytes += n;
  }
  return `${out}\r\n`;
}

const escaped = (text: string): string => text.replace(/[\\,;]/g, (c) => `\\${c}`).replace(/\r\n|\r|\n/g, "\\n");

/** One contact as a card. */
function card(of: (name: (typeof fields)[number]) => string, version: "3.0" | "4.0"): string {
  const line = (head: string, text: string): string => (text ? folded(`${head}:${escaped(text)}`) : "");
  const parts = (head: string, texts: readonly string[]): string =>
    texts.some(Boolean) ? folded(`${head}:${texts.map(escaped).join(";")}`) : "";
  const id = of("id");
  // A 3.0 card must have a name in parts, even one of nothing.
  const name = parts("N", [of("family_name"), of("given_name"), "", "", ""]) || (version === "3.0" ? "N:;;;;\r\n" : "");
  return [
    "BEGIN:VCARD\r\n",
    `VERSION:${version}\r\n`,
    line("FN", of("name") || of("email") || of("phone") || id),
    name,
    parts("ORG", [of("account_id")]),
    line("TITLE", of("job_title")),
    line(version === "3.0" ? "EMAIL;TYPE=INTERNET" : "EMAIL", of("email")),
    line(version === "3.0" ? "TEL;TYPE=VOICE" : "TEL;VALUE=text", of("phone")),
    parts("ADR", of("city") || of("country") ? ["", "", "", of("city"), "", "", of("country")] : []),
    version === "4.0" ? line("LANG", of("language")) : "",
    folded(`UID:urn:uuid:${id}`),
    "END:VCARD\r\n",
  ].join("");
}

const writer = (version: "3.0" | "4.0") =>
  async function* write({ columns, rows }: Table): AsyncGenerator<Buffer> {
    const byName = new Map<string, ExportColumn>(columns.map((c) => [c.name, c]));
    const of = (row: Raw) => (name: (typeof fields)[number]): string => byName.get(name)?.cell(row)?.replace(/\s+/g, " ") ?? ""; // prettier-ignore
    for await (const piece of rows) yield Buffer.from(piece.map((row) => card(of(row), version)).join(""));
  };

for (const [name, version] of [["vcard", "4.0"], ["vcard3", "3.0"]] as const)
  registerFormat({ name, object: "contact", fields, ending: "vcf", type: `text/vcard; charset=utf-8; version=${version}`, write: writer(version) }); // prettier-ignore
