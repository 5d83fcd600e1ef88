import type { Movable } from "./Quantities.tsx";
import type { Line, Order } from "./told.ts";

/** The lines of which something is left, by what counts as left. */
export const movable = (order: Order, left: (line: Line) => string): Movable[] =>
  order.lines
    .map((line) => ({ id: line.id, what: line.description, left: left(line) }))
    .filter((line) => line.left !== "0");
