import "./merge.ts";
import "./purge.ts";
import type { Ctx } from "#platform/context";
import { playsApi } from "./api.ts";
import { endLost, nextLostAt, retentionConsumer } from "./runs.ts";

export default {
  name: "retention",
  apis: { plays: playsApi },
  permissions: {
    "plays.read": ["admin", "manager", "agent", "viewer"],
    "plays.create": ["admin", "manager"],
    "plays.update": ["admin", "manager"],
    "plays.delete": ["admin", "manager"],
  },
  consumers: [retentionConsumer],
  timers: [{ name: "retention", run: (ctx: Ctx) => endLost(ctx), nextAt: nextLostAt }],
} as const;
