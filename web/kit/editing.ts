import { useEffect, useSyncExternalStore } from "react";

/*
 * Words we use
 *   editing   the person has a form open on a record: colleagues who look at it see so
 */
let open: readonly string[] = [];
const listeners = new Set<() => void>();
const change = (to: readonly string[]): void => {
  open = to;
  for (const listener of listeners) listener();
};

/** Says that a form on the record is open while a component is on screen. */
export function useEditing(id: string | undefined): void {
  useEffect(() => {
    if (!id) return undefined;
    change([...open, id]);
    return () => change(open.toSpliced(open.indexOf(id), 1));
  }, [id]);
}

/** Whether a form on the record is open here. */
export const useIsEditing = (id: string): boolean =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => open.includes(id)); // prettier-ignore
