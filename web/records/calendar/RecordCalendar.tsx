import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { dropTargetForElements, monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { ActionIcon, Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Condition } from "#kernel/condition";
import type { Field } from "#records";
import { may, workspace, type DescribedObject } from "../../kit/boot.ts";
import { count, date, dayOf, locale } from "../../kit/format.ts";
import { Icon } from "../../kit/Icon.tsx";
import { useKeys } from "../../kit/keys.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { fieldAt } from "../condition/fields.ts";
import { valueIn, type Rec } from "../record.ts";
import { dayAfter, dayOfValue, turned, weekBegins, weeksOf } from "./days.ts";
import { DayList } from "./DayList.tsx";
import { Entry } from "./Entry.tsx";
import { useDays } from "./useDays.ts";
import { useShifts } from "./useShifts.ts";
import "./calendar.css";

export interface RecordCalendarProps {
  object: DescribedObject;
  filter: Condition | undefined;
  q: string | undefined;
  /** The date or time that says on which day a record stands. */
  field: string;
  span: "month" | "week";
  onPeek: (record: Rec) => void;
}

// Entries of a day of a month before "+n more".
const entriesAtMost = { month: 3, week: 12 } as const;

const Cell = ({ day, label, today, outside, children }: { day: string; label: string; today: boolean; outside: boolean; children: React.ReactNode }) => {
  const box = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!box.current) return;
    return dropTargetForElements({ element: box.current, getData: () => ({ day }), onDragEnter: () => setOver(true), onDragLeave: () => setOver(false), onDrop: () => setOver(false) });
  }, [day]);
  return (
    <div ref={box} role="gridcell" className="calendar-day" data-over={over || undefined} data-outside={outside || undefined} data-today={today || undefined} aria-current={today ? "date" : undefined} data-day={day}>
      <span className="calendar-date number small"><span className="unseen">{label}</span><span aria-hidden>{Number(day.slice(8))}</span></span>
      {children}
    </div>
  );
}; // prettier-ignore

const entryAt = (target: EventTarget | null): string | undefined =>
  (target as HTMLElement | null)?.closest<HTMLElement>("[data-record]")?.dataset["record"];

const Calendar = ({ object, filter, q, field, span, onPeek }: Omit<RecordCalendarProps, "field"> & { field: Field }) => {
  const { _ } = useLingui();
  const zone = workspace().time_zone;
  const [today] = useState(() => dayOf(new Date()));
  const [at, setAt] = useState(today);
  const [opened, setOpened] = useState<string>();
  const follow = useRef<string>(undefined);
  const weeks = weeksOf(at, span, weekBegins(locale()));
  const ask = { filter, q };
  const { days, full, pending, error, retry } = useDays(object, field, ask, weeks);
  const { shifts, said, move } = useShifts(object, field);
  const movable = may(`${object.plural}.update`) && field.computed !== true;
  const records = new Map([...days.values()].flat().map((record) => [record.id, shifts.get(record.id) ?? record]));
  const on = Map.groupBy(records.values(), (record) => dayOfValue(field, valueIn(record, field.name), zone) ?? "");
  const month = at.slice(0, 7);
  const name = new Intl.DateTimeFormat(locale(), { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${at}T00:00:00Z`));
  const weekday = new Intl.DateTimeFormat(locale(), { weekday: "short", timeZone: "UTC" });
  const dropped = useEffectEvent((id: unknown, day: unknown) => {
    const record = typeof id === "string" ? records.get(id) : undefined;
    if (record && typeof day === "string") void move(record, day);
  });
  useEffect(() => monitorForElements({ onDrop: ({ source, location }) => dropped(source.data["record"], location.current.dropTargets[0]?.data["day"]) }), []);
  // A record that was moved by keys is drawn anew on its day; the focus goes with it.
  useEffect(() => {
    const id = follow.current;
    const entry = id && document.querySelector<HTMLElement>(`[data-record="${CSS.escape(id)}"]`);
    if (!entry || entry === document.activeElement) return;
    entry.focus();
    follow.current = undefined;
  });
  const here = _("This calendar");
  useKeys([
    { keys: "[", label: span === "month" ? _("The month before") : _("The week before"), group: here, run: () => setAt(turned(at, span, -1)) },
    { keys: "]", label: span === "month" ? _("The next month") : _("The next week"), group: here, run: () => setAt(turned(at, span, 1)) },
    { keys: "t", label: _("Today"), group: here, run: () => setAt(today) },
    ...(movable ? [{ keys: "alt+ArrowRight", label: _("Move to the next day; Alt and down by a week"), group: here, run: () => undefined, told: true }] : []),
  ]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const record = records.get(entryAt(event.target) ?? "");
    const day = record && dayOfValue(field, valueIn(record, field.name), zone);
    if (!record || !day || !event.altKey || !movable) return;
    const onward = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
    const by = { ArrowRight: onward, ArrowLeft: -onward, ArrowDown: 7, ArrowUp: -7 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const to = dayAfter(day, by);
    follow.current = record.id;
    if (!weeks.some((week) => week.includes(to))) setAt(to);
    void move(record, to);
  };
  const onClick = (event: MouseEvent): void => {
    const record = records.get(entryAt(event.target) ?? "");
    if (record) onPeek(record);
  };
  const most = entriesAtMost[span];
  const none = !pending && !error && records.size === 0;
  return (
    <div className="calendar" onKeyDown={onKeyDown} onClick={onClick}>
      <div className="calendar-bar line">
        <ActionIcon aria-label={span === "month" ? _("The month before") : _("The week before")} onClick={() => setAt(turned(at, span, -1))}><span className="calendar-back"><Icon name="right" size={14} /></span></ActionIcon>
        <ActionIcon aria-label={span === "month" ? _("The next month") : _("The next week")} onClick={() => setAt(turned(at, span, 1))}><Icon name="right" size={14} /></ActionIcon>
        <Button size="compact-xs" variant="default" onClick={() => setAt(today)}>{_("Today")}</Button>
        <h2 className="calendar-name" aria-live="polite">{name}</h2>
        <span className="quiet small fill">{_(field.label)} · {zone.replaceAll("_", " ")}</span>
        {none && <span className="quiet small">{span === "month" ? _("Nothing in this month") : _("Nothing in this week")}</span>}
      </div>
      {error && <div role="alert" className="line calendar-bar"><span>{sentenceOf(error)}</span><Button size="compact-xs" variant="default" onClick={retry}>{_("Try again")}</Button></div>}
      <div className="calendar-grid" role="grid" aria-label={_("{what} by {field}", { what: _(object.label_plural), field: _(field.label) })} aria-busy={pending || undefined} data-span={span}>
        <div role="row" className="calendar-week calendar-weekdays">
          {weeks[0]?.map((day) => <span key={day} role="columnheader" className="small quiet">{weekday.format(new Date(`${day}T00:00:00Z`))}</span>)}
        </div>
        {weeks.map((week) => (
          <div key={week[0]} role="row" className="calendar-week">
            {week.map((day) => {
              const all = on.get(day) ?? [];
              const cut = all.length > most ? most - 1 : all.length;
              return (
                <Cell key={day} day={day} label={date(day)} today={day === today} outside={span === "month" && day.slice(0, 7) !== month}>
                  {all.slice(0, cut).map((record) => <Entry key={record.id} object={object} field={field} record={record} movable={movable} />)}
                  {all.length > cut && <button type="button" className="plain link small calendar-more" onClick={() => setOpened(day)}>{_("+{n} more", { n: count(all.length - cut) })}</button>}
                  {full.has(week[0] ?? "") && all.length <= cut && <button type="button" className="plain link small calendar-more" onClick={() => setOpened(day)}>{_("All of this day")}</button>}
                </Cell>
              );
            })}
          </div>
        ))}
      </div>
      <p className="unseen" role="status" aria-live="polite">{said}</p>
      {opened && <DayList object={object} field={field} ask={ask} day={opened} onPick={onPeek} onClose={() => setOpened(undefined)} />}
    </div>
  );
}; // prettier-ignore

/** Any list by a date: a month or a week in the company's time zone; an entry is moved to another day by mouse or by Alt and arrows. */
const RecordCalendar = ({ field: name, ...rest }: RecordCalendarProps) => {
  const field = fieldAt(rest.object, name);
  return field ? <Calendar {...rest} field={field} /> : null;
};
export default RecordCalendar;
