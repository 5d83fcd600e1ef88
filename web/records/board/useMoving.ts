import { useRef, useState } from "react";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Field } from "#records";
import type { DescribedObject } from "../../kit/boot.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { placeIn } from "../../kit/board/board.ts";
import { asSent, recordsOf } from "../record.ts";
import { valueOf, type Column, type Move } from "./columns.ts";

/**
 * Moves cards of any list: at once on screen, then on the server, one after the other so that each sees the version before it. What the
 * server refuses goes back, and the card says why.
 */
export function useMoving(object: DescribedObject, field: Field) {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [moves, setMoves] = useState<readonly Move[]>([]);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [said, setSaid] = useState("");
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const versions = useRef(new Map<string, number>());
  const records = recordsOf(object.plural);

  const send = async ({ card, to }: Move, columns: readonly Column[]): Promise<void> => {
    const column = columns.find((one) => one.id === to);
    const known = Math.max(card.record.version ?? 0, versions.current.get(card.id) ?? 0);
    const answer = await records.edit(
      card.id,
      known || undefined,
      asSent({ [field.name]: valueOf(field, column?.key ?? null) }),
    );
    if (answer.version !== undefined) versions.current.set(card.id, answer.version);
  };

  const move = async (columns: readonly Column[], id: string, to: string, undoing = false): Promise<void> => {
    const place = placeIn(columns, id);
    const target = columns.find((one) => one.id === to);
    if (!place || !target || place.column.id === to) return;
    const one: Move = { card: place.card, from: place.column.id, to };
    setRefused((now) => new Map([...now].filter(([card]) => card !== id)));
    setMoves((now) => [...now, one]);
    const words = _("{name} moved to {stage}", { name: place.card.name, stage: target.name });
    setSaid(words);
    const work = line.current.then(() => send(one, columns));
    line.current = work.catch(() => undefined);
    try {
      await work;
      await cache.invalidateQueries({ queryKey: [object.plural] });
      setMoves((now) => now.filter((other) => other !== one));
      if (!undoing) done(words, () => back(one, columns));
    } catch (thrown) {
      setMoves((now) => now.filter((other) => other !== one));
      setRefused((now) => new Map([...now, [id, sentenceOf(thrown)]]));
      setSaid(sentenceOf(thrown));
      // Somebody else may have changed it: what the server holds is asked again, and its version with it.
      versions.current.delete(id);
      void cache.invalidateQueries({ queryKey: [object.plural] });
    }
  };
  const back = async ({ card, from, to }: Move, columns: readonly Column[]): Promise<void> => {
    await send({ card, from: to, to: from }, columns);
    await cache.invalidateQueries({ queryKey: [object.plural] });
  };
  return { moves, refused, said, move };
}
