import { useRef } from "react";
import { useQueryClient } from "@tanstack/react-query";
import type { RowOutcome } from "#records";
import type { DescribedObject } from "../../kit/boot.ts";
import { request } from "../../kit/client.ts";
import { say } from "../../kit/i18n.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done, underWay } from "../../kit/undo.ts";
import { takeBack } from "../history/told.ts";
import { asSent, valueIn, type ListAnswer, type Rec } from "../record.ts";
import { edited, type Edit, type EditsHandle } from "./edits.ts";

/** New values of one record, with the titles of what they point to. */
export interface RowEdit {
  /** The record as the person saw it. */
  record: Rec;
  values: Readonly<Record<string, unknown>>;
  titles?: Readonly<Record<string, string | undefined>>;
}
interface Answer {
  set_id: string | null;
  rows: readonly (RowOutcome & { record?: Rec })[];
}

/** Sends cells of many records in one request; with `rehearse` nothing is saved. */
export const sendCells = (object: DescribedObject, rows: readonly RowEdit[], rehearse = false) =>
  request<Answer>("POST /records/cells", {
    object: object.name,
    rehearse,
    rows: rows.map(({ record, values }) => ({ id: record.id, version: record.version ?? 0, values: asSent(values) })),
  });

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Whether somebody else changed the record, but none of the fields that this edit changes. */
const elsewhere = (edit: RowEdit, now: Rec | undefined): now is Rec =>
  now !== undefined && Object.keys(edit.values).every((name) => same(valueIn(edit.record, name), valueIn(now, name)));

const marked = (edit: RowEdit, more: (name: string) => Omit<Edit, "value" | "title">): Record<string, Edit> =>
  Object.fromEntries(Object.entries(edit.values).map(([name, value]) => [name, { value, title: edit.titles?.[name], ...more(name) }])); // prettier-ignore

const cleared = (edit: RowEdit): Record<string, undefined> =>
  Object.fromEntries(Object.keys(edit.values).map((name) => [name, undefined]));

/** The words of a refusal at one cell; a refused record shows them at all its cells when no field is named. */
const wordsAt = (answer: RowOutcome, name: string): string | undefined => {
  const errors = answer.errors ?? [];
  return errors.length === 0 ? answer.message : errors.find((e) => e.field === name || e.field === name.replace("custom.", ""))?.message;
}; // prettier-ignore

/** What of the answers stands in the cells: refusals and conflicts with the value kept; nothing where it was saved. */
export function settled(edit: RowEdit, answer: Answer["rows"][number]): Record<string, Edit | undefined> {
  const theirs = answer.record;
  if (answer.outcome === "stale" && theirs)
    return marked(edit, (name) =>
      same(valueIn(edit.record, name), valueIn(theirs, name)) ? { mark: "refused", words: say("Another cell of this row is in conflict") } : { mark: "conflict", theirs: { value: valueIn(theirs, name), record: theirs } },
    ); // prettier-ignore
  if (answer.outcome === "refused" || answer.outcome === "stale")
    return marked(edit, (name) => ({
      mark: "refused",
      words: wordsAt(answer, name) ?? say("Another cell of this row was refused"),
    }));
  return cleared(edit);
}

/** Saves edits at once on screen and then on the server: what is refused or in conflict stays in its cell, the rest can be taken back as one. */
export function useApply(object: DescribedObject, { change }: EditsHandle) {
  const cache = useQueryClient();
  const again = () =>
    Promise.all([[object.plural], ["history"]].map((queryKey) => cache.invalidateQueries({ queryKey })));
  const show = (rows: readonly Rec[]): void => {
    const fresh = new Map(rows.map((row) => [row.id, row]));
    cache.setQueriesData<ListAnswer>({ queryKey: [object.plural, "list"] }, (known) =>
      known && { ...known, items: known.items.map((row) => ({ ...row, ...fresh.get(row.id) })) },
    );
  }; // prettier-ignore
  // One after the other: the second edit of a row begins from what the first one saved.
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const own = useRef(new Map<string, Rec>());
  const known = (edit: RowEdit): RowEdit => {
    const saved = own.current.get(edit.record.id);
    return saved && (saved.version ?? 0) > (edit.record.version ?? 0) ? { ...edit, record: saved } : edit;
  };
  const save = async (asked: readonly RowEdit[], sentence: (n: number) => string): Promise<void> => {
    let edits = asked;
    const settle = (of: (edit: RowEdit) => Record<string, Edit | undefined>, which: readonly RowEdit[] = edits): void =>
      change((before) => which.reduce((now, edit) => edited(now, edit.record.id, of(edit)), before));
    settle((edit) => marked(edit, () => ({ mark: "saving" })));
    const before = last.current;
    const { promise, resolve } = Promise.withResolvers<void>();
    last.current = promise;
    await before;
    edits = asked.map(known);
    const all = new Map(edits.map((edit) => [edit.record.id, edit]));
    const sets: string[] = [];
    const answers: Answer["rows"][number][] = [];
    try {
      const first = await sendCells(object, edits);
      if (first.set_id) sets.push(first.set_id);
      const others = first.rows.flatMap((row) => {
        const edit = all.get(row.id);
        return row.outcome === "stale" && edit && elsewhere(edit, row.record) ? [{ ...edit, record: row.record }] : [];
      });
      answers.push(...first.rows.filter((row) => !others.some((edit) => edit.record.id === row.id)));
      if (others.length > 0) {
        const second = await sendCells(object, others);
        if (second.set_id) sets.push(second.set_id);
        answers.push(...second.rows);
      }
    } catch (thrown) {
      settle((edit) => marked(edit, () => ({ mark: "refused", words: sentenceOf(thrown) })));
      tell(sentenceOf(thrown), { tone: "bad" });
      return;
    } finally {
      for (const row of answers) if (row.record && row.outcome === "changed") own.current.set(row.id, row.record);
      resolve();
    }
    show(answers.flatMap((row) => (row.record && row.outcome !== "refused" ? [row.record] : [])));
    for (const row of answers) {
      const edit = all.get(row.id);
      if (edit) settle(() => settled(edit, row), [edit]);
    }
    const bad = answers.filter((row) => row.outcome === "refused" || row.outcome === "stale");
    const good = answers.filter((row) => row.outcome === "changed").length;
    if (bad[0])
      tell(bad.length === 1 ? (bad[0].message ?? say("Somebody else changed this cell: both values are shown in it")) : say("{n} rows were refused; their cells keep what you typed", { n: bad.length }), { tone: "bad" }); // prettier-ignore
    if (good > 0)
      done(sentence(good), async () => {
        for (const set of sets.toReversed()) {
          const back = await takeBack(set, { others: true });
          if (back.conflicts.length > 0) tell(say("{n} cells were changed by somebody since and stay", { n: back.conflicts.length })); // prettier-ignore
        }
        await again();
      });
    void again();
  };
  return (edits: readonly RowEdit[], sentence: (n: number) => string): void => underWay(save(edits, sentence));
}
