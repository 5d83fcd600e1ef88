import type { ComponentType } from "react";

/*
 * Words we use
 *   board    cards in columns; a card is moved by mouse, by Alt and arrows, or by its menu
 *   face     what a card, or a column's head, shows; each board has its own
 */
export interface BoardCard {
  id: string;
  name: string;
}
export interface BoardColumn<C extends BoardCard = BoardCard> {
  id: string;
  name: string;
  count: number;
  cards: readonly C[];
  /** The colour beside its name. */
  tone?: string | undefined;
}

/** What a board shows of its cards and columns; the same objects on every drawing, so that nothing is drawn twice. */
export interface Faces<K extends BoardColumn> {
  Head: ComponentType<{ column: K }>;
  Card: ComponentType<{ card: K["cards"][number]; column: K }>;
  /** Said in a column without cards. */
  None: ComponentType<{ column: K }>;
  /** Below the cards: how many more there are. */
  Foot: ComponentType<{ column: K }>;
  /** Where a card leads; a look at the side without. */
  href?: (card: K["cards"][number]) => string;
}

/** Where a card stands. */
export function placeIn<K extends BoardColumn>(
  columns: readonly K[],
  id: string,
): { card: K["cards"][number]; column: K } | undefined {
  for (const column of columns) {
    const card = column.cards.find((one) => one.id === id);
    if (card) return { card, column };
  }
  return undefined;
}
