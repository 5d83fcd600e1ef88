import { useState, type ReactNode } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Condition } from "#kernel/condition";
import type { RecordGroup } from "#records";
import type { DescribedObject } from "../../kit/boot.ts";
import { count, total } from "../../kit/format.ts";
import { Grid } from "../../kit/grid/Grid.tsx";
import type { Column } from "../../kit/grid/column.ts";
import { Icon } from "../../kit/Icon.tsx";
import { sentenceOf } from "../../kit/problem.ts";
import { both } from "../filter/groups.ts";
import { recordsOf, type Rec } from "../record.ts";
import { useWindows } from "../useWindows.ts";
import { figuresOf } from "../views/fields.ts";
import { fieldOfGrouping, groupName, sumWords, useGroups } from "./told.ts";
import "./groups.css";

export interface GroupedTableProps {
  object: DescribedObject;
  filter: Condition | undefined;
  q: string | undefined;
  sort: string;
  by: string;
  columns: readonly Column<Rec>[];
  onSort: (sort: string | undefined) => void;
  onWidth: (key: string, width: number) => void;
  onMove: (key: string, by: number) => void;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  peeked: string | undefined;
  onPeek: (record: Rec) => void;
  onOpen: (record: Rec) => void;
  onLink: (href: string) => void;
}

// Rows of a group that are seen at once; more are scrolled to inside of it.
const rowsAtOnce = 12;
const sumsAtMost = 8;

const Rows = ({
  group,
  name,
  exact,
  ...props
}: GroupedTableProps & { group: RecordGroup; name: string; exact: boolean }) => {
  const { object, q, sort } = props;
  const ask = { filter: both(props.filter, group.filter), sort, q };
  const list = useWindows<Rec>([object.plural, "list", ask], (cursor, limit, signal) =>
    recordsOf(object.plural).list({ ...ask, limit, cursor }, signal),
  );
  return (
    <div className="group-rows" style={{ "--rows": Math.min(group.count, rowsAtOnce) } as React.CSSProperties}>
      <Grid
        label={name}
        list={JSON.stringify(ask)}
        columns={props.columns}
        rows={list.rows}
        rowAt={list.rowAt}
        rowCount={exact ? group.count : list.total?.exact ? list.total.count : -1}
        onSee={list.see}
        sort={sort}
        onSort={props.onSort}
        onWidth={props.onWidth}
        onMove={props.onMove}
        selected={props.selected}
        onSelect={props.onSelect}
        peeked={props.peeked}
        onPeek={props.onPeek}
        onOpen={props.onOpen}
        onLink={props.onLink}
        stale={list.stale}
      />
      {list.error !== undefined && list.error !== null && list.empty && <p role="alert">{sentenceOf(list.error)}</p>}
    </div>
  ); // prettier-ignore
};

/** A table in groups, each with how many it holds and what they add up to; a press folds and unfolds it. */
const GroupedTable = (props: GroupedTableProps) => {
  const { _ } = useLingui();
  const { object, by, filter, q, columns } = props;
  const figures = figuresOf(object).filter((field) => columns.some((column) => column.key === field.name)).slice(0, sumsAtMost); // prettier-ignore
  const asked = useGroups(object, { filter, q, by, sums: figures.map((field) => field.name) });
  const [open, setOpen] = useState<ReadonlySet<string>>();
  const field = fieldOfGrouping(object, by);
  const told = asked.data;
  if (asked.isError)
    return <div className="empty" role="alert"><p>{sentenceOf(asked.error)}</p><Button variant="default" onClick={() => void asked.refetch()}>{_("Try again")}</Button></div>; // prettier-ignore
  if (!told) return <div aria-busy className="groups" />;
  const keyOf = (group: RecordGroup): string => group.key ?? "";
  const unfolded = open ?? new Set(told.groups.slice(0, 1).map(keyOf));
  const toggle = (key: string): void => {
    const next = new Set(unfolded);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  const all = told.groups.every((group) => unfolded.has(keyOf(group)));
  const said = (group: RecordGroup): ReactNode =>
    figures.map((figure) => <span key={figure.name} className="small"><span className="quiet">{_(figure.label)}</span> <span className="number">{sumWords(figure, group.sums[figure.name])}</span></span>); // prettier-ignore
  return (
    <div className="groups" data-stale={asked.isPlaceholderData || undefined}>
      <p className="groups-head small quiet number">
        {_("{n, plural, one {# group} other {# groups}}", { n: told.group_count })} · {total(told)}
        {!told.exact && <> · {_("too many to count each: these figures are from a sample")}</>}
        {told.group_count > told.groups.length && <> · {_("{n} of them shown; filter the list to see the others", { n: count(told.groups.length) })}</>}
        {told.groups.length > 1 && told.groups.length <= 30 && <button type="button" className="plain link" onClick={() => setOpen(all ? new Set() : new Set(told.groups.map(keyOf)))}>{all ? _("Fold all") : _("Unfold all")}</button>}
      </p>
      {told.groups.map((group) => {
        const key = keyOf(group);
        const name = groupName(field, group);
        const isOpen = unfolded.has(key);
        const tone = field?.choices?.find((choice) => choice.value === group.key)?.tone;
        return (
          <section key={key} aria-label={name} className="group">
            <h2>
              <button type="button" className="plain group-head" aria-expanded={isOpen} onClick={() => toggle(key)}>
                <Icon name={isOpen ? "down" : "right"} size={14} />
                {tone && <span className="dot" data-tone={tone} aria-hidden />}
                <bdi className="clip">{name}</bdi>
                <span className="quiet number">{total({ count: group.count, exact: told.exact })}</span>
                {said(group)}
              </button>
            </h2>
            {isOpen && <Rows {...props} group={group} name={name} exact={told.exact} />}
          </section>
        );
      })}
    </div>
  );
}; // prettier-ignore
export default GroupedTable;
