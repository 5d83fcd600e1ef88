import { expect, test } from "vitest";
import { databaseForTest } from "../../../test/database.ts";
import { calendarApi } from "./api.ts";
import { usualWeek } from "./calendar.ts";
import { calendarOf, calendarsOf, changeCalendar, seedCalendar } from "./keep.ts";

test("hours are written down once, changed as a new version, and the old one stays", async () => {
  const ctx = (await databaseForTest()).ctx();
  expect(await calendarOf(ctx)).toMatchObject({ version: 0, tz: "Europe/Berlin", weekly: usualWeek });
  await Promise.all([seedCalendar(ctx), seedCalendar(ctx)]);
  const weekly = usualWeek.map((d) => (d.length > 0 ? [{ from: "08:00", until: "16:30" }] : []));
  const holidays = [{ first: "2026-12-24", last: "2026-12-26", name: "Christmas" }];
  const tries = await Promise.allSettled([1, 2].map(() => changeCalendar(ctx, 1, { tz: "Europe/Vienna", weekly, holidays }))); // prettier-ignore
  expect(tries.map((t) => t.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await calendarOf(ctx)).toEqual({ version: 2, tz: "Europe/Vienna", weekly, holidays });
  expect((await calendarsOf(ctx, [1, 2])).get(1)).toMatchObject({ tz: "Europe/Berlin", weekly: usualWeek });
  await seedCalendar(ctx);
  expect((await calendarOf(ctx)).version).toBe(2);
});

test.each([
  [{ tz: "Mars/Olympus" }, "tz"],
  [{ weekly: Array.from({ length: 7 }, () => []) }, "weekly"],
  [{ weekly: usualWeek.slice(1) }, "weekly"],
  [{ weekly: [[{ from: "09:00", until: "25:00" }], [], [], [], [], [], []] }, "weekly"],
  [{ weekly: [[{ from: "09:00", until: "12:00" }, { from: "11:00", until: "13:00" }], [], [], [], [], [], []] }, "weekly"],
  [{ holidays: [{ first: "2026-02-30", last: "2026-03-01", name: "" }] }, "holidays"],
  [{ holidays: [{ first: "2026-01-01", last: "2030-01-01", name: "Sabbatical" }] }, "holidays"],
] as const)("refuses hours that cannot be: %o", (wrong, field) => {
  const given = { version: 1, tz: "Europe/Berlin", weekly: usualWeek, holidays: [], ...wrong };
  const told = calendarApi.change.input.safeParse(given);
  expect(told.error?.issues[0]?.path[0]).toBe(field);
}); // prettier-ignore
