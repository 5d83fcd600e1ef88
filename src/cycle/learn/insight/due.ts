import { sql } from "kysely";
import type { Due } from "#kernel/due";
import type { Ctx } from "#platform/context";
import { lately, proposals } from "./proposed.ts";

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Themes that rose more than chance explains, to be looked at. */
export async function insightsDue(ctx: Ctx): Promise<Due[]> {
  const risen = await proposals(ctx);
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from themes where id = any(${risen.map((r) => r.theme_id)})`.execute(ctx.db);
  return risen.flatMap((r): Due[] => {
    const theme = rows.find((row) => row.id === r.theme_id);
    if (!theme) return [];
    const share = (p: { k: number; n: number }): number => p.k / p.n;
    return [
      {
        id: `proposal:${theme.id}`,
        stage: "learn",
        loses: "learning",
        title: `“${theme.name}” is rising`,
        reason: `${percent(share(r.now))} of ${r.now.n} customers in ${lately} days, ${percent(share(r.before))} before · ${r.now.k} people`,
        due_at: null,
        value: 0,
        contact_id: null,
        account_id: null,
        owner_id: null,
        act: { label: "look", to: `/themes/${theme.id}` },
      },
    ];
  });
}
