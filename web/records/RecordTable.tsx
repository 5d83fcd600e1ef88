import { lazy, Suspense, useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { ActionIcon, Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import type { Condition } from "#kernel/condition";
import { may, type DescribedObject } from "../kit/boot.ts";
import { offers } from "../kit/client.ts";
import { count, total } from "../kit/format.ts";
import { beginTable } from "../kit/focus.ts";
import { Grid, type GridHandle } from "../kit/grid/Grid.tsx";
import { moved } from "../kit/grid/column.ts";
import { Icon } from "../kit/Icon.tsx";
import { useKeys } from "../kit/keys.ts";
import { sentenceOf } from "../kit/problem.ts";
import { pathOf } from "../shell/places.ts";
import { columnsOf, editable, keepColumns, keptColumns, usualColumns } from "./columns.ts";
import { ColumnChooser } from "./ColumnChooser.tsx";
import { FactList } from "./FactList.tsx";
import { FilterBar } from "./filter/FilterBar.tsx";
import type { CellMenuProps } from "./filter/CellMenu.tsx";
import { both, narrowed } from "./filter/groups.ts";
import { MovedChip } from "./MovedChip.tsx";
import { isOther, OtherBody } from "./OtherBody.tsx";
import { Peek } from "./Peek.tsx";
import { recordsOf, titleOf, type Rec } from "./record.ts";
import { useEdits } from "./sheet/edits.ts";
import { useWindows } from "./useWindows.ts";
import { WhyButton } from "./why/WhyButton.tsx";
import type { View } from "./view.ts";
import { isOffered } from "./views/fields.ts";
import type { Change } from "./views/overlay.ts";
import { useViewing, type Viewing } from "./views/useViewing.ts";
import "./records.css";

const ViewBar = lazy(() => import("./views/ViewBar.tsx"));
const CellMenu = lazy(() => import("./filter/CellMenu.tsx"));
const ExportDialog = lazy(() => import("./export/ExportDialog.tsx").then((m) => ({ default: m.ExportDialog })));

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
  /** Part of another page: it has no views of its own. */
  embedded?: boolean;
}

/** The view that is shown of an object and how to change it. */
export const useView = (object?: string): [View, (change: Change) => void] => {
  const { view, change } = useViewing(object);
  return [view, change];
};

const useColumns = (object: DescribedObject, { view, change, saved }: Viewing) => {
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
    // Of a saved view they are part of what is saved; without one this browser keeps them.
    if (saved) return change({ cols: cols ?? usualColumns(object) });
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

// Nobody sees it before something is selected.
const BulkBar = lazy(() => import("./bulk/BulkBar.tsx"));
// Editors of cells weigh 30 KB; they are fetched when the person is at the table.
const Sheet = lazy(() => import("./sheet/Sheet.tsx"));

const none: ReadonlySet<string> = new Set();

/** A table over the records of an object: its views, grid, filter, sort, columns, a look at the side; all of it in the address. */
export const RecordTable = (props: RecordTableProps) => {
  const viewing = useViewing(props.embedded ? undefined : props.object.name);
  return viewing.ready ? <Table {...props} viewing={viewing} /> : <div className="table" aria-busy />;
};

const Table = ({
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
  embedded = false,
  viewing,
}: RecordTableProps & { viewing: Viewing }) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const { view, change } = viewing;
  const { columns, shown, show, move, widen } = useColumns(object, viewing);
  const [lookedAt, setLooked] = useState<Rec>();
  const [grid, setGrid] = useState<GridHandle>();
  const [cell, setCell] = useState<Omit<CellMenuProps, "object" | "onFilter" | "onClose">>();
  const [near, setNear] = useState(false);
  const edits = useEdits();
  const mayEdit = editable(object);
  const sort = view.sort ?? object.default_sort;
  const ask = { filter: both(within, view.filter), sort, q: view.q, ...(moving ? { moved: view.moved } : {}) };
  const name = JSON.stringify(ask);
  // What is selected belongs to the list it was selected in: another filter begins with nothing selected.
  const [chosen, setChosen] = useState<{ list: string; ids: ReadonlySet<string> }>({ list: name, ids: none });
  const selected = chosen.list === name ? chosen.ids : none;
  const setSelected = (ids: ReadonlySet<string>): void => setChosen({ list: name, ids });
  // What to export: the view, or the selected records of it.
  const [exporting, setExporting] = useState<{ records?: readonly string[] }>();
  const mayExport = offers(`exports.${object.plural}`) && may(`${object.plural}.export`);
  const list = useWindows<Rec>([object.plural, "list", ask], (cursor, limit, signal) =>
    recordsOf(object.plural).list({ ...ask, limit, cursor }, signal),
  );

  useEffect(beginTable, []);
  const said = list.total ? total(list.total) : "";
  useEffect(() => onTotal?.(said), [onTotal, said]);
  const open = (record: Rec): void => (onOpen ? onOpen(record) : void navigate({ to: pathOf(object.name, record.id) }));
  const close = useCallback(() => {
    setLooked(undefined);
    grid?.focus();
  }, [grid]);
  const indexOfLooked = lookedAt
    ? Array.from({ length: Math.min(list.rows, 5000) }, (_x, i) => list.rowAt(i)?.id).indexOf(lookedAt.id)
    : -1;
  // As the list knows it now: a second edit begins from what the first one saved, not from a version that is gone.
  const looked = list.rowAt(indexOfLooked) ?? lookedAt;
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
    { keys: "alt+Enter", label: _("Filter by this cell"), group: here, run: () => undefined, told: true },
    { keys: "Enter", label: _("Open the row"), group: here, run: () => undefined, told: true, quiet: true },
    ...(mayEdit
      ? [
          {
            keys: "F2",
            label: _("Edit the cell; then typing edits, Esc ends"),
            group: here,
            run: () => undefined,
            told: true,
          },
          { keys: "shift+↓", label: _("Select cells"), group: here, run: () => undefined, told: true },
          { keys: "mod+c", label: _("Copy the cells"), group: here, run: () => undefined, told: true },
          { keys: "mod+v", label: _("Paste cells from a spreadsheet"), group: here, run: () => undefined, told: true },
          { keys: "mod+d", label: _("Fill down"), group: here, run: () => undefined, told: true },
        ]
      : []),
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
      {!embedded && offers("views.list") && may("views.read") && (
        <Suspense fallback={<div className="view-bar-late" />}>
          <ViewBar object={object} viewing={viewing} cols={shown} />
        </Suspense>
      )}
      <div className="table-bar">
        <div className="fill">
          <FilterBar
            object={object}
            filter={view.filter}
            onFilter={(filter) => change({ filter })}
            within={within}
            q={view.q ?? ""}
            onSearch={(q) => change({ q })}
            first={ask.moved && <MovedChip moved={ask.moved} onRemove={() => change({ moved: undefined })} />}
          />
        </div>
        {more}
        {mayExport && (
          <ActionIcon aria-label={_("Export")} title={_("Export")} onClick={() => setExporting({})}>
            <Icon name="download" />
          </ActionIcon>
        )}
        <ColumnChooser object={object} shown={shown} onShown={show} onUsual={() => show(undefined)} />
      </div>
      <div className="table-main">
        <div className="table-grid" onFocus={() => setNear(true)} onPointerEnter={() => setNear(true)}>
          {isOther(view) ? (
            <OtherBody
              view={view}
              object={object}
              filter={ask.filter}
              q={view.q}
              sort={sort}
              columns={columns}
              onSort={(next) => change({ sort: next })}
              onWidth={widen}
              onMove={move}
              selected={selected}
              onSelect={setSelected}
              peeked={looked?.id}
              onPeek={setLooked}
              onOpen={open}
              onLink={(href) => void navigate({ to: href })}
            />
          ) : (
            <Grid
              label={_(object.label_plural)}
              list={name}
              columns={columns}
              rows={list.rows}
              rowAt={(i) => edits.over(list.rowAt(i))}
              marksOf={edits.marksOf}
              layer={
                near && mayEdit
                  ? (at) => (
                      <Suspense fallback={null}>
                        <Sheet object={object} at={at} grid={grid} savedAt={list.rowAt} handle={edits} />
                      </Suspense>
                    )
                  : undefined
              }
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
              onCell={(record, column, at) => setCell({ record, column, at })}
            />
          )}
          {cell && (
            <Suspense fallback={null}>
              <CellMenu
                {...cell}
                object={object}
                onFilter={(by) => change({ filter: narrowed(view.filter, by) })}
                onClose={() => setCell(undefined)}
              />
            </Suspense>
          )}
          {instead && (!isOther(view) || view.kind !== "calendar") && <div className="table-instead">{instead}</div>}
          {selected.size > 0 && (
            <Suspense fallback={null}>
              <BulkBar
                object={object}
                selected={selected}
                view={ask.moved ? undefined : { filter: ask.filter, q: ask.q }}
                all={list.total}
                mayTrash={mayTrash}
                more={(ids, clear) => (
                  <>
                    {bulk?.(ids, clear)}
                    {mayExport && (
                      <Button variant="default" onClick={() => setExporting({ records: ids })}>
                        {_("Export")}
                      </Button>
                    )}
                  </>
                )}
                onClear={() => setSelected(none)}
              />
            </Suspense>
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
            {ask.filter && isOffered("why", object) && (
              <WhyButton key={looked.id} object={object} id={looked.id} filter={ask.filter} />
            )}
            {peek ? peek(looked) : <FactList object={object} record={looked} />}
          </Peek>
        )}
      </div>
      {exporting && (
        <Suspense fallback={null}>
          <ExportDialog
            object={object}
            ask={ask}
            fields={[object.title, ...shown]}
            {...exporting}
            onClose={() => setExporting(undefined)}
          />
        </Suspense>
      )}
    </div>
  );
};
