import { expect, test } from "vitest";
import { moveCursor } from "./cursor.ts";
import { ariaSort, moved, nextSort } from "./column.ts";

const bounds = { rows: 50, cols: 6, page: 10, rtl: false };
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false, altKey: false });

test("arrows stop at the edges, and up from the first row is the header", () => {
  expect(moveCursor({ row: 0, col: 1 }, press("ArrowUp"), bounds)).toEqual({ row: -1, col: 1 });
  expect(moveCursor({ row: -1, col: 1 }, press("ArrowUp"), bounds)).toEqual({ row: -1, col: 1 });
  expect(moveCursor({ row: 49, col: 5 }, press("ArrowDown"), bounds)).toEqual({ row: 49, col: 5 });
});

test("where writing runs from right to left, the right arrow goes back", () => {
  expect(moveCursor({ row: 3, col: 2 }, press("ArrowRight"), { ...bounds, rtl: true })).toEqual({ row: 3, col: 1 });
});

test("Ctrl with Home and End reaches the corners, a page up never lands on the header", () => {
  expect(moveCursor({ row: 30, col: 3 }, press("Home", true), bounds)).toEqual({ row: 0, col: 0 });
  expect(moveCursor({ row: 30, col: 3 }, press("End", true), bounds)).toEqual({ row: 49, col: 5 });
  expect(moveCursor({ row: 4, col: 3 }, press("PageUp"), bounds)).toEqual({ row: 0, col: 3 });
});

test("letters are not moves", () => {
  expect(moveCursor({ row: 1, col: 1 }, press("x"), bounds)).toBeUndefined();
});

test("a header goes from descending over ascending back to the list's own order", () => {
  expect([nextSort(undefined, "paid"), nextSort("-paid", "paid"), nextSort("paid", "paid")]).toEqual([
    "-paid",
    "paid",
    undefined,
  ]);
  expect(ariaSort("-paid", "paid")).toBe("descending");
  expect(ariaSort("-paid", "name")).toBe("none");
});

test("a moved column stops at the ends", () => {
  expect(moved(["a", "b", "c"], "a", 2)).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], "c", -9)).toEqual(["c", "a", "b"]);
});
