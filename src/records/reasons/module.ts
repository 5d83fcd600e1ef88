import "./purge.ts";
import { reasonsApi } from "./api.ts";
import { seedReasons } from "./defaults.ts";

/** Why things go wrong or nowhere, in one taxonomy. */
export default {
  name: "reasons",
  apis: { reasons: reasonsApi },
  permissions: {
    "reasons.read": ["admin", "manager", "agent", "viewer"],
    "reasons.manage": ["admin", "manager"],
  } as const,
  onStart: seedReasons,
};
