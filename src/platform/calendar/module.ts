import { calendarApi } from "./api.ts";
import { seedCalendar } from "./keep.ts";

/** When the company is open. */
export default {
  name: "calendar",
  apis: { calendar: calendarApi },
  permissions: {
    "calendar.read": ["admin", "manager", "agent", "viewer"],
    "calendar.manage": ["admin", "manager"],
  } as const,
  onStart: seedCalendar,
};
