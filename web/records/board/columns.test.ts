import { expect, test } from "vitest";
import type { Field, RecordGroup } from "#records";
import { cardOf, columnsOf, withMoves } from "./columns.ts";
import type { DescribedObject } from "../../kit/boot.ts";

const stage: Field = { name: "stage", label: "Stage", type: "choice", choices: [{ value: "new", label: "New" }, { value: "won", label: "Won" }] }; // prettier-ignore
const fare: Field = { name: "fare", label: "Fare", type: "money", currency_field: "currency" };
const group = (key: string | null, count: number, eur = 0): RecordGroup => ({ key, title: null, count, sums: { fare: { EUR: eur } }, filter: key === null ? { field: "stage", op: "is_empty" } : { field: "stage", op: "in", value: [key] } }); // prettier-ignore
const trip = { name: "trip", plural: "trips", title: "name" } as DescribedObject;

test("a choice's columns stand in its own order, empty ones too, removed choices and those without a value last", () => {
  const columns = columnsOf(stage, [group(null, 2), group("old", 1), group("won", 3, 500)], "fare");
  expect(columns.map((column) => [column.name, column.count, column.sums["EUR"] ?? 0])).toEqual([["New", 0, 0], ["Won", 3, 500], ["old", 1, 0], ["Without stage", 2, 0]]); // prettier-ignore
  expect(columns[0]?.filter).toEqual({ field: "stage", op: "in", value: ["new"] });
  expect(columnsOf({ ...stage, required: true }, [], undefined).map((column) => column.key)).toEqual(["new", "won"]);
});

test("a move is seen at once: the card, the counts and the sums of both columns; moved back, nothing has changed", () => {
  const card = cardOf(trip, { id: "1", name: "Moonlight", fare: 120, currency: "USD" });
  const before = columnsOf(stage, [group("new", 1, 0), group("won", 3, 500)], "fare").map((column) => (column.key === "new" ? { ...column, cards: [card] } : column)); // prettier-ignore
  const moved = withMoves(before, [{ card, from: "is.new", to: "is.won" }], fare);
  expect(moved.map((column) => [column.count, column.cards.length, column.sums["USD"] ?? 0])).toEqual([[0, 0, -120], [4, 1, 120], [0, 0, 0]]); // prettier-ignore
  const back = withMoves(before, [{ card, from: "is.new", to: "is.won" }, { card, from: "is.won", to: "is.new" }], fare); // prettier-ignore
  expect(back.map((column) => [column.count, column.cards.length, column.sums["USD"] ?? 0])).toEqual([[1, 1, 0], [3, 0, 0], [0, 0, 0]]); // prettier-ignore
});
