import { NativeSelect, SegmentedControl } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { ViewKind } from "#records";
import type { DescribedObject } from "../../kit/boot.ts";
import { columnFieldsOf, figuresOf, groupingsOf, timesOf } from "./fields.ts";
import type { Viewing } from "./useViewing.ts";

/** How a list is seen: as a table, in groups, as a board by a field, as a calendar by a date. */
export const ViewAs = ({ object, viewing }: { object: DescribedObject; viewing: Viewing }) => {
  const { _ } = useLingui();
  const { view, change } = viewing;
  const { kind = "table", options = {} } = view;
  const columns = columnFieldsOf(object);
  const times = timesOf(object);
  const figures = figuresOf(object);
  const groupings = groupingsOf(object);
  // Who writes a field moves its cards: what Rondo computes comes behind.
  const first = (fields: typeof columns) => (fields.find((field) => !field.computed) ?? fields[0])?.name;
  const become = (to: string): void => {
    const next = to as ViewKind;
    if (next === "table") return change({ kind: undefined, options: undefined });
    const field = first(next === "board" ? columns : times);
    if (field) change({ kind: next, group: undefined, options: { field } });
  };
  const put = (more: Partial<typeof options>): void =>
    change({ options: Object.fromEntries(Object.entries({ ...options, ...more }).filter(([, value]) => value)) });
  const named = (fields: typeof columns) => fields.map((field) => ({ value: field.name, label: _(field.label) }));
  return (
    <div className="view-as line">
      {kind === "table" && groupings.length > 0 && (
        <NativeSelect
          size="xs" aria-label={_("Group by")} value={view.group ?? ""} onChange={(event) => change({ group: event.currentTarget.value || undefined })}
          data={[{ value: "", label: _("No groups") }, ...groupings.map(({ value, field, unit }) => ({ value, label: unit ? (unit === "day" ? _("{field} by day", { field: _(field.label) }) : _("{field} by month", { field: _(field.label) })) : _(field.label) }))]}
        />
      )}
      {kind === "board" && (
        <>
          <NativeSelect size="xs" aria-label={_("Columns by")} value={options.field ?? ""} onChange={(event) => put({ field: event.currentTarget.value })} data={named(columns)} />
          {figures.length > 0 && <NativeSelect size="xs" aria-label={_("Add up")} value={options.sum ?? ""} onChange={(event) => put({ sum: event.currentTarget.value })} data={[{ value: "", label: _("Add up nothing") }, ...named(figures)]} />}
        </>
      )}
      {kind === "calendar" && (
        <>
          <NativeSelect size="xs" aria-label={_("Days by")} value={options.field ?? ""} onChange={(event) => put({ field: event.currentTarget.value })} data={named(times)} />
          <NativeSelect size="xs" aria-label={_("Span")} value={options.span ?? "month"} onChange={(event) => put({ span: event.currentTarget.value === "week" ? "week" : "month" })} data={[{ value: "month", label: _("Month") }, { value: "week", label: _("Week") }]} />
        </>
      )}
      <SegmentedControl
        size="xs" aria-label={_("See as")} value={kind} onChange={become}
        data={[{ value: "table", label: _("Table") }, ...(columns.length > 0 ? [{ value: "board", label: _("Board") }] : []), ...(times.length > 0 ? [{ value: "calendar", label: _("Calendar") }] : [])]}
      />
    </div>
  ); // prettier-ignore
};
