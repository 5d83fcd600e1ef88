import { CompiledQuery, sql } from "kysely";
import { inTransaction, type Ctx } from "#platform/context";
import { recordTypes } from "../registry.ts";
import type { ObjectDescription } from "../object.ts";
import { wordsIn } from "./text.ts";

/*
 * Words typed wrong are found by the words that occur (a million customers share some hundred thousand), not by likeness to every
 * record: trigram similarity over a million rows costs seconds, this one index probe. A word is kept under itself and all it
 * becomes by leaving one letter out; two words one slip apart (a letter more, less, wrong, or two swapped) have one of those in common.
 */
const longest = 7;
const readsEveryMs = 10_000;
// A transaction that began earlier may commit later; what it wrote is read again for this long.
const lateMs = 60_000;
const rowsAtOnce = 5_000;

const without = (word: string): string[] =>
  Array.from(word).map((_, i, all) => [...all.slice(0, i), ...all.slice(i + 1)].join(""));

/** Under which texts a word is kept: of its beginnings of 5 to 7 letters, so that a word may be typed wrong before its end. */
export function nearKeys(word: string): string[] {
  const letters = Array.from(word);
  const lengths = letters.length < 5 ? [letters.length] : [5, 6, longest].filter((n) => n <= letters.length);
  return [...new Set(lengths.flatMap((n) => [letters.slice(0, n).join(""), ...without(letters.slice(0, n).join(""))]))];
}

const askedKeys = (typed: string): string[] => {
  const start = Array.from(typed).slice(0, longest).join("");
  return [start, ...without(start)];
};

/** How many slips lie between what was typed and the best beginning of the word: letters more, less, wrong or swapped. */
export function slips(typed: string, word: string): number {
  const [a, b] = [Array.from(typed), Array.from(word).slice(0, typed.length + 2)];
  let [older, old]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      let least = Math.min(old![j]! + 1, row[j - 1]! + 1, old![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, older![j - 2]! + 1);
      row.push(least);
    }
    [older, old] = [old!, row];
  }
  return Math.min(...old!);
}

/** What somebody may have meant by a word: the nearest words that occur, at most three. */
export async function meantBy(ctx: Ctx, typed: string): Promise<string[]> {
  if (typed.length < 4 || typed.length > 24 || /\d/.test(typed)) return [];
  const { rows } = await sql<{ word: string }>`
    select word from search_words where near && ${askedKeys(typed)}::text[] limit 300`.execute(ctx.db);
  const most = typed.length >= 8 ? 2 : 1;
  return rows
    .map(({ word }) => ({ word, slips: slips(typed, word), longer: Math.abs(word.length - typed.length) }))
    .filter((w) => w.slips > 0 && w.slips <= most)
    .sort((x, y) => x.slips - y.slips || x.longer - y.longer || (x.word < y.word ? -1 : 1))
    .slice(0, 3)
    .map((w) => w.word);
}

interface Reading {
  read_until: Date;
  read_id: string;
  seen: string | null;
}
// The newest change set and the newest fact: when neither is another one, nobody wrote anything.
const newest = sql`concat((select id from change_sets order by id desc limit 1), ' ', (select id from facts order by epoch desc, tx desc, seq desc limit 1))`;
const start: Omit<Reading, "seen"> = { read_until: new Date(0), read_id: "00000000-0000-0000-0000-000000000000" };

/** Reads the words of what was written since the last time, a stretch of each object; answers whether more may be left. */
export async function readWords(ctx: Ctx): Promise<boolean> {
  let more = false;
  for (const { object } of recordTypes()) if (object.search.length > 0 && (await readObject(ctx, object))) more = true;
  return more;
}

async function readObject(ctx: Ctx, object: ObjectDescription): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    await sql`
      insert into search_readings (object, read_until, read_id, read_at) values (${object.name}, ${start.read_until}, ${start.read_id}, ${tx.clock()})
          on conflict do nothing`.execute(tx.db);
    const { rows: held } = await sql<Reading & { newest: string }>`
      select read_until, read_id, seen, ${newest} as newest from search_readings where object = ${object.name} for update skip locked`.execute(
      tx.db,
    );
    const from = held[0];
    if (!from) return false;
    const settle_at = from.seen === from.newest ? null : new Date(tx.clock().getTime() + lateMs);
    const columns = object.search.map((c) => `"${c}"`).join(", ");
    const { rows } = await tx.db.executeQuery<Record<string, unknown> & { id: string; updated_at: Date }>(
      CompiledQuery.raw(
        `select id, updated_at, ${columns} from "${object.table}" where (updated_at, id) > ($1::timestamptz, $2::uuid) order by updated_at, id limit ${rowsAtOnce}`,
        [from.read_until, from.read_id],
      ),
    );
    const words = new Set<string>();
    for (const row of rows)
      for (const c of object.search)
        for (const word of wordsIn(typeof row[c] === "string" ? row[c] : ""))
          if (/^\p{L}{4,24}$/u.test(word)) words.add(word);
    const kept = [...words].sort().map((word) => ({ word, near: nearKeys(word) }));
    if (kept.length > 0)
      await sql`
        insert into search_words (word, near) select r.word, r.near from json_to_recordset(${JSON.stringify(kept)}::json) as r(word text, near text[])
            on conflict do nothing`.execute(tx.db);
    const full = rows.length === rowsAtOnce;
    const last = rows.at(-1);
    const late = new Date(tx.clock().getTime() - lateMs);
    const until = full && last ? { read_until: last.updated_at, read_id: last.id } : { read_until: last && last.updated_at < late ? last.updated_at : late, read_id: last && last.updated_at < late ? last.id : start.read_id }; // prettier-ignore
    const next = until.read_until < from.read_until ? from : until;
    await sql`update search_readings set read_until = ${next.read_until}, read_id = ${next.read_id}, read_at = ${full ? new Date(0) : tx.clock()}, seen = ${from.newest}, settle_at = ${settle_at} where object = ${object.name}`.execute(
      tx.db,
    );
    return full;
  });
}

/** When words are read the next time: soon after something was written, and once more when late transactions are through; null when nothing is new. */
export async function nextReadingAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null; settle_at: Date | null; written: boolean }>`
    select min(read_at) as at, min(settle_at) as settle_at, coalesce(bool_or(seen is distinct from ${newest}), true) as written from search_readings`.execute(
    ctx.db,
  );
  const { at, settle_at, written } = rows[0]!;
  if (!at || at.getTime() === 0) return new Date(0);
  return written ? new Date(at.getTime() + readsEveryMs) : settle_at;
}
