import "./merge.ts";
import "./purge.ts";
import type { Ctx } from "#platform/context";
import { surveysApi } from "./api.ts";
import { askDue, nextAskAt, remindDue } from "./ask.ts";
import { surveysConsumer } from "./consumer.ts";
import { unhappyDue } from "./due.ts";
import { surveyPages } from "./pages.ts";
import { previewRoute } from "./preview.ts";

/** Surveys: what customers say of us, asked at the right moment and answered when it is bad. */
export default {
  name: "feedback",
  apis: { surveys: surveysApi },
  permissions: {
    "surveys.read": ["admin", "manager", "agent", "viewer"],
    "surveys.create": ["admin", "manager"],
    "surveys.update": ["admin", "manager"],
    "surveys.delete": ["admin", "manager"],
    "surveys.send": ["admin", "manager"],
  } as const,
  consumers: [surveysConsumer],
  timers: [
    {
      name: "surveys",
      run: async (ctx: Ctx) => {
        await askDue(ctx);
        await remindDue(ctx);
      },
      nextAt: nextAskAt,
    },
  ],
  pages: surveyPages,
  due: unhappyDue,
  routes: previewRoute,
};
