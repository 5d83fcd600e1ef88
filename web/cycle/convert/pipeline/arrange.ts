import type { Board, Card, Column } from "./told.ts";

const sumsOf = (columns: readonly Column[]) => {
  const open = columns.filter((column) => column.category === "open");
  const sum = (of: (column: Column) => number): number => open.reduce((all, column) => all + of(column), 0);
  return { count: sum((c) => c.count), total: sum((c) => c.total), weighted: sum((c) => c.weighted) };
};

const weightOf = (card: Card): number => (card.base_amount * card.probability) / 100;

/** The board with a card in another column, its sums with it; as the server will answer but for the rounding of the weighted sum. */
export function withMoved(board: Board, id: string, stageId: string, now: string): Board {
  const from = board.columns.find((column) => column.cards.some((card) => card.id === id));
  const to = board.columns.find((column) => column.id === stageId);
  const card = from?.cards.find((one) => one.id === id);
  if (!from || !to || !card || from === to) return board;
  const moved: Card = { ...card, probability: to.probability, stage_since: now, touched_at: now };
  const columns = board.columns.map((column): Column => {
    if (column === from)
      return {
        ...column,
        cards: column.cards.filter((one) => one !== card),
        count: column.count - 1,
        total: column.total - card.base_amount,
        weighted: column.weighted - weightOf(card),
      };
    if (column !== to) return column;
    return {
      ...column,
      cards: [moved, ...column.cards],
      count: column.count + 1,
      total: column.total + card.base_amount,
      weighted: column.weighted + weightOf(moved),
    };
  });
  return { ...board, columns, ...sumsOf(columns) };
}

/** The board with what the server answered about a card. */
export const withAnswer = (board: Board, id: string, answer: Partial<Card>): Board => ({
  ...board,
  columns: board.columns.map((column) =>
    column.cards.some((card) => card.id === id)
      ? { ...column, cards: column.cards.map((card) => (card.id === id ? { ...card, ...answer } : card)) }
      : column,
  ),
});

/** Where a card stands. */
export function placeOf(board: Board, id: string): { card: Card; column: Column } | undefined {
  for (const column of board.columns) {
    const card = column.cards.find((one) => one.id === id);
    if (card) return { card, column };
  }
  return undefined;
}
