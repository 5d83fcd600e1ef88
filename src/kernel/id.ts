import { randomFillSync } from "node:crypto";

const pool = Buffer.alloc(10 * 256);
let used = pool.length;
let lastMs = 0;
let counter = 0;

const hex: string[] = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));

/** A uuid v7 (RFC 9562): 48 bits of milliseconds, a 12-bit counter that keeps one process in order, 62 random bits. */
export function newId(ms: number = Date.now()): string {
  if (used + 8 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  if (ms === lastMs) counter = (counter + 1) & 0xfff;
  else {
    lastMs = ms;
    counter = pool[used]! & 0x7f; // leaves room for at least 3,968 ids within one millisecond
  }
  const t = ms.toString(16).padStart(12, "0");
  const c = counter.toString(16).padStart(3, "0");
  const r = used;
  used += 8;
  const at = (i: number): string => hex[pool[r + i]!]!;
  const variant = hex[(pool[r]! & 0x3f) | 0x80]!;
  return `${t.slice(0, 8)}-${t.slice(8)}-7${c}-${variant}${at(1)}-${at(2)}${at(3)}${at(4)}${at(5)}${at(6)}${at(7)}`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text is a uuid of any version. */
export const isId = (text: unknown): text is string => typeof text === "string" && uuid.test(text);
