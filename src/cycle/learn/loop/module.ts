import { loopApi } from "./api.ts";

export default {
  name: "loop",
  apis: { loop: loopApi },
  permissions: { "loop.update": ["admin", "manager"] },
} as const;
