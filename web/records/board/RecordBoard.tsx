import { createContext, useContext, useMemo } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Condition } from "#kernel/condition";
import type { Field } from "#records";
import { may, objectOf, type DescribedObject } from "../../kit/boot.ts";
import { Board } from "../../kit/board/Board.tsx";
import type { Faces } from "../../kit/board/board.ts";
import { count } from "../../kit/format.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { pathOf } from "../../shell/places.ts";
import { textOf } from "../cells.tsx";
import { fieldAt } from "../condition/fields.ts";
import { sumWords, useGroups } from "../groups/told.ts";
import type { Rec } from "../record.ts";
import { cardOf, columnsAtMost, columnsOf, noneWords, withMoves, type Card, type Column } from "./columns.ts";
import { useCards } from "./useCards.ts";
import { useMoving } from "./useMoving.ts";
import "./board.css";

export interface RecordBoardProps {
  object: DescribedObject;
  filter: Condition | undefined;
  q: string | undefined;
  sort: string;
  /** The field whose values are the columns. */
  field: string;
  /** The field that is added up. */
  sum: string | undefined;
  /** Fields that the cards show below the name. */
  shown: readonly string[];
  onPeek: (record: Rec) => void;
}

// What the faces need beside their card; they stay the same objects, so that nothing is drawn twice.
const Shown = createContext<{ fields: readonly Field[]; sum: Field | undefined }>({ fields: [], sum: undefined });

const CardFace = ({ card }: { card: Card }) => {
  const { fields, sum } = useContext(Shown);
  const said = fields.map((field) => textOf(card.record, field)).filter(Boolean);
  return (
    <>
      <bdi className="board-card-name clip">{card.name}</bdi>
      {card.refused
        ? <span className="clip board-refused" role="alert" title={card.refused}>{card.refused}</span>
        : <span className="line"><bdi className="fill clip quiet">{said[0] ?? ""}</bdi></span>}
      <span className="line">
        <bdi className="fill clip quiet">{said[1] ?? ""}</bdi>
        {sum && <span className="number">{textOf(card.record, sum)}</span>}
      </span>
    </>
  );
}; // prettier-ignore

const Head = ({ column }: { column: Column }) => {
  const { sum } = useContext(Shown);
  return sum ? <p className="quiet number small">{sumWords(sum, column.sums)}</p> : null;
};

const None = () => noneWords();

const Foot = ({ column }: { column: Column }) => {
  const { _ } = useLingui();
  return _("{n} more", { n: count(column.count - column.cards.length) });
};

const bare: Faces<Column> = { Card: CardFace, Head, None, Foot };

const facesOf = (object: DescribedObject): Faces<Column> =>
  object.page === false || objectOf(object.name) === undefined ? bare : { ...bare, href: (card) => pathOf(object.name, card.id) }; // prettier-ignore

/** Any list as a board: the values of a field as columns, each with its count and a sum; moving a card changes the field. */
const RecordBoard = ({ object, filter, q, sort, field: name, sum: sumName, shown, onPeek }: RecordBoardProps) => {
  const { _ } = useLingui();
  const field = fieldAt(object, name);
  const sum = sumName ? fieldAt(object, sumName) : undefined;
  const groups = useGroups(object, { filter, q, by: name, sums: sum ? [sum.name] : [] });
  if (groups.isError)
    return <div className="empty" role="alert"><p>{sentenceOf(groups.error)}</p><Button variant="default" onClick={() => void groups.refetch()}>{_("Try again")}</Button></div>;
  if (!field || !groups.data) return <div aria-busy className="record-board" />;
  const columns = columnsOf(field, groups.data.groups, sum?.name);
  const fields = shown.flatMap((one) => (one === name || one === object.title || one === sum?.name ? [] : (fieldAt(object, one) ?? []))).slice(0, 2);
  return <Cards object={object} ask={{ filter, q, sort }} field={field} sum={sum} columns={columns} fields={fields} left={groups.data.group_count - columnsAtMost} onPeek={onPeek} />;
}; // prettier-ignore

interface CardsProps extends Pick<RecordBoardProps, "object" | "onPeek"> {
  ask: { filter: Condition | undefined; q: string | undefined; sort: string };
  field: Field;
  sum: Field | undefined;
  columns: readonly Column[];
  fields: readonly Field[];
  /** Values that have no column any more. */
  left: number;
}

const Cards = ({ object, ask, field, sum, columns: bareColumns, fields, left, onPeek }: CardsProps) => {
  const { _ } = useLingui();
  const cards = useCards(object, ask, bareColumns);
  const { moves, refused, said, move } = useMoving(object, field);
  const faces = useMemo(() => facesOf(object), [object]);
  const filled = bareColumns.map((column, i): Column => ({ ...column, cards: cards.of(i).map((record) => withRefusal(cardOf(object, record), refused)) }));
  const columns = withMoves(filled, moves, sum);
  const movable = may(`${object.plural}.update`) && field.computed !== true;
  return (
    <div className="record-board">
      {(left > 0 || !movable || cards.error) && (
        <p className="small quiet record-board-note" role={cards.error ? "alert" : undefined}>
          {cards.error ? sentenceOf(cards.error) : left > 0 ? _("{n} more values have no column here; filter the list to see them", { n: left }) : field.computed ? _("Rondo computes this field, so cards stay where they are.") : _("You may look at this board, but not move its cards.")}
        </p>
      )}
      <Shown.Provider value={{ fields, sum }}>
        <Board
          label={_("{what} by {field}", { what: _(object.label_plural), field: _(field.label) })}
          columns={columns}
          faces={faces}
          movable={movable}
          onMove={(id, to) => void move(columns, id, to)}
          words={{ next: _("Move the card to the next column"), before: _("Move the card to the column before") }}
          said={said}
          onEnd={cards.onEnd}
          onPick={(card) => onPeek(card.record)}
        />
      </Shown.Provider>
    </div>
  );
}; // prettier-ignore

const withRefusal = (card: Card, refused: ReadonlyMap<string, string>): Card => {
  const words = refused.get(card.id);
  return words === undefined ? card : { ...card, refused: words };
};
export default RecordBoard;
