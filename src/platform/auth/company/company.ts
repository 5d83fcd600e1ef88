import { sql } from "kysely";
import { invalid, Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { audited } from "../audit.ts";
import type { Caller, Desk } from "../desk.ts";
import { refuseUnknownZone } from "../workspaces.ts";

export interface Company {
  id: string;
  name: string;
  currency: string;
  time_zone: string;
  locale: string;
  lens: string;
  version: number;
  created_at: string;
}
export interface CompanyChange {
  name?: string | undefined;
  currency?: string | undefined;
  time_zone?: string | undefined;
  locale?: string | undefined;
  lens?: string | undefined;
}

/** The company as it is now, and whether its currency can still change. */
export async function company(desk: Desk, ctx: Ctx): Promise<Company & { currency_locked: boolean }> {
  const { rows } = await sql<Company>`
    select id, name, currency, time_zone, locale, lens, version, created_at from workspaces where id = ${ctx.workspace.id}`.execute(
    ctx.control,
  );
  return { ...rows[0]!, currency_locked: !(await mayChangeCurrency(desk, ctx)) };
}

const mayChangeCurrency = async (desk: Desk, ctx: Ctx): Promise<boolean> =>
  desk.hooks.canChangeCurrency ? desk.hooks.canChangeCurrency(ctx) : true;

/** Changes what is given. `version` (If-Match) refuses a change of what somebody else changed meanwhile. */
export async function changeCompany(
  desk: Desk,
  caller: Caller,
  change: CompanyChange,
  version: number,
): Promise<Company & { currency_locked: boolean }> {
  if (change.time_zone !== undefined) await refuseUnknownZone(caller.control, change.time_zone);
  if (change.lens !== undefined && desk.hooks.isLens && !(await desk.hooks.isLens(caller, change.lens)))
    throw invalid("lens", "This lens is not known.");
  const at = desk.clock();
  await caller.control.transaction().execute(async (db) => {
    const { rows } = await sql<Company>`select * from workspaces where id = ${caller.workspace.id} for update`.execute(
      db,
    );
    const before = rows[0]!;
    if (version !== before.version)
      throw new Refused("stale", "workspace.stale", "Somebody else changed these settings meanwhile.", {
        detail: { version: before.version, current: Object.fromEntries(fields.map((field) => [field, before[field]])) },
      });
    const changed = differences(before, change);
    if (!Object.keys(changed).length) return;
    if (changed.currency && !(await mayChangeCurrency(desk, caller)))
      throw invalid("currency", "The currency cannot change any more: orders are stored in it.", "currency.locked");
    const after = {
      ...before,
      ...Object.fromEntries(Object.entries(changed).map(([field, [, value]]) => [field, value])),
    };
    await sql`update workspaces set name = ${after.name}, currency = ${after.currency}, time_zone = ${after.time_zone}, locale = ${after.locale},
                     lens = ${after.lens}, version = version + 1 where id = ${before.id}`.execute(db);
    await audited(db, { ...caller, at }, "workspace.updated", changed);
  });
  desk.known.forget();
  return company(desk, caller);
}

const fields = ["name", "currency", "time_zone", "locale", "lens"] as const;
type Differences = { [F in (typeof fields)[number]]?: [string, string] };

const differences = (before: Company, change: CompanyChange): Differences =>
  Object.fromEntries(
    fields.flatMap((field) =>
      change[field] === undefined || change[field] === before[field] ? [] : [[field, [before[field], change[field]]]],
    ),
  );
