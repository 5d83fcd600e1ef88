import { useSyncExternalStore } from "react";

// Wide: 220 px or folded to 52, kept for this browser. Narrow (< 720 px): a drawer, closed at first.
const setting = "rondo.nav";
let state = { folded: false, open: false };
const listeners = new Set<() => void>();

const become = (change: Partial<typeof state>): void => {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
};

/** Reads what this browser chose before; once, at start. */
export const rememberNav = (): void => become({ folded: localStorage.getItem(setting) === "folded" });

/** Opens the navigation drawer of a narrow screen. */
export const openNav = (): void => become({ open: true });

/** Closes the navigation drawer. */
export const closeNav = (): void => become({ open: false });

/** Folds the navigation to icons, or unfolds it. */
export function foldNav(): void {
  become({ folded: !state.folded });
  localStorage.setItem(setting, state.folded ? "folded" : "wide");
}

/** How the navigation stands. */
export const useNav = (): typeof state =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => state); // prettier-ignore
