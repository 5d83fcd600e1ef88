import { expect, test } from "vitest";
import type { SavedView } from "#records";
import { tableSearch, type View } from "../view.ts";
import { changed, deviates, shownBy } from "./overlay.ts";

const filter = { field: "country", op: "in", value: ["DE"] } as const;
const saved = {
  id: "01900000-0000-7000-8000-000000000001", object: "contact", name: "Germans", kind: "table", query: { filter: { ...filter, value: ["DE"] }, sort: "name" }, columns: ["email"],
  group: null, options: {}, visibility: "private", shared_with: 0, owner: null, changeable: true, pinned: null, problems: [], version: 1, deleted_at: null,
} as SavedView; // prettier-ignore
const clean = (view: object): View => Object.fromEntries(Object.entries(view).filter(([, v]) => v !== undefined));

test("a saved view is shown as it was saved until the address says otherwise, and only what differs stands in the address", () => {
  expect(shownBy(saved, { view: saved.id })).toEqual({ filter, sort: "name", cols: ["email"] });
  expect(deviates(saved, { view: saved.id })).toBe(false);
  const other = clean(changed(saved, { view: saved.id }, { sort: "-created_at" }));
  expect(other).toEqual({ view: saved.id, sort: "-created_at" });
  expect([deviates(saved, other), shownBy(saved, other).filter]).toEqual([true, filter]);
  const without = clean(changed(saved, other, { filter: undefined }));
  expect(without).toEqual({ view: saved.id, sort: "-created_at", less: ["filter"] });
  expect(tableSearch({ ...without })).toEqual(without);
  expect(shownBy(saved, without)).toEqual({ sort: "-created_at", cols: ["email"] });
  // Put back as it was, nothing differs any more, in whatever order its parts are written.
  const again = clean(changed(saved, without, { filter: { value: ["DE"], op: "in", field: "country" }, sort: "name" }));
  expect(again).toEqual({ view: saved.id });
  expect(deviates(saved, again)).toBe(false);
});

test("what a view speaks of and is no longer there is not shown", () => {
  const broken: SavedView = { ...saved, kind: "board", options: { field: "size", sum: "paid" }, problems: [{ at: "query.filter.field", message: "" }, { at: "options.field", message: "" }] }; // prettier-ignore
  expect(shownBy(broken, { view: saved.id })).toEqual({ sort: "name", cols: ["email"] });
  expect(shownBy({ ...broken, problems: [] }, {}).options).toEqual({ field: "size", sum: "paid" });
});

test("an address that is no view is no view", () => {
  expect(tableSearch({ view: "1 or 1", less: ["all"], group: "a b", kind: "list", options: "x" })).toEqual({});
  expect(tableSearch({ kind: "board", options: { field: "stage; drop", sum: "amount", span: "year" } })).toEqual({ kind: "board", options: { sum: "amount" } }); // prettier-ignore
});
