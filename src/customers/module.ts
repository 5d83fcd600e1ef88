import { lifecycleConsumer, nextFlipAt, runDueFlips } from "./lifecycle/consumer.ts";
import { seedLenses } from "./cycle/lenses.ts";
import { seedRules } from "./lifecycle/rules.ts";
import type { Ctx } from "#platform/context";
import "./contact.ts";
import "./account.ts";

export default {
  name: "customers",
  consumers: [lifecycleConsumer],
  timers: [{ name: "lifecycle", run: (ctx: Ctx) => runDueFlips(ctx), nextAt: nextFlipAt }],
  async onStart(ctx: Ctx): Promise<void> {
    await seedRules(ctx);
    await seedLenses(ctx);
  },
};
