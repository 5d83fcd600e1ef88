import fc from "fast-check";
import { expect, test } from "vitest";
import { ruleTest, wordsOf, type Rule } from "./match.ts";

const rule = (any: string[], more: Partial<Rule> = {}): Rule => ({ any, all: [], none: [], ...more });
const meets = (text: string, ...rules: Rule[]): boolean => ruleTest(rules)(text);

test("words are whole, without case and accents; phrases stand together; a star opens the ending", () => {
  expect(meets("The LID leaks, again.", rule(["lid"]))).toBe(true);
  expect(meets("We slid on the ice", rule(["lid"]))).toBe(false);
  expect(meets("Both lids leak", rule(["lid"]))).toBe(false);
  expect(meets("Both lids leak", rule(["lid*"]))).toBe(true);
  expect(meets("Le couvercle fuit déjà", rule(["deja"]))).toBe(true);
  expect(meets("Der Deckel ist zu groß", rule(["GROSS"]))).toBe(true);
  expect(meets("Third parcel that came late.", rule(["came late"]))).toBe(true);
  expect(meets("It came very late.", rule(["came late"]))).toBe(false);
  expect(meets("parcel lost and broken", rule(["lost* and brok*"]))).toBe(true);
});

test("and, not, and several rules", () => {
  const broken = rule(["broken", "cracked"], { all: ["jar*"], none: ["never a broken"] });
  expect(meets("The jar arrived broken", broken)).toBe(true);
  expect(meets("The box arrived broken", broken)).toBe(false);
  expect(meets("Never a broken jar.", broken)).toBe(false);
  expect(meets("Where is my parcel?", broken, rule(["where is"]))).toBe(true);
  expect(meets("anything")).toBe(false);
});

test("a text always meets its own words, and never a word that is not in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.string({ unit: "grapheme", maxLength: 8 }), (text, other) => {
      const words = wordsOf(text);
      for (const word of words) expect(meets(text, rule([word]))).toBe(true);
      for (const word of wordsOf(other)) expect(meets(text, rule([word]))).toBe(words.includes(word));
    }),
  );
}); // prettier-ignore
