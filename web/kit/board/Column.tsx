import { memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { count } from "../format.ts";
import type { BoardColumn, Faces } from "./board.ts";
import { Card } from "./Card.tsx";

export interface ColumnProps<K extends BoardColumn> {
  column: K;
  faces: Faces<K>;
  movable: boolean;
  /** The card that has or had the focus, when it stands here. */
  current: string | undefined;
  onMenu: (id: string) => void;
  /** The last cards come into sight. */
  onEnd?: ((column: string) => void) | undefined;
}

// Height of a card with the gap below it, px; the same in board.css.
const step = 76;
const spare = 4; // cards drawn above and below what is seen

const OneColumn = <K extends BoardColumn>({ column, faces, movable, current, onMenu, onEnd }: ColumnProps<K>) => {
  const box = useRef<HTMLElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const [view, setView] = useState({ top: 0, height: 800 });
  useEffect(() => {
    if (!box.current || !movable) return;
    return dropTargetForElements({
      element: box.current,
      getData: () => ({ column: column.id }),
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: () => setOver(false),
    });
  }, [column.id, movable]);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const { cards } = column;
  const first = Math.max(0, Math.floor(view.top / step) - spare);
  const last = Math.min(cards.length, Math.ceil((view.top + view.height) / step) + spare);
  const ends = last >= cards.length && cards.length < column.count;
  useEffect(() => {
    if (ends) onEnd?.(column.id);
  }, [ends, cards.length, column.id, onEnd]);
  const stop = cards.some((card) => card.id === current) ? current : cards[first === 0 ? 0 : first + spare]?.id;
  const { Head, Card: Face, None, Foot, href } = faces;
  return (
    <section ref={box} className="board-column" data-over={over || undefined} aria-labelledby={`column-${column.id}`} data-column={column.id}>
      <header className="board-head">
        <h2 id={`column-${column.id}`} className="line">
          {column.tone && <span className="dot" data-tone={column.tone} aria-hidden />}
          <bdi className="clip">{column.name}</bdi> <span className="quiet number">{count(column.count)}</span>
        </h2>
        <Head column={column} />
      </header>
      <div ref={list} className="board-list" onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}>
        {cards.length === 0 && <p className="quiet small board-none"><None column={column} /></p>}
        <ul style={{ blockSize: cards.length * step }}>
          {cards.slice(first, last).map((card, i) => (
            <Card key={card.id} id={card.id} name={card.name} href={href?.(card)} movable={movable} current={card.id === stop} top={(first + i) * step} onMenu={onMenu}>
              <Face card={card} column={column} />
            </Card>
          ))}
        </ul>
        {column.count > cards.length && <p className="quiet small board-none"><Foot column={column} /></p>}
      </div>
    </section>
  ); // prettier-ignore
};

/** A column with its cards; only those in sight are drawn. */
export const Column = memo(OneColumn) as typeof OneColumn;
