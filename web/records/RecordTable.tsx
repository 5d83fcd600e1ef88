import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import type { DescribedObject } from "../kit/boot.ts";
import { count, total } from "../kit/format.ts";
import { Grid, type GridHandle } from "../kit/grid/Grid.tsx";
import { moved } from "../kit/grid/column.ts";
import { useKeys } from "../kit/keys.ts";
import { sentenceOf } from "../kit/problem.ts";
import { tell } from "../kit/notes.ts";
import { done } from "../kit/undo.ts";
import { pathOf } from "../shell/places.ts";
import { columnsOf, keepColumns, keptColumns, usualColumns } from "./columns.ts";
import { ColumnChooser } from "./ColumnChooser.tsx";
import { FactList } from "./FactList.tsx";
import { FilterBar } from "./filter/FilterBar.tsx";
import { both } from "./filter/groups.ts";
import { MovedChip } from "./MovedChip.tsx";
import { Peek } from "./Peek.tsx";
import { recordsOf, titleOf, type Rec } from "./record.ts";
import { useWindows } from "./useWindows.ts";
import { customersSearch, type View } from "./view.ts";
import "./records.css";

export interface RecordTableProps {
  object: DescribedObject;
  /** A condition that always holds here: the orders of one contact. */
  within?: Condition;
  /** What a look at the side shows; the record's fields unless said. */
  peek?: (record: Rec) => ReactNode;
  /** Opens the edit form; offered in the look at the side. */
  onEdit?: (record: Rec) => void;
  onOpen?: (record: Rec) => void;
  /** Said when there is not one record yet, with the one action that changes it. */
  empty: { words: string; action?: ReactNode };
  /** More at the end of the bar (export and the like). */
  more?: ReactNode;
  /** Hears the honest total as it becomes known, for the page's title. */
  onTotal?: (words: string) => void;
  /** More that can be done with the selected records. */
  bulk?: (ids: readonly string[], clear: () => void) => ReactNode;
  /** Whether the person may move records to the trash. */
  mayTrash?: boolean;
  /** Whether these are customers, of whom the address may ask who moved on in the ring. */
  moving?: boolean;
}

/** A view in the address and how to change it; the history keeps one entry per step. */
export const useView = (): [View, (change: { [K in keyof View]?: View[K] | undefined }) => void] => {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const change = useCallback(
    (next: { [K in keyof View]?: View[K] | undefined }) =>
      void navigate({
        to: ".",
        search: (before: Record<string, unknown>) =>
          Object.fromEntries(
            Object.entries({ ...before, ...next }).filter(([, value]) => value !== undefined && value !== ""),
          ),
      }),
    [navigate],
  );
  return [useMemo(() => customersSearch(search), [search]), change];
};

const useColumns = (object: DescribedObject, view: View, change: (next: { cols?: string[] | undefined }) => void) => {
  const [kept, setKept] = useState(() => keptColumns(object.plural));
  const columns = useMemo(
    () => columnsOf(object, view.cols ?? kept.cols ?? usualColumns(object), kept.widths),
    [object, view.cols, kept],
  );
  const keep = (next: typeof kept): void => {
    setKept(next);
    keepColumns(object.plural, next);
  };
  const show = (cols: string[] | undefined): void => {
    keep({ ...kept, cols: cols ?? usualColumns(object) });
    if (view.cols) change({ cols: undefined });
  };
  const shown = columns.map((column) => column.key);
  return {
    columns,
    shown: shown.filter((name) => name !== object.title),
    show,
    move: (key: string, by: number) => key !== object.title && show(moved(shown, key, by)),
    widen: (key: string, width: number) => keep({ ...kept, widths: { ...kept.widths, [key]: Math.round(width) } }),
  };
};

const useTrash = (object: DescribedObject, clear: () => void) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const records = recordsOf(object.plural);
  return async (ids: readonly string[]): Promise<void> => {
    const again = () => cache.invalidateQueries({ queryKey: [object.plural] });
    const answers = await Promise.allSettled(ids.map((id) => records.trash(id)));
    const gone = ids.filter((_id, i) => answers[i]?.status === "fulfilled");
    const refused = answers.find((answer) => answer.status === "rejected");
    clear();
    await again();
    if (refused) tell(sentenceOf(refused.reason), { tone: "bad" });
    if (gone.length > 0)
      done(_("{n, plural, one {# record} other {# records}} moved to the trash", { n: gone.length }), () =>
        Promise.all(gone.map((id) => records.restore(id))).then(again),
      );
  };
};

const none: ReadonlySet<string> = new Set();

/** A table over the records of an object: grid, filter, sort, columns, a look at the side; all of it in the address. */
export const RecordTable = ({
  object,
  within,
  peek,
  onEdit,
  onOpen,
  empty,
  more,
  onTotal,
  bulk,
  mayTrash = false,
  moving = false,
}: RecordTableProps) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const [view, change] = useView();
  const { columns, shown, show, move, widen } = useColumns(object, view, change);
  const [looked, setLooked] = useState<Rec>();
  const [grid, setGrid] = useState<GridHandle>();
  const sort = view.sort ?? object.default_sort;
  const ask = { filter: both(within, view.filter), sort, q: view.q, ...(moving ? { moved: view.moved } : {}) };
  const name = JSON.stringify(ask);
  // What is selected belongs to the list it was selected in: another filter begins with nothing selected.
  const [chosen, setChosen] = useState<{ list: string; ids: ReadonlySet<string> }>({ list: name, ids: none });
  const selected = chosen.list === name ? chosen.ids : none;
  const setSelected = (ids: ReadonlySet<string>): void => setChosen({ list: name, ids });
  const trash = useTrash(object, () => setSelected(none));
  const list = useWindows<Rec>([object.plural, "list", ask], (cursor, limit, signal) =>
    recordsOf(object.plural).list({ ...ask, limit, cursor }, signal),
  );

  const said = list.total ? total(list.total) : "";
  useEffect(() => onTotal?.(said), [onTotal, said]);
  const open = (record: Rec): void => (onOpen ? onOpen(record) : void navigate({ to: pathOf(object.name, record.id) }));
  const close = useCallback(() => {
    setLooked(undefined);
    grid?.focus();
  }, [grid]);
  const indexOfLooked = looked
    ? Array.from({ length: Math.min(list.rows, 5000) }, (_x, i) => list.rowAt(i)?.id).indexOf(looked.id)
    : -1;
  const here = _("This list");
  useKeys([
    { keys: "j", label: _("Next row"), group: here, run: () => grid?.step(1), quiet: true },
    { keys: "k", label: _("Previous row"), group: here, run: () => grid?.step(-1), quiet: true },
    { keys: "x", label: _("Select the row"), group: here, run: () => grid?.select(false), quiet: true },
    {
      keys: "shift+x",
      label: _("Select from the last one to here"),
      group: here,
      run: () => grid?.select(true),
      quiet: true,
    },
    { keys: "Space", label: _("Look at the row"), group: here, run: () => undefined, told: true, quiet: true },
    { keys: "Enter", label: _("Open the row"), group: here, run: () => undefined, told: true, quiet: true },
    ...(onEdit && looked
      ? [
          {
            keys: "e",
            label: _("Edit {name}", { name: titleOf(object, looked) }),
            group: here,
            run: () => onEdit(looked),
          },
        ]
      : []),
  ]);

  const filtered = view.filter !== undefined || view.q !== undefined || ask.moved !== undefined;
  const instead = list.error !== undefined && list.error !== null && list.empty ? (
    <div className="empty" role="alert">
      <p>{sentenceOf(list.error)}</p>
      <Button variant="default" onClick={list.retry}>{_("Try again")}</Button>
    </div>
  ) : !list.empty && !list.stale && list.rows === 0 ? (
    <div className="empty">
      <p>{filtered ? _("Nothing here fits the filter.") : empty.words}</p>
      {filtered ? <Button variant="default" onClick={() => change({ filter: undefined, q: undefined, moved: undefined })}>{_("Clear the filter")}</Button> : empty.action}
    </div>
  ) : undefined; // prettier-ignore
  return (
    <div className="table">
      <div className="table-bar">
        <div className="fill">
          <FilterBar
            object={object}
            filter={view.filter}
            onFilter={(filter) => change({ filter })}
            q={view.q ?? ""}
            onSearch={(q) => change({ q })}
            first={ask.moved && <MovedChip moved={ask.moved} onRemove={() => change({ moved: undefined })} />}
          />
        </div>
        {more}
        <ColumnChooser object={object} shown={shown} onShown={show} onUsual={() => show(undefined)} />
      </div>
      <div className="table-main">
        <div className="table-grid">
          <Grid
            label={_(object.label_plural)}
            list={name}
            columns={columns}
            rows={list.rows}
            rowAt={list.rowAt}
            rowCount={list.total?.exact ? list.total.count : -1}
            onSee={list.see}
            sort={sort}
            onSort={(next) => change({ sort: next })}
            onWidth={widen}
            onMove={move}
            selected={selected}
            onSelect={setSelected}
            peeked={looked?.id}
            onPeek={setLooked}
            onOpen={open}
            onLink={(href) => void navigate({ to: href })}
            stale={list.stale}
            handle={setGrid}
          />
          {instead && <div className="table-instead">{instead}</div>}
          {selected.size > 0 && (
            <div className="bulk" role="region" aria-label={_("Selected")}>
              <span>{_("{n} selected", { n: count(selected.size) })}</span>
              {bulk?.([...selected], () => setSelected(none))}
              {mayTrash && (
                <Button variant="default" onClick={() => void trash([...selected])}>
                  {_("Move to the trash")}
                </Button>
              )}
              <button type="button" className="plain link" onClick={() => setSelected(none)}>
                {_("Clear")}
              </button>
            </div>
          )}
        </div>
        {looked && (
          <Peek
            title={titleOf(object, looked)}
            place={indexOfLooked >= 0 ? _("{n} of {total}", { n: count(indexOfLooked + 1), total: said }) : ""}
            onOpen={() => open(looked)}
            onEdit={onEdit && (() => onEdit(looked))}
            onClose={close}
          >
            {peek ? peek(looked) : <FactList object={object} record={looked} />}
          </Peek>
        )}
      </div>
    </div>
  );
};
