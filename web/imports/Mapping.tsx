import { useState } from "react";
import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useLingui } from "@lingui/react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { isProblem, sentenceOf } from "../kit/problem.ts";
import { count } from "../kit/format.ts";
import { ColumnRow } from "./ColumnRow.tsx";
import { FileFormat } from "./FileFormat.tsx";
import { OptionsForm } from "./OptionsForm.tsx";
import { PreviewPane } from "./PreviewPane.tsx";
import { Saved } from "./Saved.tsx";
import { WhatItIs } from "./WhatItIs.tsx";
import { mapped, placed, troubles } from "./mapping.ts";
import {
  imports,
  type How,
  type Import,
  type Importable,
  type Look,
  type MappingProblem,
  type TableFormat,
} from "./told.ts";

export interface MappingProps {
  one: Import;
  look: Look;
  importable: Importable;
  all: readonly Importable[];
  how: How;
  reading: boolean;
  refused: unknown;
  onHow: (how: How) => void;
  onFormat: (change: Partial<TableFormat>) => void;
  onStarted: () => void;
}

const usePreview = (id: string, how: How) => {
  // Typing a rate or a shop's name asks once, not for every letter; milliseconds.
  const [settled] = useDebouncedValue(how, 250);
  return useQuery({
    queryKey: ["imports", id, "preview", JSON.stringify(settled)],
    queryFn: ({ signal }) => imports.preview(id, settled, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  });
};

const useStart = ({ one, how, onStarted }: MappingProps) => {
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>();
  const start = async (): Promise<void> => {
    setBusy(true);
    setRefused(undefined);
    try {
      await imports.start(one.id, how);
      await cache.invalidateQueries({ queryKey: ["imports", one.id], exact: true });
      await cache.invalidateQueries({ queryKey: ["jobs"] });
      onStarted();
    } catch (thrown) {
      setRefused(thrown);
      setBusy(false);
    }
  };
  return { start, busy, refused };
};

const problemsIn = (thrown: unknown): readonly MappingProblem[] =>
  isProblem(thrown) && thrown.errors.length > 0
    ? thrown.errors.map(({ field, message }) => ({ code: thrown.code, message, ...(field.startsWith("mapping.") ? { column: field.slice(8) } : { field }) }))
    : []; // prettier-ignore

/** Which column is what, beside what the first rows become; nothing is written before the person starts. */
export const Mapping = (props: MappingProps) => {
  const { one, look, importable, all, how, reading, onHow, onFormat } = props;
  const { _ } = useLingui();
  const preview = usePreview(one.id, how);
  const { start, busy, refused } = useStart(props);
  const answer = preview.data;
  const problems = placed([...(answer?.problems ?? look.problems), ...problemsIn(preview.error)], how.format.columns);
  const wrong = troubles(answer?.rows ?? []);
  const blocked = (answer?.problems.length ?? 1) > 0 || preview.isError;
  // How many rows a compressed file holds is known only when all of it was read.
  const rows = answer?.complete ? count(answer.rows_estimated) : undefined;
  const words = [
    ...problems.top.map((problem) => problem.message),
    ...(preview.isError && problemsIn(preview.error).length === 0 ? [sentenceOf(preview.error)] : []),
    ...(refused ? [sentenceOf(refused)] : []),
    ...(props.refused ? [sentenceOf(props.refused)] : []),
  ];
  return (
    <div className="mapping" aria-busy={reading || undefined}>
      <div className="mapping-side">
        <WhatItIs one={one} all={all} />
        <section aria-labelledby="columns">
          <h2 className="h" id="columns">{_("Which column is what")}</h2>
          {one.notes.map((note) => <p key={note} className="note"><bdi>{note}</bdi></p>)}
          <p className="quiet">{_("What was recognised is filled in. Columns you leave out are not imported.")}</p>
          <div role="alert" className="stack">
            {words.map((sentence) => <p key={sentence} className="note" data-tone="red">{sentence}</p>)}
          </div>
          <ul className="columns-list">
            {look.columns.map((guess, at) => (
              <ColumnRow
                key={guess.name}
                guess={guess}
                samples={look.sample.map((cells) => cells[at] ?? "")}
                importable={importable}
                target={how.mapping[guess.name]}
                trouble={wrong.get(guess.name)}
                problems={problems.column.filter((problem) => problem.column === guess.name)}
                onTarget={(target) => onHow({ ...how, mapping: mapped(how.mapping, guess.name, target) })}
              />
            ))}
          </ul>
        </section>
        <Saved one={one} look={look} how={how} onHow={onHow} />
        <OptionsForm importable={importable} options={how.options} problems={problems.option} onOptions={(options) => onHow({ ...how, options })} />
        <FileFormat look={look} format={how.format} onFormat={onFormat} />
      </div>
      <div className="mapping-main">
        <PreviewPane preview={answer} importable={importable} columns={how.format.columns} stale={preview.isPlaceholderData || reading} />
      </div>
      <footer className="mapping-foot">
        <p className="fill quiet number" role="status">
          {blocked ? _("Solve what is marked, then it can start.") : answer && answer.counts["failed"] ? _("{failed} of the first {looked} rows cannot be imported; the others will be.", { failed: count(answer.counts["failed"]), looked: count(answer.counts["rows"] ?? 0) }) : _("Nothing is written yet.")}
        </p>
        <Button onClick={() => void start()} loading={busy} disabled={blocked || preview.isPlaceholderData}>
          {rows ? _("Import {rows} rows", { rows }) : _("Import the file")}
        </Button>
      </footer>
    </div>
  ); // prettier-ignore
};
