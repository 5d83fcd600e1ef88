import { useRef, useState, type DragEvent } from "react";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { loadBoot } from "../../kit/boot.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { customFields, fieldsKey, type Told } from "./fields.ts";

/** Where a field can go from where it stands: by a button, by the keyboard, by dragging its row. */
export interface Order {
  up: (() => void) | undefined;
  down: (() => void) | undefined;
  /** Another field is held over this one. */
  over: boolean;
  drag: {
    draggable: true;
    onDragStart: (event: DragEvent) => void;
    onDragOver: (event: DragEvent) => void;
    onDrop: (event: DragEvent) => void;
    onDragEnd: () => void;
  };
}

interface Listed {
  items: Told[];
  objects: unknown;
}

/** The order of an object's fields, changed at once and told to the server; put back when it refuses. */
export function useOrder(object: string): (shown: readonly Told[], field: Told) => Order {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [held, setHeld] = useState<string>();
  const [over, setOver] = useState<string>();
  // One after another: the second says it saw what the first one made.
  const last = useRef(Promise.resolve());
  const save = async (ids: readonly string[]): Promise<void> => {
    const before = cache.getQueryData<Listed>(fieldsKey);
    const seen = (before?.items ?? []).flatMap((f) => (f.object === object ? [f.id] : []));
    const at = new Map(ids.map((id, i) => [id, i]));
    const place = ({ id }: Told): number => at.get(id) ?? ids.length;
    cache.setQueryData<Listed>(fieldsKey, (all) => all && { ...all, items: all.items.toSorted((a, b) => place(a) - place(b)) });
    const turn = last.current.then(() => customFields().order({ object, ids: [...ids], seen }));
    last.current = turn.then(Boolean, Boolean).then(() => undefined);
    try {
      await turn;
      await Promise.all([cache.invalidateQueries({ queryKey: fieldsKey }), loadBoot()]);
    } catch (thrown) {
      cache.setQueryData(fieldsKey, before);
      tell(sentenceOf(thrown), { tone: "bad" });
      // Where they stand now is what one decides about next.
      await cache.invalidateQueries({ queryKey: fieldsKey });
    }
  };
  return (shown, field) => {
    const ids = shown.map((f) => f.id);
    const from = ids.indexOf(field.id);
    const put = (id: string, to: number): void => {
      const others = ids.filter((other) => other !== id);
      void save([...others.slice(0, to), id, ...others.slice(to)]);
      const name = shown.find((f) => f.id === id)?.label ?? "";
      tell(_("{name} stands at place {n} of {all}", { name, n: to + 1, all: ids.length }));
    };
    return {
      up: from > 0 ? () => put(field.id, from - 1) : undefined,
      down: from < ids.length - 1 ? () => put(field.id, from + 1) : undefined,
      over: over === field.id && held !== field.id,
      drag: {
        draggable: true,
        onDragStart: (event) => {
          event.dataTransfer.effectAllowed = "move";
          setHeld(field.id);
        },
        onDragOver: (event) => {
          if (!held) return;
          event.preventDefault();
          setOver(field.id);
        },
        onDrop: (event) => {
          event.preventDefault();
          if (held && held !== field.id) put(held, from);
        },
        onDragEnd: () => {
          setHeld(undefined);
          setOver(undefined);
        },
      },
    };
  };
} // prettier-ignore
