import { decoder, encodingOf } from "../read/encoding.ts";
import { readBytes, readContainer, readHead } from "../read/bytes.ts";
import { usualLimits } from "../read/format.ts";

// A picture in a card is megabytes of letters, and none of them is wanted.
const lineAtMost = 100_000; // characters

/** Whether the file holds vCards: it begins with one. */
export async function isVcard(path: string): Promise<boolean> {
  const container = await readContainer(path).catch(() => null);
  if (container === null || container === "xlsx") return false;
  const { head } = await readHead(path, container, usualLimits);
  const { text } = decoder(encodingOf(head))(head, false);
  return /^\s*BEGIN:VCARD\s*\r?\n/i.test(text.slice(0, 200));
}

/** The lines of a file as they are written, each cut after 100,000 characters; in constant memory. */
async function* written(path: string): AsyncGenerator<string> {
  const container = await readContainer(path);
  const { head } = await readHead(path, container === "gzip" ? "gzip" : "plain", usualLimits);
  const decode = decoder(encodingOf(head));
  let rest = "";
  const split = function* (text: string): Generator<string> {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    // The end of a line that is too long is still to come.
    if (rest.length > lineAtMost) rest = rest.slice(0, lineAtMost);
    for (const line of lines) yield line.slice(0, lineAtMost);
  };
  for await (const bytes of readBytes(path, container === "gzip" ? "gzip" : "plain", { limits: usualLimits }))
    yield* split(decode(bytes, false).text);
  yield* split(decode(Buffer.alloc(0), true).text);
  if (rest) yield rest;
}

/** Content lines: a line that begins with a blank goes on the one before; so does one after a soft break of quoted-printable (vCard 2.1). */
export async function* contentLines(path: string): AsyncGenerator<string> {
  let open: string | null = null;
  for await (const line of written(path)) {
    if (open !== null && /^[ \t]/.test(line)) open = (open + line.slice(1)).slice(0, lineAtMost);
    else if (open !== null && open.endsWith("=") && /^[^:]*QUOTED-PRINTABLE/i.test(open))
      open = (open.slice(0, -1) + line).slice(0, lineAtMost); // prettier-ignore
    else {
      if (open !== null) yield open;
      open = line;
    }
  }
  if (open !== null) yield open;
}
