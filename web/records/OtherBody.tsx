import { lazy, Suspense } from "react";
import type { GroupedTableProps } from "./groups/GroupedTable.tsx";
import type { View } from "./view.ts";

const GroupedTable = lazy(() => import("./groups/GroupedTable.tsx"));
const RecordBoard = lazy(() => import("./board/RecordBoard.tsx"));
const RecordCalendar = lazy(() => import("./calendar/RecordCalendar.tsx"));

/** Whether the view is more than a plain table. Who moved on in the ring is always shown as one: that question is asked of a list only. */
export const isOther = (view: View): boolean =>
  view.moved === undefined && (view.group !== undefined || (view.kind !== undefined && view.options?.field !== undefined)); // prettier-ignore

/** A list as something else than a plain table: in groups, as a board, as a calendar. */
export const OtherBody = ({ view, ...props }: Omit<GroupedTableProps, "by"> & { view: View }) => {
  const { object, filter, q, sort, onPeek } = props;
  const { field, sum, span = "month" } = view.options ?? {};
  return (
    <Suspense fallback={null}>
      {view.kind === "board" && field !== undefined ? (
        <RecordBoard key={field} object={object} filter={filter} q={q} sort={sort} field={field} sum={sum} shown={props.columns.map((column) => column.key)} onPeek={onPeek} />
      ) : view.kind === "calendar" && field !== undefined ? (
        <RecordCalendar key={field} object={object} filter={filter} q={q} field={field} span={span} onPeek={onPeek} />
      ) : (
        <GroupedTable key={view.group} {...props} by={view.group ?? ""} />
      )}
    </Suspense>
  ); // prettier-ignore
};
