import { createContext, useContext, type ReactNode } from "react";
import type { Group } from "./edit.ts";

export interface NestedProps {
  group: Group;
  path: string;
  onChange: (group: Group) => void;
}
type Draw = (props: NestedProps) => ReactNode;

const Nested = createContext<Draw>(() => null);

/** Gives the editors of single conditions the editor of groups, which they hold and which holds them. */
export const NestedProvider = Nested.Provider;

/** Draws the editor of a group inside a condition: "where …". */
export const useNested = (): Draw => useContext(Nested);
