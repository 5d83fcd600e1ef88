import type { Due } from "#kernel/due";
import type { Ctx } from "#platform/context";
import { dueToShip, type ToShip } from "./queries.ts";

const dayOf = (ctx: Ctx, day: string): string =>
  new Intl.DateTimeFormat(ctx.workspace.locale, { day: "numeric", month: "short", timeZone: "UTC" }).format(
    new Date(day),
  );

/** Orders whose goods are to leave today or should have left. */
export const shipmentsDue = async (ctx: Ctx): Promise<Due[]> => (await dueToShip(ctx)).map((o) => dueOf(ctx, o));

function dueOf(ctx: Ctx, o: ToShip): Due {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: ctx.workspace.time_zone, dateStyle: "short" }).format(ctx.clock());
  const promise = !o.promised_at
    ? `Order ${o.number} is not shipped yet`
    : o.promised_at === today
      ? `Order ${o.number} promised for today`
      : `Order ${o.number} was promised for ${dayOf(ctx, o.promised_at)}`;
  const reason = [o.customer, o.sent === 0 ? "nothing shipped" : `${o.sent} of ${o.lines} lines shipped`];
  return {
    id: `ship:${o.id}`,
    stage: "deliver",
    loses: "promise",
    title: promise,
    reason: reason.filter(Boolean).join(" · "),
    // By noon, so that there is a carrier left to hand it to on the day it was promised for.
    due_at: o.promised_at ? new Date(`${o.promised_at}T12:00:00Z`).toISOString() : null,
    value: o.base_total,
    contact_id: o.contact_id,
    account_id: o.account_id,
    owner_id: null,
    act: { label: "ship", to: `/orders/${o.id}?act=ship` },
  };
} // prettier-ignore
