export { alwaysOpen, type Calendar, type Holiday, type Opening, type Weekly } from "./calendar.ts";
export { businessDaysAfter, dueAfter, openSeconds } from "./walk.ts";
export { calendarOf, calendarsOf } from "./keep.ts";
export type { calendarApi } from "./api.ts";
