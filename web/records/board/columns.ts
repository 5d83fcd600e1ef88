import type { Condition } from "#kernel/condition";
import type { Field, RecordGroup } from "#records";
import type { BoardCard, BoardColumn } from "../../kit/board/board.ts";
import { say } from "../../kit/i18n.ts";
import { textOfValue } from "../../kit/text.ts";
import { groupName } from "../groups/told.ts";
import { titleOf, valueIn, type Rec } from "../record.ts";
import type { DescribedObject } from "../../kit/boot.ts";

export interface Card extends BoardCard {
  record: Rec;
  /** What the server said when it refused the last move. */
  refused?: string;
}
export interface Column extends BoardColumn<Card> {
  /** The field's value of its records; null: none. */
  key: string | null;
  filter: Condition;
  sums: Readonly<Record<string, number>>;
}

/** The id of a column by its value: what the board, a drop and a move call it. */
export const columnId = (key: string | null): string => (key === null ? "without" : `is.${key}`);

// Nobody finds a card among more columns; a list so divided wants another field or a filter.
export const columnsAtMost = 24;

const withoutRecords = (field: Field, key: string): Condition =>
  field.type === "boolean"
    ? { field: field.name, op: "is", value: key === "true" }
    : { field: field.name, op: "in", value: [key] };

/** The values a field can have, in its own order; undefined when only its records tell. */
const ownKeys = (field: Field): readonly string[] | undefined =>
  field.type === "boolean" ? ["true", "false"] : field.type === "choice" ? (field.choices ?? []).map((choice) => choice.value) : undefined; // prettier-ignore

/** The columns of a board: a choice's in its own order, empty ones too; else the biggest first; those without a value last. */
export function columnsOf(field: Field, groups: readonly RecordGroup[], sum: string | undefined): Column[] {
  const keys = ownKeys(field) ?? groups.flatMap((group) => (group.key === null ? [] : [group.key]));
  const strays = groups.flatMap((group) => (group.key === null || keys.includes(group.key) ? [] : [group.key]));
  const without = field.required ? [] : [null];
  return [...keys, ...strays, ...without].slice(0, columnsAtMost).map((key): Column => {
    const group = groups.find((one) => one.key === key);
    return {
      id: columnId(key),
      key,
      name: groupName(field, { key, title: group?.title ?? null }),
      count: group?.count ?? 0,
      sums: (sum && group?.sums[sum]) || {},
      filter: group?.filter ?? (key === null ? { field: field.name, op: "is_empty" } : withoutRecords(field, key)),
      cards: [],
      tone: field.choices?.find((choice) => choice.value === key)?.tone,
    };
  });
}

/** A card of a record. */
export const cardOf = (object: DescribedObject, record: Rec): Card => ({ id: record.id, name: titleOf(object, record), record }); // prettier-ignore

/** What a record's field becomes in a column. */
export const valueOf = (field: Field, key: string | null): unknown => (field.type === "boolean" && key !== null ? key === "true" : key); // prettier-ignore

export interface Move {
  card: Card;
  from: string;
  to: string;
}

const moneyIn = (card: Card, sum: Field | undefined): [currency: string, n: number] => {
  const n = sum ? Number(valueIn(card.record, sum.name) ?? 0) : 0;
  const currency = sum?.currency_field ? textOfValue(card.record[sum.currency_field] ?? "") : "";
  return [currency, Number.isFinite(n) ? n : 0];
};

/** The columns as they will be when the moves on their way have arrived. */
export function withMoves(columns: readonly Column[], moves: readonly Move[], sum: Field | undefined): Column[] {
  return columns.map((column) =>
    moves.reduce((now, { card, from, to }): Column => {
      const by = now.id === to ? 1 : now.id === from ? -1 : 0;
      if (by === 0 || from === to) return now;
      const [currency, n] = moneyIn(card, sum);
      const rest = now.cards.filter((one) => one.id !== card.id);
      return {
        ...now,
        count: now.count + by,
        sums: { ...now.sums, [currency]: (now.sums[currency] ?? 0) + by * n },
        cards: by > 0 ? [card, ...rest] : rest,
      };
    }, column),
  );
}

/** What a column without cards says. */
export const noneWords = (): string => say("Nothing here");
