import { cleanText } from "../../values.ts";

/*
 * vCard 3.0 (RFC 2426), 4.0 (RFC 6350) and what is left of 2.1: one person, one line a property.
 *
 * Words we use
 *   property   "item1.TEL;TYPE=work,pref:+49 30 1" : a name, parameters, a value
 */
export interface Property {
  name: string;
  params: ReadonlyMap<string, string>;
  value: string;
}

const params = (texts: readonly string[]): Map<string, string> => {
  const found = new Map<string, string>();
  for (const text of texts) {
    const at = text.indexOf("=");
    // vCard 2.1 writes TEL;WORK;VOICE without a name.
    const [name, value] = at < 0 ? ["TYPE", text] : [text.slice(0, at).toUpperCase(), text.slice(at + 1)];
    found.set(name, [found.get(name), value.replaceAll('"', "")].filter(Boolean).join(","));
  }
  return found;
};

const quotedPrintable = (text: string): Buffer =>
  Buffer.from(text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), "latin1"); // prettier-ignore

function decoded(value: string, given: ReadonlyMap<string, string>): string {
  const encoding = (given.get("ENCODING") ?? given.get("TYPE") ?? "").toUpperCase();
  if (!encoding.includes("QUOTED-PRINTABLE")) return value;
  const bytes = quotedPrintable(value);
  try {
    return new TextDecoder(given.get("CHARSET") ?? "utf-8").decode(bytes);
  } catch {
    // A charset that nobody knows: Latin-1 loses no byte.
    return bytes.toString("latin1");
  }
}

/** A line as a property; null when it is none. */
export function propertyOf(line: string): Property | null {
  // The colon after the name and its parameters; one within quotes belongs to a parameter.
  const at = /^(?:[^":]|"[^"]*")*?:/.exec(line)?.[0].length;
  if (at === undefined) return null;
  const [head = "", ...rest] = line.slice(0, at - 1).match(/(?:[^";]|"[^"]*")+/g) ?? [];
  const name = head.replace(/^.*\./, "").toUpperCase();
  if (!/^[A-Z0-9-]{1,40}$/.test(name)) return null;
  const given = params(rest);
  return { name, params: given, value: decoded(line.slice(at), given) };
}

/** A text value without its escapes. */
export const textOf = (value: string): string =>
  cleanText(value.replace(/\\([nN,;:\\])/g, (_, c: string) => (c.toLowerCase() === "n" ? "\n" : c)));

/** The parts of a value that has several, such as a name. */
export const partsOf = (value: string): string[] => (value.match(/(?:\\.|[^;\\])*(?:;|$)/g) ?? []).map((part) => textOf(part.replace(/;$/, ""))); // prettier-ignore

/** 1 is wanted most, 100 least; what says nothing comes after. */
export function preference({ params: given }: Property): number {
  const n = Number(given.get("PREF"));
  if (n >= 1 && n <= 100) return n;
  return given.get("TYPE")?.toLowerCase().split(",").includes("pref") ? 1 : 101;
}
