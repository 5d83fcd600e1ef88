import type { Ctx } from "#platform/context";
import { reachesAll } from "../access/index.ts";
import { objectsFor, ownObjectsFor } from "../custom/described.ts";
import { recordTypes } from "../registry.ts";
import { inOwnFields } from "./custom.ts";
import { inSources, insideWords } from "./inside.ts";
import { beginningWith, ofEach, type Candidate, type Looked } from "./records.ts";
import { searchSources } from "./source.ts";
import { wordsIn, type Wanted } from "./text.ts";
import { visitsOf } from "./visits.ts";
import { meantBy } from "./words.ts";

export interface Hit {
  object: string;
  id: string;
  title: string;
  subtitle: string | null;
  /** How it was found: by exactly this text, by beginnings of words, or by words like them. */
  match: "exact" | "begins" | "like";
}

export interface Found {
  items: Hit[];
  /** The words that were looked for, without case and accents; with those that were meant where one was typed wrong. */
  words: string[];
}

const shown = 24;
// With fewer than this found, words may have been typed wrong.
const few = 3;

/**
 * Records of all objects the person may read that hold all words; what they touched lately first, then the nearest, then the newest.
 * With few of them also those that hold what may have been meant, and with none those that hold the words inside others.
 */
export async function searchRecords(ctx: Ctx, text: string, objects: (plural: string) => boolean): Promise<Found> {
  const words = wordsIn(text);
  if (words.join("").length < 2) return { items: [], words: [] };
  const own = (await ownObjectsFor(ctx)).filter((o) => objects(o.plural));
  const described = await objectsFor(ctx);
  const all = recordTypes().map((t) => described(t.object.name)).filter((o) => objects(o.plural)); // prettier-ignore
  const types = [...all, ...own].filter((o) => o.search.length > 0);
  const sources = searchSources().filter((s) => objects(s.may));
  const asTyped = words.map((w) => [w]);
  const visits = await visitsOf(ctx);
  const looked: Looked = { ctx, text, types, visits };
  const once = (wanted: Wanted): Promise<Candidate[]> =>
    Promise.all([beginningWith(looked, wanted), inSources(ctx, text, sources, wanted)]).then((both) => both.flat());
  const found = (await Promise.all([once(asTyped), inOwnFields(ctx, types, text)])).flat();
  let meant: string[][] = [];
  if (found.length < few && !found.some((c) => isExactly(c, words.join(" ")))) {
    // The words that are kept are of all records: whoever may not see them all must not learn from what was meant.
    const sees = types.every((o) => reachesAll(ctx, o, "read") && o.searched === undefined);
    meant = await Promise.all(words.map((w) => (sees ? meantBy(ctx, w) : Promise.resolve([]))));
    const add = (more: readonly Candidate[]): void => {
      const known = new Set(found.map((c) => c.id));
      found.push(...more.filter((c) => !known.has(c.id)).map((c) => ({ ...c, like: true })));
    };
    if (meant.flat().length > 0) add(await once(words.map((w, i) => [w, ...meant[i]!])));
    if (found.length === 0 && words.some((w) => w.length > 2))
      add((await Promise.all([insideWords(looked, asTyped), inSources(ctx, text, sources, asTyped, true)])).flat());
  }
  return { items: rank(found, text, visits), words: [...new Set([...words, ...meant.flat()])] };
}

const isExactly = ({ title, subtitle }: Candidate, asked: string): boolean =>
  lineOf(title) === asked || (subtitle !== null && lineOf(subtitle) === asked);

const lineOf = (text: string | null): string => wordsIn(text ?? "").join(" ");

type Visits = Looked["visits"];

function rank(found: readonly Candidate[], text: string, visits: Visits): Hit[] {
  const words = wordsIn(text);
  const asked = words.join(" ");
  // Of one found twice the first counts: a customer's own name before a note about them.
  const once = [...new Map(found.toReversed().map((c) => [`${c.object} ${c.id}`, c])).values()];
  const placed = once.map((c) => {
    const title = lineOf(c.title);
    const exact = title === asked || (c.subtitle !== null && lineOf(c.subtitle) === asked);
    const whole = words.every((w) => ` ${title} `.includes(` ${w} `));
    const kind = c.like ? 4 : exact ? 0 : whole ? 1 : title.startsWith(asked) ? 2 : 3;
    return { c, kind, visit: visits.get(c.object)?.get(c.id) ?? Infinity };
  });
  placed.sort(
    (a, b) =>
      Number(a.kind === 4) - Number(b.kind === 4) ||
      Number(b.kind === 0) - Number(a.kind === 0) ||
      (a.visit === b.visit ? 0 : a.visit - b.visit) ||
      a.kind - b.kind ||
      b.c.at.getTime() - a.c.at.getTime(),
  );
  const counts = new Map<string, number>();
  return placed
    .filter(({ c }) => counts.set(c.object, (counts.get(c.object) ?? 0) + 1).get(c.object)! <= ofEach)
    .slice(0, shown)
    .map(({ c, kind }) => ({
      object: c.object,
      id: c.id,
      title: c.title,
      subtitle: c.subtitle,
      match: kind === 4 ? "like" : kind === 0 ? "exact" : "begins",
    }));
}
