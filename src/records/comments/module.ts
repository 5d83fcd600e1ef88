import { commentsApi } from "./api.ts";

/** What colleagues say beside records, and who follows them. */
export default {
  name: "comments",
  apis: { comments: commentsApi },
  permissions: {
    "comments.read": ["admin", "manager", "agent", "viewer"],
    "comments.create": ["admin", "manager", "agent"],
  } as const,
};
