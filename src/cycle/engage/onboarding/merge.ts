import { carry } from "#records";

// One onboarding to a product runs at a time: the winner's goes on.
const active = (o: string): string => `${o}.status in ('running', 'stalled')`;
const to = (column: string, object: string) => ({
  table: "onboardings",
  column,
  to: object,
  unless: (winner: string): string =>
    `${active("t")} and exists (select from onboardings o where coalesce(o.contact_id, o.account_id) = ${winner} and ${active("o")}
        and coalesce(o.product_id, o.plan_id) = coalesce(t.product_id, t.plan_id)) and coalesce(t.contact_id, t.account_id) = t.${column}`,
  cleared: "status = 'ended', ended_at = now(), end_reason = 'merged', stall_at = null",
});

carry(to("contact_id", "contact"), to("account_id", "account"));
