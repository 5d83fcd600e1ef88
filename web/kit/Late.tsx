import { useId, useState, type ComponentType, type ReactElement } from "react";
import { flushSync } from "react-dom";
import { tell } from "./notes.ts";
import { sentenceOf } from "./problem.ts";

/** What a pop-up that comes late is given: the button it opens at, and whether it is open. */
export interface LatePopUp {
  target: ReactElement;
  opened: boolean;
  onChange: (opened: boolean) => void;
}

/** What makes a button the one that opens it. */
export interface LateButton {
  "data-opens": string;
  onClick: () => void;
  onPointerEnter: () => void;
  onFocus: () => void;
}

/**
 * A button whose pop-up is fetched when the pointer or the focus comes near it. What places pop-ups weighs 20 KB, and no screen
 * shows one at first.
 */
export function Late<P extends object>({ button, near, ...rest }: {
  button: (act: LateButton) => ReactElement;
  near: () => Promise<{ default: ComponentType<P & LatePopUp> }>;
} & P) {
  const id = useId();
  const [PopUp, arrived] = useState<ComponentType<P & LatePopUp>>();
  const [opened, setOpened] = useState(false);
  const fetch = (): void => void near().catch(() => undefined); // tried again, and told, when it is pressed
  const press = (): void => {
    if (PopUp) return setOpened((now) => !now);
    near()
      .then((found) => {
        flushSync(() => arrived(() => found.default));
        focusOn(`[data-opens="${id}"]`);
        setOpened(true);
      })
      .catch((error: unknown) => tell(sentenceOf(error), { tone: "bad" }));
  };
  const target = button({ "data-opens": id, onClick: press, onPointerEnter: fetch, onFocus: fetch });
  return PopUp ? <PopUp {...(rest as unknown as P)} target={target} opened={opened} onChange={setOpened} /> : target;
} // prettier-ignore

/**
 * Gives the focus to a button that fell out of it, and only then: inside its pop-up it is another element. The focus goes on from
 * it, and comes back to it.
 */
export function focusOn(button: string): void {
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>(button)?.focus({ preventScroll: true });
}
