import { z } from "zod";

/*
 * Words we use
 *   definition   what belongs to a theme: reasons of the taxonomy, and rules over what customers wrote
 *   rule         some word or phrase of `any`, every one of `all`, and none of `none`; whole words, accents and case ignored
 *   phrase       words one after the other; a star at the end of a word stands for any ending: "lid*" also means "lids"
 */
const phrase = z
  .string()
  .trim()
  .min(1, "Write a word.")
  .max(100)
  .refine((v) => wordsOf(v.replaceAll("*", "")).length > 0, "Write a word.");
const phrases = z.array(phrase).max(50);
export const ruleSchema = z.strictObject({
  any: phrases.min(1, "Write at least one word or phrase."),
  all: phrases.default([]),
  none: phrases.default([]),
});
export const definitionSchema = z
  .strictObject({
    reason_ids: z.array(z.uuid()).max(100).default([]),
    rules: z.array(ruleSchema).max(30).default([]),
  })
  .refine((d) => d.reason_ids.length + d.rules.length > 0, "Choose a reason or write a rule.");

export type Rule = z.output<typeof ruleSchema>;
export type Definition = z.output<typeof definitionSchema>;

/** The words of a text: letters and digits, without case and accents ("Ça fuit!" is ca, fuit). */
export const wordsOf = (text: string): string[] =>
  text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

interface Word {
  text: string;
  open: boolean;
}

const parsed = (text: string): Word[] =>
  text.split(/(?<=\*)|\s+/u).flatMap((part) => {
    const words = wordsOf(part.replaceAll("*", ""));
    return words.map((word, i) => ({ text: word, open: part.endsWith("*") && i === words.length - 1 }));
  });

const occurs = (phrase: readonly Word[], words: readonly string[]): boolean =>
  words.some((_, at) =>
    phrase.every(({ text, open }, i) => {
      const word = words[at + i];
      return word !== undefined && (open ? word.startsWith(text) : word === text);
    }),
  );

/** A test for texts, its rules read once. */
export function ruleTest(rules: readonly Rule[]): (text: string) => boolean {
  const read = rules.map(({ any, all, none }) => ({ any: any.map(parsed), all: all.map(parsed), none: none.map(parsed) }));
  return (text) => {
    const words = wordsOf(text);
    const has = (phrase: readonly Word[]): boolean => occurs(phrase, words);
    return read.some((rule) => rule.any.some(has) && rule.all.every(has) && !rule.none.some(has));
  };
} // prettier-ignore
