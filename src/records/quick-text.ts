import { fold } from "#kernel/condition";
import { foldSql, likeText } from "./condition/index.ts";

/**
 * Whether one of the columns holds the text, without regard to case. Of one or two letters only beginnings of words are looked
 * for: an index of three letters cannot find less inside a word, and "zz" would read every one of a million names (4.5 s).
 */
export function quickTest(columns: readonly string[], text: string, param: (value: string) => string): string {
  const pattern = likeText(fold(text));
  const patterns = text.length < 3 ? [`${pattern}%`, `% ${pattern}%`] : [`%${pattern}%`];
  const params = patterns.map(param);
  return `(${columns.flatMap((c) => params.map((p) => `${foldSql(c)} like ${p}`)).join(" or ")})`;
}
