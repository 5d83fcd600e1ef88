import { expect, test } from "vitest";
import { pressed } from "./keys.ts";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {}) =>
  pressed({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

test("Ctrl and Command are the same key to us", () => {
  expect(press("k", { ctrlKey: true })).toBe("mod+k");
  expect(press("K", { metaKey: true, shiftKey: true })).toBe("mod+shift+k");
});

test("a sign that needs Shift on some keyboards is still only that sign", () => {
  expect(press("?", { shiftKey: true })).toBe("?");
  expect(press("/", { shiftKey: true })).toBe("/");
});

test("Shift counts for letters and named keys", () => {
  expect(press("X", { shiftKey: true })).toBe("shift+x");
  expect(press("Tab", { shiftKey: true })).toBe("shift+Tab");
  expect(press(" ")).toBe("Space");
});
