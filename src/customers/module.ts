import "./likeness.ts";
import "./merge.ts";
import "./import.ts";
import "./vcard.ts";
import "./purge.ts";
import { lifecycleConsumer, nextFlipAt, runDueFlips } from "./lifecycle/consumer.ts";
import { seedLenses } from "./cycle/lenses.ts";
import { seedRules } from "./lifecycle/rules.ts";
import { lifecycleJobs } from "./lifecycle/rebuild.ts";
import { accountsApi, contactsApi, lensesApi, lifecycleApi, ringApi } from "./api.ts";
import { consentsApi } from "./consent/api.ts";
import type { Ctx, Role } from "#platform/context";

const everybody: readonly Role[] = ["admin", "manager", "agent", "viewer"];
const workers: readonly Role[] = ["admin", "manager", "agent"];
const leaders: readonly Role[] = ["admin", "manager"];

export default {
  name: "customers",
  apis: {
    contacts: contactsApi,
    accounts: accountsApi,
    lifecycle: lifecycleApi,
    lenses: lensesApi,
    ring: ringApi,
    consents: consentsApi,
  },
  permissions: {
    "contacts.read": everybody,
    "contacts.create": workers,
    "contacts.update": workers,
    "contacts.delete": leaders,
    "accounts.read": everybody,
    "accounts.create": workers,
    "accounts.update": workers,
    "accounts.delete": leaders,
    "lifecycle.read": everybody,
    "lifecycle.update": ["admin"] as readonly Role[],
  },
  jobs: lifecycleJobs,
  consumers: [lifecycleConsumer],
  timers: [{ name: "lifecycle", run: (ctx: Ctx) => runDueFlips(ctx), nextAt: nextFlipAt }],
  async onStart(ctx: Ctx): Promise<void> {
    await seedRules(ctx);
    await seedLenses(ctx);
  },
};
