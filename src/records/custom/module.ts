import { customFieldsApi } from "./api.ts";
import { customObjectsApi } from "./objects-api.ts";
import { ownApi } from "./own-api.ts";
import { indexJob } from "./indexes.ts";

/** Fields that administrators add to objects in the browser. */
export default {
  name: "custom",
  jobs: [indexJob],
  apis: { customFields: customFieldsApi, customObjects: customObjectsApi, custom: ownApi },
  permissions: {
    "fields.read": ["admin", "manager", "agent", "viewer"],
    "fields.manage": ["admin"],
    // Objects of one's own; roles made here name each of them.
    "custom.read": ["admin", "manager", "agent", "viewer"],
    "custom.create": ["admin", "manager", "agent"],
    "custom.update": ["admin", "manager", "agent"],
    "custom.delete": ["admin", "manager"],
    "custom.export": ["admin", "manager"],
  } as const,
};
