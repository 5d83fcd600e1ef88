import "./purge.ts";
import { tagsApi } from "./api.ts";

/** Words on records of any object. */
export default {
  name: "tags",
  apis: { tags: tagsApi },
  permissions: {
    // A role made in the browser tags what it may change, without a word about tags.
    "tagging.read": ["admin", "manager", "agent", "viewer"],
    "tagging.manage": ["admin", "manager"],
    "tags.read": ["admin", "manager", "agent", "viewer"],
    "tagged.read": ["admin", "manager", "agent", "viewer"],
  } as const,
};
