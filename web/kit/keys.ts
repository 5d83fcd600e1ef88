import { useEffect, useEffectEvent, useSyncExternalStore } from "react";

/*
 * Words we use
 *   key       what is pressed: "c", "/", "g c" (one after the other), "mod+k" (Ctrl or Command), "shift+x", "Escape"
 *   binding   a key, what it says in the sheet, and what it runs; everything the keyboard can do is in this one registry
 *   single    a binding without Ctrl, Command or Alt: off while a person types, and switchable off altogether (WCAG 2.1.4)
 */
export interface Binding {
  keys: string;
  label: string;
  group: string;
  run: () => void;
  /** Also works while typing in a field. */
  always?: boolean;
  /** Only told in the sheet: the part that has the focus hears the key itself. */
  told?: boolean;
  /** What the key does where no screen has a use of its own for it. */
  otherwise?: boolean;
  /** Not offered in the palette (moves of a cursor and the like). */
  quiet?: boolean;
}

// The second letter of "g c" is waited for this long, in milliseconds.
const patience = 1200;
const setting = "rondo.single-keys";
const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

let layers: { bindings: readonly Binding[] }[] = [];
let shown: readonly Binding[] = [];
const listeners = new Set<() => void>();
let first = "";
let firstAt = 0;

const told = (): void => {
  const seen = new Set<string>();
  const all = layers.toReversed().flatMap((layer) => layer.bindings);
  const inOrder = [...all.filter((b) => !b.otherwise), ...all.filter((b) => b.otherwise)];
  shown = inOrder.filter((b) => !seen.has(b.keys) && seen.add(b.keys));
  for (const listener of listeners) listener();
};

/** The name of a pressed key in the registry's writing: "mod+k", "shift+x", "?", "c", "Escape". */
export function pressed(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const key = event.key === " " ? "Space" : event.key;
  const letter = /^[a-z]$/i.test(key);
  const parts = [
    (event.ctrlKey || event.metaKey) && "mod",
    event.altKey && "alt",
    event.shiftKey && (letter || key.length > 1) && "shift",
    letter ? key.toLowerCase() : key,
  ];
  return parts.filter(Boolean).join("+");
}

/** Whether letters belong to what the person is typing in. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|file)$/.test(target.type)));

/** Whether keys without Ctrl or Command are on. */
export const singleKeys = (): boolean => localStorage.getItem(setting) !== "off";

/** Switches keys without Ctrl or Command on or off, for this browser. */
export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(setting);
  else localStorage.setItem(setting, "off");
  for (const listener of listeners) listener();
}

const bindingFor = (keys: string): Binding | undefined => shown.find((b) => b.keys === keys && !b.told);
const startsSome = (key: string): boolean => shown.some((b) => b.keys.startsWith(`${key} `));

function listen(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const key = pressed(event);
  const single = !/^(mod|alt)\+/.test(key);
  const sequence = first !== "" && event.timeStamp - firstAt < patience ? `${first} ${key}` : "";
  first = "";
  const found = (sequence && bindingFor(sequence)) || bindingFor(key);
  if (single && (!singleKeys() || isTyping(event.target)) && !found?.always) return;
  if (found) {
    event.preventDefault();
    found.run();
    return;
  }
  if (single && startsSome(key)) [first, firstAt] = [key, event.timeStamp];
}

/** Offers keys while a component is on screen; the latest offer of a key wins. */
export function useKeys(bindings: readonly Binding[]): void {
  const run = useEffectEvent((i: number) => bindings[i]?.run());
  const offered = useEffectEvent(() => bindings.map((b, i): Binding => ({ ...b, run: () => run(i) })));
  const signature = bindings.map((b) => `${b.keys}\u0000${b.label}`).join("\u0001");
  useEffect(() => {
    const layer = { bindings: offered() };
    layers = [...layers, layer];
    told();
    return () => {
      layers = layers.filter((other) => other !== layer);
      told();
    };
  }, [signature]);
}

/** Listens to the keyboard; once, by the shell. Gives back how to stop. */
export function listenToKeys(): () => void {
  window.addEventListener("keydown", listen);
  return () => window.removeEventListener("keydown", listen);
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Everything the keyboard can do on this screen now. */
export const useBindings = (): readonly Binding[] => useSyncExternalStore(subscribe, () => shown);

/** Whether single keys are on, redrawing when switched. */
export const useSingleKeys = (): boolean => useSyncExternalStore(subscribe, singleKeys);

/** How a key is written for a person: "mod+k" is ⌘K or Ctrl K. */
export const keyCaps = (keys: string): string[] =>
  keys.split(" ").map((part) =>
    part
      .split("+")
      .map((key) =>
        key === "mod"
          ? isMac
            ? "⌘"
            : "Ctrl"
          : key === "shift"
            ? "Shift"
            : key === "alt"
              ? "Alt"
              : key === "Escape"
                ? "Esc"
                : key.length === 1
                  ? key.toUpperCase()
                  : key,
      )
      .join(isMac ? "" : " "),
  );
