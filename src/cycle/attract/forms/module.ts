import "./merge.ts";
import "./purge.ts";
import { formsApi } from "./api.ts";
import { formPages } from "./pages.ts";

export default {
  name: "forms",
  apis: { forms: formsApi },
  permissions: {
    "forms.read": ["admin", "manager", "agent", "viewer"],
    "forms.create": ["admin", "manager"],
    "forms.update": ["admin", "manager"],
    "forms.delete": ["admin", "manager"],
  },
  pages: formPages,
} as const;
