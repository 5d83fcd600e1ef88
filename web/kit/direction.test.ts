import { expect, test } from "vitest";
import { directionOf } from "./direction.ts";

test("the script decides the direction, not the language", () => {
  expect(["ar", "he", "he-IL", "fa", "ur-PK", "az-Arab"].map(directionOf)).toEqual(Array(6).fill("rtl"));
  expect(["en", "de-AT", "ja", "az", "tr"].map(directionOf)).toEqual(Array(5).fill("ltr"));
});

test("what is no locale is read from the left", () => {
  expect(directionOf("not a locale")).toBe("ltr");
});
