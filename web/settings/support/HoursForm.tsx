import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Calendar, calendarApi, Holiday, Opening } from "#platform/calendar";
import { may } from "../../kit/boot.ts";
import { client } from "../../kit/client.ts";
import { Icon } from "../../kit/Icon.tsx";
import { locale } from "../../kit/format.ts";
import { useSetting, useSubmit } from "../../kit/form/useSetting.tsx";
import { done } from "../../kit/undo.ts";

const api = () => client<typeof calendarApi>("calendar");
const zones = (mine: string): string[] => [...new Set([mine, "UTC", ...Intl.supportedValuesOf("timeZone")])].toSorted();
// 5 January 2026 was a Monday.
const dayName = (i: number): string => new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2026, 0, 5 + i)); // prettier-ignore
const without = <T,>(list: readonly T[], i: number): T[] => list.filter((_x, n) => n !== i);
const changed = <T,>(list: readonly T[], i: number, change: Partial<T>): T[] => list.map((one, n) => (n === i ? { ...one, ...change } : one)); // prettier-ignore

const dayWords = (openings: readonly Opening[]): string => openings.map((one) => `${one.from}–${one.until}`).join(", "); // prettier-ignore

const useHours = (found: Calendar) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const setting = useSetting(found, {
    parts: [
      { name: "tz", label: _("Time zone") },
      { name: "weekly", label: _("Hours of the week"), say: (weekly: Calendar["weekly"], other: Calendar["weekly"]) => weekly.flatMap((one, i) => (dayWords(one) === dayWords(other[i] ?? []) ? [] : `${dayName(i)} ${dayWords(one) || _("Closed")}`)).join("; ") },
      { name: "holidays", label: _("Holidays"), say: (list: readonly Holiday[]) => list.map((one) => `${one.name} ${one.first}${one.last === one.first ? "" : `–${one.last}`}`).join(", ") },
    ],
    read: () => api().get({}),
  });
  const again = () => cache.invalidateQueries({ queryKey: ["calendar"] });
  const sent = ({ tz, weekly, holidays }: Calendar) => ({ tz, weekly: weekly.map((d) => d.map((o) => ({ ...o }))), holidays: holidays.map((h) => ({ ...h })) });
  const write = async (changed: Partial<Calendar>, onto: Calendar): Promise<number> => {
    const { version } = await api().change({ ...sent({ ...onto, ...changed }), version: onto.version });
    await again();
    done(_("Business hours changed"), () => api().change({ ...sent(onto), version }).then(again));
    return version;
  };
  const sending = useSubmit(async () => setting.dirty && setting.save(write), () => false);
  // The server names the weekday by its number.
  const day = Object.keys(sending.errors).map((field) => /^weekly\.(\d)/.exec(field)?.[1])[0];
  return { ...setting, ...sending, failed: sending.failed && day ? `${dayName(Number(day))}: ${sending.failed}` : sending.failed };
}; // prettier-ignore

const Day = ({ name, openings, locked, onChange }: { name: string; openings: readonly Opening[]; locked: boolean; onChange: (openings: Opening[]) => void }) => {
  const { _ } = useLingui();
  return (
    <li>
      <strong className="hours-day">{name}</strong>
      {openings.length === 0 && <span className="quiet">{_("Closed")}</span>}
      {openings.map((one, i) => (
        <span className="line" key={i}>
          <TextInput aria-label={_("{day} from", { day: name })} placeholder="09:00" maxLength={5} disabled={locked} value={one.from} onChange={(event) => onChange(changed(openings, i, { from: event.currentTarget.value }))} />
          <span aria-hidden>–</span>
          <TextInput aria-label={_("{day} until", { day: name })} placeholder="17:00" maxLength={5} disabled={locked} value={one.until} onChange={(event) => onChange(changed(openings, i, { until: event.currentTarget.value }))} />
          {!locked && <ActionIcon variant="subtle" aria-label={_("Take {from} to {until} away on {day}", { ...one, day: name })} onClick={() => onChange(without(openings, i))}><Icon name="x" /></ActionIcon>}
        </span>
      ))}
      <span className="fill" />
      {!locked && openings.length < 8 && (
        <Button size="compact-xs" variant="subtle" aria-label={_("Add hours on {day}", { day: name })} onClick={() => onChange([...openings, openings.length === 0 ? { from: "09:00", until: "17:00" } : { from: openings.at(-1)!.until, until: "20:00" }])}>{_("Add hours")}</Button>
      )}
    </li>
  );
}; // prettier-ignore

const Holidays = ({ list, locked, onChange }: { list: readonly Holiday[]; locked: boolean; onChange: (list: Holiday[]) => void }) => {
  const { _ } = useLingui();
  const fresh = (): Holiday => ({ first: "", last: "", name: "" });
  return (
    <section className="settings-part" aria-labelledby="holidays">
      <h2 className="h" id="holidays">{_("Holidays")}</h2>
      <p className="quiet">{_("Days on which nothing is open, the first and the last included.")}</p>
      <ul className="rows holidays">
        {list.map((one, i) => (
          <li key={i}>
            <TextInput className="fill" aria-label={_("Name of the holiday")} placeholder={_("Christmas")} maxLength={100} disabled={locked} value={one.name} onChange={(event) => onChange(changed(list, i, { name: event.currentTarget.value }))} />
            <TextInput type="date" aria-label={_("First day")} disabled={locked} value={one.first} onChange={(event) => onChange(changed(list, i, { first: event.currentTarget.value, ...(one.last === "" || one.last === one.first ? { last: event.currentTarget.value } : {}) }))} />
            <TextInput type="date" aria-label={_("Last day")} disabled={locked} value={one.last} onChange={(event) => onChange(changed(list, i, { last: event.currentTarget.value }))} />
            {!locked && <ActionIcon variant="subtle" aria-label={_("Take {name} away", { name: one.name || one.first })} onClick={() => onChange(without(list, i))}><Icon name="x" /></ActionIcon>}
          </li>
        ))}
      </ul>
      {!locked && <Button mt={8} variant="default" onClick={() => onChange([...list, fresh()])}>{_("Add a holiday")}</Button>}
    </section>
  );
}; // prettier-ignore

/** Hours by weekday, several a day, also over midnight; and holidays. */
export const HoursForm = ({ hours }: { hours: Calendar }) => {
  const { _ } = useLingui();
  const { values: draft, set, dirty, discard, conflict, submit, busy, failed } = useHours(hours);
  const locked = !may("calendar.manage");
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      {conflict}
      <Select label={_("Time zone")} data={zones(draft.tz)} value={draft.tz} disabled={locked} searchable limit={600} nothingFoundMessage={_("Nothing found")} onChange={(tz) => tz && set({ tz })} />
      <ul className="rows hours">
        {draft.weekly.map((openings, i) => (
          <Day key={i} name={dayName(i)} openings={openings} locked={locked} onChange={(next) => set({ weekly: draft.weekly.map((one, n) => (n === i ? next : one)) })} />
        ))}
      </ul>
      <p className="quiet small">{_("An end before its beginning is on the next day: 22:00 – 06:00. 24:00 is midnight.")}</p>
      <Holidays list={draft.holidays} locked={locked} onChange={(holidays) => set({ holidays })} />
      {!locked && (
        <div className="line">
          <Button type="submit" loading={busy} disabled={!dirty}>{_("Save")}</Button>
          {dirty && <Button variant="default" onClick={discard}>{_("Discard")}</Button>}
        </div>
      )}
    </form>
  );
}; // prettier-ignore
