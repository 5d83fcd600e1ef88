/*
 * What a file may be about, guessed from its first line before it is sent; the person can say otherwise.
 */
const signs: Readonly<Record<string, readonly RegExp[]>> = {
  orders: [/order|invoice|bestell|rechnung|commande|pedido/, /quantity|qty|menge|units|quantit/, /price|amount|total|preis|betrag|prix/, /date|datum|fecha/],
  products: [/\bsku\b|product code|artikelnummer|stock ?code/, /product|item|artikel|title/, /category|kategorie|vendor|brand/, /\bprice\b|preis|prix/],
  prices: [/\bprice\b|preis|prix/, /\bfrom\b|effective|g[uü]ltig ab|\bdesde\b/, /\bsku\b|product code|artikel/, /price ?list|preisliste|min(imum)? ?(qty|quantity)|mindestmenge/],
  quotes: [/quote|angebot|devis|presupuesto/, /\buntil\b|g[uü]ltig bis/, /discount|rabatt|remise/, /\btax\b|\bvat\b|mwst|\btva\b/, /(quote|angebot|devis|presupuesto).*(price|preis|prix|precio)/, /(quote|angebot|devis|presupuesto).*(quantit|qty|menge|cantidad)/],
  segment_members: [/segment/],
  leads: [/\blead\b/, /lead ?source|\bsource\b/, /interest|message|enquiry|inquiry/, /e-?mail|phone/],
  opportunities: [/opportunity|\bdeal\b/, /stage|pipeline/, /amount|value/, /close ?date|expected close|probability/],
  tasks: [/\btask\b|to ?do/, /\bdue\b|deadline/, /assignee|owner/],
  cases: [/\bcase\b|ticket/, /subject/, /priority/, /description/],
  accounts: [/company|firma|account name|organi[sz]ation|unternehmen|soci[eé]t[eé]/, /domain|website|web site/, /industry|branche|employees/],
  contacts: [/e-?mail/, /first ?name|last ?name|given ?name|family ?name|vorname|nachname|pr[eé]nom/, /phone|telefon|mobile/, /job ?title|position/],
}; // prettier-ignore

/** The object (by plural) that a header line fits best, among those that can be imported; where it says nothing, the file's name does; orders when none fits. */
export function guessObject(firstLine: string, importable: readonly string[], fileName = ""): string | undefined {
  const words = firstLine
    .toLowerCase()
    .replaceAll("_", " ")
    .replace(/([a-z])(?=(?:id|no|date|code)\b)/g, "$1 ");
  if (/^\s*begin:vcard/.test(words)) return "contacts";
  const named = fileName.toLowerCase();
  const score = (object: string): number =>
    (signs[object] ?? []).filter((sign) => sign.test(words)).length + (named.includes(object.slice(0, -1)) ? 0.5 : 0);
  // Files without names of columns are most often orders.
  const usual = importable.toSorted((a, b) => Number(b === "orders") - Number(a === "orders"));
  return usual.toSorted((a, b) => score(b) - score(a))[0];
}

const peeked = 65_536; // bytes

/** The first line of a file, also of a gzipped one; "" when it cannot be read here (a workbook). */
export async function firstLineOf(file: Blob): Promise<string> {
  const head = file.slice(0, peeked);
  const magic = new Uint8Array(await head.slice(0, 2).arrayBuffer());
  if (magic[0] === 0x50 && magic[1] === 0x4b) return "";
  const gzipped = magic[0] === 0x1f && magic[1] === 0x8b;
  if (!gzipped) return (await head.text()).split(/\r?\n/, 1)[0] ?? "";
  const reader = head.stream().pipeThrough(new DecompressionStream("gzip")).pipeThrough(new TextDecoderStream()).getReader(); // prettier-ignore
  let text = "";
  try {
    while (!text.includes("\n")) {
      const { value, done } = await reader.read();
      if (done) break;
      text += value;
    }
  } catch {
    // A head that was cut off ends in an error; the first line came before it.
  }
  void reader.cancel().catch(() => undefined);
  return text.split(/\r?\n/, 1)[0] ?? "";
}
