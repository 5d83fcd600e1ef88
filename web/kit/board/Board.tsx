import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from "react"; // prettier-ignore
import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { Button, Modal } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useKeys } from "../keys.ts";
import { placeIn, type BoardColumn, type Faces } from "./board.ts";
import { Column } from "./Column.tsx";
import "./board.css";

export interface BoardProps<K extends BoardColumn> {
  label: string;
  columns: readonly K[];
  faces: Faces<K>;
  movable: boolean;
  onMove: (card: string, column: string) => void;
  /** What to call a move to the next column and to the one before, for the sheet of keys. */
  words: { next: string; before: string };
  /** Said aloud after a move. */
  said: string;
  /** Something is asked about a move: the focus stays there. */
  busy?: boolean;
  onEnd?: (column: string) => void;
  /** A press on a card that leads nowhere. */
  onPick?: (card: K["cards"][number]) => void;
}

const linkOf = (card: string): HTMLElement | null =>
  document.querySelector(`[data-card="${CSS.escape(card)}"] .board-card-link`);
const cardAt = (target: EventTarget | null): string | undefined =>
  (target as HTMLElement | null)?.closest<HTMLElement>("[data-card]")?.dataset["card"];

/** Cards in columns, moved by mouse, by Alt and arrows, or by the menu of each card. */
export const Board = <K extends BoardColumn>({ label, columns, faces, movable, onMove, words, said, busy = false, onEnd, onPick }: BoardProps<K>) => {
  const { _ } = useLingui();
  const [current, setCurrent] = useState<string>();
  const [menu, setMenu] = useState<string>();
  const follow = useRef<string>(undefined);
  const openMenu = useCallback((id: string) => setMenu(id), []);
  const dropped = useEffectEvent((card: unknown, column: unknown) => {
    if (typeof card === "string" && typeof column === "string") onMove(card, column);
  });
  useEffect(
    () =>
      monitorForElements({
        onDrop: ({ source, location }) => dropped(source.data["card"], location.current.dropTargets[0]?.data["column"]),
      }),
    [],
  );
  // A card that was moved by keys is drawn anew in its column; the focus goes with it.
  useLayoutEffect(() => {
    const card = follow.current;
    if (!card || busy) return;
    const link = linkOf(card);
    if (!link || document.activeElement === link) return;
    link.closest(".board-list")?.scrollTo({ top: 0 });
    link.focus();
    follow.current = undefined;
  });
  useKeys(movable ? [
    { keys: "alt+ArrowRight", label: words.next, group: _("This board"), run: () => undefined, told: true },
    { keys: "alt+ArrowLeft", label: words.before, group: _("This board"), run: () => undefined, told: true },
    { keys: "v", label: _("Move the card to…"), group: _("This board"), run: () => undefined, told: true },
  ] : []);

  const onKeyDown = (event: KeyboardEvent): void => {
    const id = cardAt(event.target);
    const place = id === undefined ? undefined : placeIn(columns, id);
    if (!id || !place) return;
    const at = columns.indexOf(place.column);
    const row = place.column.cards.indexOf(place.card);
    const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
    const way = event.key === forward ? 1 : -1;
    const focus = (card: string | undefined): void => {
      if (!card) return;
      event.preventDefault();
      setCurrent(card);
      const there = placeIn(columns, card);
      const list = document.querySelector(`[data-column="${CSS.escape(there?.column.id ?? "")}"] .board-list`);
      if (there && !linkOf(card)) list?.scrollTo({ top: there.column.cards.indexOf(there.card) * 76 });
      follow.current = card;
    };
    if (event.altKey && sideways && movable) {
      const to = columns[at + way];
      event.preventDefault();
      if (!to) return;
      follow.current = id;
      setCurrent(id);
      onMove(id, to.id);
    } else if (event.key === "v" && movable && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      setMenu(id);
    } else if (event.altKey || event.ctrlKey || event.metaKey) return;
    else if (event.key === "ArrowDown") focus(place.column.cards[row + 1]?.id);
    else if (event.key === "ArrowUp") focus(place.column.cards[row - 1]?.id);
    else if (sideways) {
      let next = at + way;
      while (columns[next] && columns[next]!.cards.length === 0) next += way;
      const there = columns[next]?.cards;
      focus(there?.[Math.min(row, there.length - 1)]?.id);
    }
  };
  const onClick = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    const id = target.closest("button.board-card-link") ? cardAt(target) : undefined;
    const place = id === undefined ? undefined : placeIn(columns, id);
    if (place) onPick?.(place.card);
  };
  const moving = menu === undefined ? undefined : placeIn(columns, menu);
  return (
    <>
      <div className="board" role="group" aria-label={label} onKeyDown={onKeyDown} onClick={onClick} onFocus={(event) => setCurrent(cardAt(event.target) ?? current)}>
        {columns.map((column) => (
          <Column key={column.id} column={column} faces={faces} movable={movable} current={column.cards.some((card) => card.id === current) ? current : undefined} onMenu={openMenu} onEnd={onEnd} />
        ))}
      </div>
      <p className="unseen" role="status" aria-live="polite">{said}</p>
      {moving && (
        <Modal opened onClose={() => setMenu(undefined)} title={_("Move {name} to…", { name: moving.card.name })} size={360} closeButtonProps={{ "aria-label": _("Close") }}>
          <div className="stack">
            {columns.map((column) => (
              <Button
                key={column.id} variant="default" justify="start" disabled={column.id === moving.column.id}
                onClick={() => { setMenu(undefined); follow.current = moving.card.id; onMove(moving.card.id, column.id); }}
              >
                {column.name}
              </Button>
            ))}
          </div>
        </Modal>
      )}
    </>
  );
}; // prettier-ignore
