import { isAscii, isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import type { Encoding } from "./format.ts";

/** Guesses the encoding of a file's first bytes: byte order mark, valid UTF-8, otherwise windows-1252. */
export const encodingOf = (head: Buffer): Encoding => {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return isUtf8(head.subarray(0, head.length - openTail(head))) ? "utf-8" : "windows-1252";
};

/** A piece of decoded text; `broken` when the bytes right after it are not in the encoding. */
export type Decoded = { text: string; broken: boolean };
export type Decode = (bytes: Buffer, last: boolean) => Decoded;

/** A decoder for one stream; keeps what a chunk cut in half, drops the byte order mark. */
export const decoder = (encoding: Encoding): Decode => (encoding === "utf-8" ? utf8Decoder() : legacyDecoder(encoding));

const legacyDecoder = (encoding: Encoding): Decode => {
  const stream = iconv.getDecoder(encoding);
  return (bytes, last) => ({
    text: stream.write(bytes) + (last ? (stream.end() ?? "") : ""),
    broken: false,
  });
};

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const utf8Decoder = (): Decode => {
  let kept: Buffer = Buffer.alloc(0);
  let atStart = true;
  let onlyAscii = true;
  const legacy = legacyDecoder("windows-1252");
  let isLegacy = false;

  const decodeWhole = (bytes: Buffer): Decoded => {
    if (isAscii(bytes)) return { text: bytes.toString("latin1"), broken: false };
    if (isUtf8(bytes)) {
      onlyAscii = false;
      return { text: strict.decode(bytes), broken: false };
    }
    const good = bytes.toString("utf8").split("\ufffd", 1)[0] ?? "";
    // oxlint-disable-next-line no-control-regex -- the range of ASCII
    onlyAscii &&= /^[\u0000-\u007f]*$/.test(good);
    return { text: good, broken: true };
  };

  return (chunk, last) => {
    if (isLegacy) return legacy(chunk, last);
    const bytes = kept.length > 0 ? Buffer.concat([kept, chunk]) : chunk;
    const whole = bytes.length - (last ? 0 : openTail(bytes));
    kept = bytes.subarray(whole);
    const decoded = decodeWhole(bytes.subarray(0, whole));
    // A sample of plain ASCII says nothing about the encoding; the first other byte, however late, decides it.
    if (decoded.broken && onlyAscii) {
      isLegacy = true;
      return legacy(bytes, last);
    }
    if (!atStart || decoded.text === "") return decoded;
    atStart = false;
    return { ...decoded, text: decoded.text.replace(/^\ufeff/, "") };
  };
};

/** How many bytes at the end begin a UTF-8 character that is not finished, 0 to 3. */
const openTail = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needs > back ? back : 0;
  }
  return 0;
};
