import { abandonedAt, sweepAbandoned } from "./abandoned.ts";
import { importsApi } from "./api.ts";
import { importJob } from "./job.ts";
import { uploadRoute } from "./route.ts";

/** Files of other systems become records. */
export default {
  name: "imports",
  apis: { imports: importsApi },
  permissions: {
    "imports.read": ["admin", "manager", "agent"],
    "imports.create": ["admin", "manager", "agent"],
  } as const,
  jobs: [importJob],
  timers: [{ name: "abandoned uploads", run: sweepAbandoned, nextAt: abandonedAt }],
  routes: uploadRoute,
};
