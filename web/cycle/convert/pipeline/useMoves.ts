import { useRef, useState } from "react";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { tell } from "../../../kit/notes.ts";
import { isProblem, sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { placeOf, withAnswer, withMoved } from "./arrange.ts";
import { opportunities, type Board, type Card, type Column } from "./told.ts";

/** What must be said before a card may come to a stage. */
export interface Asking {
  card: Card;
  to: Column;
  fields: readonly string[];
}
interface Said {
  values?: Record<string, unknown>;
  lost_reason_id?: string | null;
}

/**
 * Moves cards of a board: at once on screen, then on the server, one after the other so that each sees the version before it. What the
 * server refuses goes back; what a stage requires is asked for.
 */
export function useMoves(key: readonly unknown[]) {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [asking, setAsking] = useState<Asking>();
  const [said, setSaid] = useState("");
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const now = (): Board | undefined => cache.getQueryData<Board>(key);
  const change = (to: (board: Board) => Board): void => void cache.setQueryData<Board>(key, (b) => b && to(b));

  const send = async (id: string, to: Column, given: Said): Promise<void> => {
    const version = now() && placeOf(now()!, id)?.card.version;
    const answer = (await opportunities().move({ id, stage_id: to.id, ...(version ? { version } : {}), ...given })) as unknown as Card; // prettier-ignore
    const { version: next, stage_since, touched_at, probability, base_amount, amount, expected_close, lost_reason_id } = answer; // prettier-ignore
    change((board) => withAnswer(board, id, { version: next, stage_since, touched_at, probability, base_amount, amount, expected_close, lost_reason_id })); // prettier-ignore
  };

  const move = async (id: string, stageId: string, given: Said = {}, undoing = false): Promise<void> => {
    const board = now();
    const place = board && placeOf(board, id);
    const to = board?.columns.find((column) => column.id === stageId);
    if (!place || !to || place.column.id === to.id) return;
    const { card, column: from } = place;
    if (to.category === "lost" && !given.lost_reason_id) return setAsking({ card, to, fields: ["lost_reason_id"] });
    void cache.cancelQueries({ queryKey: key });
    change((b) => withMoved(b, id, to.id, new Date().toISOString()));
    const work = line.current.then(() => send(id, to, given));
    line.current = work.catch(() => undefined);
    const words = _("{name} moved to {stage}", { name: card.name, stage: to.name });
    try {
      setSaid(words);
      await work;
      if (!undoing) done(words, () => move(id, from.id, from.category === "lost" ? { lost_reason_id: card.lost_reason_id } : {}, true)); // prettier-ignore
    } catch (thrown) {
      // Not its version: an earlier move of the same card may have been answered since.
      change((b) => withMoved(b, id, from.id, card.stage_since));
      change((b) => withAnswer(b, id, { touched_at: card.touched_at }));
      const required = isProblem(thrown) && /^opportunity\.(fields|reason)-required$/.test(thrown.code);
      if (required && !undoing) return setAsking({ card, to, fields: thrown.errors.map((error) => error.field.replace(/^values\./, "")) }); // prettier-ignore
      setSaid(sentenceOf(thrown));
      if (undoing || Object.keys(given).length > 0) throw thrown;
      tell(sentenceOf(thrown), { tone: "bad" });
      void cache.invalidateQueries({ queryKey: key });
    }
  };
  return { move, asking, setAsking, said, setSaid };
}
