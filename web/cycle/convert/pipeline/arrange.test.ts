import { expect, test } from "vitest";
import { placeOf, withMoved } from "./arrange.ts";
import { ageOf, type Board, type Card, type Column } from "./told.ts";

const day = 86_400_000;
const ago = (days: number): string => new Date(Date.now() - days * day).toISOString();
const card = (id: string, base_amount: number): Card => ({
  id, version: 1, name: id, contact: null, account: null, owner: null, amount: base_amount, currency: "EUR", base_amount, probability: 20,
  expected_close: null, lost_reason_id: null, stage_since: ago(3), touched_at: ago(3),
}); // prettier-ignore
const column = (id: string, probability: number, category: Column["category"], cards: Card[]): Column => {
  const total = cards.reduce((sum, one) => sum + one.base_amount, 0);
  return { id, pipeline_id: "p", name: id, position: 1, category, probability, target_days: 7, rotting_days: 14, required_fields: [], cards, count: cards.length, total, weighted: (total * probability) / 100 }; // prettier-ignore
};
const board: Board = {
  pipeline: { id: "p", name: "Sales", is_default: true, version: 1 },
  columns: [column("new", 20, "open", [card("a", 1000), card("b", 500)]), column("late", 60, "open", []), column("won", 100, "won", [])],
  count: 2, total: 1500, weighted: 300,
}; // prettier-ignore

test("a moved card takes its amount and its chance along; won leaves the open sums", () => {
  const moved = withMoved(board, "a", "late", ago(0));
  expect(moved).toMatchObject({ count: 2, total: 1500, weighted: 700 });
  expect(placeOf(moved, "a")).toMatchObject({ column: { id: "late", count: 1 }, card: { probability: 60 } });
  expect(withMoved(moved, "a", "won", ago(0))).toMatchObject({ count: 1, total: 500, weighted: 100 });
  expect(withMoved(board, "a", "new", ago(0))).toBe(board);
});

test("a deal is late after its target time and cold when nobody does anything", () => {
  const stage = board.columns[0]!;
  const age = (stage_since: string, touched_at: string) => ageOf({ stage_since, touched_at }, stage);
  expect([age(ago(3), ago(3)), age(ago(8), ago(2)), age(ago(20), ago(15))]).toEqual(["fresh", "late", "cold"]);
  expect(ageOf({ stage_since: ago(90), touched_at: ago(90) }, board.columns[2]!)).toBe("fresh");
});
