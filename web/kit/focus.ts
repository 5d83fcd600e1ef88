/*
 * Words we use
 *   beneath   the screen under dialogs, drawers and menus, which all stand in portals at the end of the document
 *   lost      nothing has the focus: what had it was taken off the screen
 */
const overlays = "[data-portal]";
const isBeneath = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement && target !== document.body && !target.closest(overlays);

/** Whether nothing has the focus, so that the next Tab would begin at the top of the document. */
const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** Where a person begins on a screen: its table, which then hears the arrows, or its title. */
const beginning = (): HTMLElement | null =>
  document.querySelector<HTMLElement>("main > .content > .table .grid") ??
  document.querySelector<HTMLElement>("main h1[tabindex]");

const begin = (): void => {
  if (isLost()) beginning()?.focus({ preventScroll: true });
};

let screens = 0;

/** Puts a focus that went with the screen before to the beginning of this one; a fresh page begins at its top, as everywhere. */
export function beginScreen(): void {
  if (screens++ > 0) begin();
}

/** Goes on from the title to a table that was not there yet when the screen began; not when the person has gone elsewhere since. */
export function beginTable(): void {
  if (screens > 1 && document.activeElement?.matches("main h1[tabindex]")) beginning()?.focus({ preventScroll: true });
}

/**
 * Gives the focus back to where it was beneath when a layer above it goes: many forms are taken off the screen together with their
 * drawer, before the drawer itself can do so. Gives back how to stop.
 */
export function keepFocus(): () => void {
  let last: HTMLElement | undefined;
  let above = false;
  const onFocus = (event: FocusEvent): void => {
    above = !isBeneath(event.target);
    if (isBeneath(event.target)) last = event.target;
  };
  const giveBack = (): void => {
    // A step later, when a layer that opens another one has had its turn.
    requestAnimationFrame(() => {
      if (!above || !isLost() || document.querySelector(`${overlays} [role=dialog]`)) return;
      if (last?.isConnected) last.focus({ preventScroll: true });
      begin();
    });
  };
  const inside = new MutationObserver((changes) => changes.some((one) => one.removedNodes.length > 0) && giveBack());
  const watch = (node: Node): void => {
    if (node instanceof HTMLElement && node.matches(overlays)) inside.observe(node, { childList: true, subtree: true });
  };
  const outside = new MutationObserver((changes) => {
    for (const { addedNodes, removedNodes } of changes) {
      for (const node of addedNodes) watch(node);
      if ([...removedNodes].some((node) => node instanceof HTMLElement && node.matches(overlays))) giveBack();
    }
  });
  for (const node of document.body.children) watch(node);
  outside.observe(document.body, { childList: true });
  document.addEventListener("focusin", onFocus);
  return () => {
    inside.disconnect();
    outside.disconnect();
    document.removeEventListener("focusin", onFocus);
  };
}
