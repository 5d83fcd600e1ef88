import { viewsApi } from "./api.ts";
import { viewManagers } from "./view.ts";

/** Saved views: what a list shows and how, private or shared, as tabs and defaults. */
export default {
  name: "views",
  apis: { views: viewsApi },
  permissions: {
    // Who may look at a list may keep how they look at it.
    "views.read": ["admin", "manager", "agent", "viewer"],
    "views.manage": viewManagers,
  } as const,
};
