import { expect, test } from "vitest";
import { marksOf } from "./Marked.tsx";

const marked = (text: string, ...words: string[]): string[] => {
  const letters = Array.from(text);
  return marksOf(letters, words).map(([from, until]) => letters.slice(from, until).join(""));
};

test("what a hit was found by is marked at beginnings of words, with its case and accents", () => {
  expect(marked("Zoë Müller", "zoe", "mul")).toEqual(["Zoë", "Mül"]);
  expect(marked("Joana Ana", "ana")).toEqual(["Ana"]);
  expect(marked("ana.ruiz@vertex.example", "ruiz", "vert")).toEqual(["ruiz", "vert"]);
  expect(marked("Großmann", "gross")).toEqual(["Groß"]);
  expect(marked("Bo", "ana")).toEqual([]);
});
