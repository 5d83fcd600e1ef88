import { createContext, useContext } from "react";

/*
 * Words we use
 *   nested   a form opened out of a field of another one, to make the record that the field is to point to; the other stays as it is
 */
export interface Nested {
  /** The object to make, by name. */
  of: string;
  /** What was typed where it was to be found. */
  title: string;
  onMade: (made: { id: string; title: string }) => void;
}

const Nest = createContext<((nested: Nested) => void) | undefined>(undefined);
export const NestedProvider = Nest.Provider;

/** Opens a nested form; undefined where the field stands in no form that can have one. */
export const useNest = (): ((nested: Nested) => void) | undefined => useContext(Nest);
