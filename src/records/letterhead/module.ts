import { letterheadApi } from "./api.ts";

/** Who we are on paper. */
export default {
  name: "letterhead",
  apis: { letterhead: letterheadApi },
  permissions: {
    "letterhead.read": ["admin", "manager", "agent", "viewer"],
    "letterhead.update": ["admin"],
  },
} as const;
