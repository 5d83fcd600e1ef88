import { demoApi } from "./api.ts";
import { loadJob } from "./load.ts";
import { wipeJob } from "./wipe.ts";

export default {
  name: "demo",
  apis: { demo: demoApi },
  permissions: { "demo.manage": ["admin", "manager"] },
  jobs: [loadJob, wipeJob],
} as const;
