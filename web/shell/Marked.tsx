import { Fragment } from "react";

const isWord = /[\p{L}\p{N}]/u;
const bare = (letter: string): string =>
  letter.toLowerCase().replaceAll("ß", "ss").normalize("NFKD").replaceAll(/\p{M}/gu, "");

/** Where words begin in the text and how far each asked word reaches: [from, until) in letters. */
export function marksOf(letters: readonly string[], words: readonly string[]): [number, number][] {
  const folded = letters.map(bare);
  const marks: [number, number][] = [];
  for (let from = 0; from < letters.length; from++) {
    if (!isWord.test(letters[from]!) || (from > 0 && isWord.test(letters[from - 1]!))) continue;
    let until = from;
    for (const word of words) {
      let rest = word;
      let at = from;
      while (rest && at < letters.length && folded[at] !== "" && rest.startsWith(folded[at]!)) rest = rest.slice(folded[at++]!.length); // prettier-ignore
      if (!rest && at > until) until = at;
    }
    if (until > from) marks.push([from, until]);
  }
  return marks;
}

/** A text with the parts marked that it was found by. */
export const Marked = ({ text, words }: { text: string; words: readonly string[] | undefined }) => {
  if (!words || words.length === 0) return text;
  const letters = Array.from(text);
  let done = 0;
  const parts = marksOf(letters, words).map(([from, until]) => {
    const before = letters.slice(done, from).join("");
    done = until;
    return (
      <Fragment key={from}>
        {before}
        <mark>{letters.slice(from, until).join("")}</mark>
      </Fragment>
    );
  });
  return [...parts, letters.slice(done).join("")];
};
