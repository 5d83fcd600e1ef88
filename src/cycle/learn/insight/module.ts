import "./merge.ts";
import "./purge.ts";
import type { Role } from "#platform/context";
import { insightsApi, themesApi } from "./api.ts";
import { buildJob } from "./build.ts";
import { themesConsumer } from "./consumer.ts";
import { insightsDue } from "./due.ts";

const everybody: readonly Role[] = ["admin", "manager", "agent", "viewer"];
const workers: readonly Role[] = ["admin", "manager", "agent"];
const leaders: readonly Role[] = ["admin", "manager"];

export default {
  name: "insight",
  apis: { themes: themesApi, insights: insightsApi },
  permissions: {
    "themes.read": everybody,
    "themes.create": workers,
    "themes.update": workers,
    "themes.delete": leaders,
    "insights.read": everybody,
    "insights.create": workers,
    "insights.update": workers,
    "insights.delete": leaders,
  },
  consumers: [themesConsumer],
  jobs: [buildJob],
  due: insightsDue,
};
