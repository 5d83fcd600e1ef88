import { dayAndMonth, dayOf, monthOf, timeOfDay } from "../format.ts";
import { say } from "../i18n.ts";

export interface Dated {
  occurred_at: string;
}
export interface Stretch<T> {
  key: string;
  /** "Today", "Yesterday", "November", "March 2025". */
  title: string;
  items: T[];
}

const day = 86_400_000; // ms

/** Puts what happened, newest first, under today, yesterday and months, in the workspace's zone. */
export function stretches<T extends Dated>(items: readonly T[], now: Date): Stretch<T>[] {
  const [today, yesterday] = [dayOf(now), dayOf(new Date(now.getTime() - day))];
  const found: Stretch<T>[] = [];
  for (const item of items) {
    const on = dayOf(new Date(item.occurred_at));
    const key =
      on === today || on === yesterday
        ? on
        : on.slice(0, 7) === today.slice(0, 7)
          ? `${on.slice(0, 7)}-earlier`
          : on.slice(0, 7);
    const last = found.at(-1);
    if (last?.key === key) last.items.push(item);
    else
      found.push({
        key,
        title: on === today ? say("Today") : on === yesterday ? say("Yesterday") : monthOf(item.occurred_at, now),
        items: [item],
      });
  }
  return found;
}

/** When something happened, as short as its place allows: the time today and yesterday, the day otherwise. */
export const whenWords = (at: string, now: Date): string =>
  now.getTime() - Date.parse(at) < 2 * day &&
  [dayOf(now), dayOf(new Date(now.getTime() - day))].includes(dayOf(new Date(at)))
    ? timeOfDay(at)
    : dayAndMonth(at);
