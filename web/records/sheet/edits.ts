import { useMemo, useState } from "react";
import type { Marks } from "../../kit/grid/Row.tsx";
import type { Rec } from "../record.ts";

/*
 * Words we use
 *   edit   a cell that shows what a person typed before the server has it: on its way, refused, or in conflict with another's
 */
export interface Edit {
  value: unknown;
  /** The title of the record it points to. */
  title?: string | undefined;
  mark: Marks[string];
  /** The server's words, of a refused one. */
  words?: string;
  /** What somebody else made it, and the version that is then seen. */
  theirs?: { value: unknown; record: Rec };
}

/** By record, by field. */
export type Edits = ReadonlyMap<string, Readonly<Record<string, Edit>>>;

/** The record with what is typed over it. */
export function withEdits(
  record: Rec,
  edits: Readonly<Record<string, Pick<Edit, "value" | "title">>> | undefined,
): Rec {
  if (!edits) return record;
  const shown: Rec = { ...record };
  const links = { ...(record["custom_links"] as Record<string, unknown> | undefined) };
  for (const [name, { value, title }] of Object.entries(edits)) {
    shown[name] = value;
    const link = typeof value === "string" && title !== undefined ? { id: value, title } : null;
    if (name.startsWith("custom.")) links[name.slice(7)] = link;
    else if (name.endsWith("_id")) shown[name.replace(/_id$/, "")] = link;
  }
  return { ...shown, custom_links: links };
}

/** Sets or takes away edits of one record. */
export function edited(edits: Edits, id: string, change: Readonly<Record<string, Edit | undefined>>): Edits {
  const row = Object.entries({ ...edits.get(id), ...change }).filter((entry): entry is [string, Edit] => entry[1] !== undefined); // prettier-ignore
  const next = new Map(edits);
  if (row.length === 0) next.delete(id);
  else next.set(id, Object.fromEntries(row));
  return next;
}

export interface EditsHandle {
  edits: Edits;
  change: (how: (edits: Edits) => Edits) => void;
  over: (record: Rec | undefined) => Rec | undefined;
  marksOf: (id: string) => Marks | undefined;
}

/** The edits of a table. */
export function useEdits(): EditsHandle {
  const [edits, change] = useState<Edits>(() => new Map());
  const marks = useMemo(
    () =>
      new Map(
        [...edits].map(([id, row]) => [id, Object.fromEntries(Object.entries(row).map(([k, e]) => [k, e.mark]))]),
      ),
    [edits],
  );
  return {
    edits,
    change,
    over: (record) => record && withEdits(record, edits.get(record.id)),
    marksOf: (id) => marks.get(id),
  };
}
