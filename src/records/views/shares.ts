import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { mustBeSeen, putShares, sharesOf, sharesVersion, type NewShare, type Share } from "../access/shares.ts";
import { noteChanges } from "../changes.ts";
import { viewOf } from "./queries.ts";
import { managesViews, type View } from "./view.ts";

/** With whom a view is shared by hand; whoever sees the view may know. */
export async function viewShares(ctx: Ctx, id: string): Promise<{ shares: Share[]; version: number }> {
  await viewOf(ctx, id);
  return { version: await sharesVersion(ctx, id), shares: await sharesOf(ctx, "view", id) };
}

/** Says with which people and teams a view is shared, all of them at once; its owner does, or a manager who sees it. */
export const shareView = (ctx: Ctx | Tx, id: string, version: number, shares: readonly NewShare[]): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const view = await viewOf(tx, id);
    if (!(tx.actor.id !== null && view.owner?.id === tx.actor.id) && !managesViews(tx))
      throw new Refused("forbidden", "view.not-yours", "Only its owner or a manager shares a view.");
    await mustBeSeen(tx, "view", id, version);
    const before = await sharesOf(tx, "view", id);
    await putShares(tx, "view", id, shares);
    const names = (all: readonly Share[]): string[] => all.map((s) => s.name);
    const [was, now] = [names(before), names(await sharesOf(tx, "view", id))];
    if (JSON.stringify(was) !== JSON.stringify(now))
      await noteChanges(tx, [{ object: "view", record_id: id, action: "updated", fields: { shares: [was, now] } }]);
    if (view.visibility === "private") await forgetUnseen(tx, view);
  });

/** Takes a private view off the tabs of those who see it no more; nobody's list may open with it either. */
export async function forgetUnseen(tx: Tx, { id, owner }: Pick<View, "id" | "owner">): Promise<void> {
  for (const table of ["view_defaults", "view_pins"])
    await sql`
      delete from ${sql.table(table)} d where d.view_id = ${id} and d.user_id is distinct from ${owner?.id ?? null}
         and (d.user_id is null or not exists (
           select from record_shares s where s.record_id = ${id} and s.object = 'view'
              and (s.user_id = d.user_id or s.team_id in (select m.team_id from team_members m where m.user_id = d.user_id))))`.execute(
      tx.db,
    );
}
