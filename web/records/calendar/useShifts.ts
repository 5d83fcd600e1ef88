import { useRef, useState } from "react";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Field } from "#records";
import { workspace, type DescribedObject } from "../../kit/boot.ts";
import { date } from "../../kit/format.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { asSent, recordsOf, titleOf, valueIn, type Rec } from "../record.ts";
import { valueOn } from "./days.ts";

/** Moves records to other days: at once on screen, one after the other on the server; a refusal puts it back and is told. */
export function useShifts(object: DescribedObject, field: Field) {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [shifts, setShifts] = useState<ReadonlyMap<string, Rec>>(new Map());
  const [said, setSaid] = useState("");
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const versions = useRef(new Map<string, number>());
  const put = async (record: Rec, value: unknown): Promise<void> => {
    const known = Math.max(record.version ?? 0, versions.current.get(record.id) ?? 0);
    const answer = await recordsOf(object.plural).edit(record.id, known || undefined, asSent({ [field.name]: value }));
    if (answer.version !== undefined) versions.current.set(record.id, answer.version);
    await cache.invalidateQueries({ queryKey: [object.plural] });
  };
  const without = (id: string) => (now: ReadonlyMap<string, Rec>) => new Map([...now].filter(([other]) => other !== id));
  const move = async (record: Rec, day: string): Promise<void> => {
    const before = valueIn(record, field.name);
    const value = valueOn(field, before, day, workspace().time_zone);
    if (value === before) return;
    setShifts((now) => new Map([...now, [record.id, { ...record, [field.name]: value }]]));
    const words = _("{name} moved to {day}", { name: titleOf(object, record), day: date(day) });
    setSaid(words);
    const work = line.current.then(() => put(record, value));
    line.current = work.catch(() => undefined);
    try {
      await work;
      done(words, () => put(record, before));
    } catch (thrown) {
      versions.current.delete(record.id);
      setSaid(sentenceOf(thrown));
      tell(sentenceOf(thrown), { tone: "bad" });
      void cache.invalidateQueries({ queryKey: [object.plural] });
    } finally {
      setShifts(without(record.id));
    }
  };
  return { shifts, said, move };
} // prettier-ignore
