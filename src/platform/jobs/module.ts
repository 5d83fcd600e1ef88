import { jobsApi } from "./api.ts";

export default {
  name: "jobs",
  apis: { jobs: jobsApi },
  permissions: { "jobs.read": ["admin", "manager", "agent", "viewer"], "jobs.manage": ["admin", "manager", "agent"] },
} as const;
