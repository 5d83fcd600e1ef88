import { sql } from "kysely";
import type { Ctx, Role } from "#platform/context";
import { asColleague, isGranted } from "../beside.ts";
import type { RecordType } from "../registry.ts";
import { isOwned, ownerField, scopeOf } from "./scope.ts";
import { sharingOf, type Share } from "./shares.ts";
import { withinReach } from "./see.ts";

/** Why somebody sees a record: it is theirs, shared with them or a team of theirs by hand, or their role reaches it that far. */
export type Why = "owner" | "shared" | "shared-team" | "all" | "team" | "subordinates" | "territory" | "customer";

export interface SeenBy {
  user_id: string;
  name: string;
  why: Why;
  /** The team, when it is shared with one. */
  team: string | null;
  can_edit: boolean;
}

interface Colleague {
  id: string;
  name: string;
  role: Role;
  role_id: string | null;
}

// Each is asked for by themselves: more would keep whoever opened the dialog waiting.
const askedAtMost = 200;

/** Who of the company sees the record and why, by name; of at most 200 people. The answer is that of the one predicate for each of them. */
export async function seenByOf(ctx: Ctx, type: RecordType, id: string): Promise<SeenBy[]> {
  const { shares } = await sharingOf(ctx, type, id);
  const { object } = type;
  const { rows } = await sql<Colleague>`
    select u.id, u.name, m.role, m.role_id from rondo.members m join rondo.users u on u.id = m.user_id
     where m.workspace_id = ${ctx.workspace.id} order by lower(u.name), u.id limit ${askedAtMost}`.execute(ctx.db);
  const owner = await ownerOf(ctx, type, id);
  const seen: SeenBy[] = [];
  for (const one of rows) {
    const as = await asColleague(ctx, one);
    if (!isGranted(as, `${object.plural}.read`) || !(await withinReach(as, object, [id])).has(id)) continue;
    const can_edit =
      isGranted(as, `${object.plural}.update`) && (await withinReach(as, object, [id], "update")).has(id);
    seen.push({ user_id: one.id, name: one.name, ...whyOf(as, type, owner, shares), can_edit });
  }
  return seen;
}

function whyOf(as: Ctx, { object }: RecordType, owner: string | null, shares: readonly Share[]): Pick<SeenBy, "why" | "team"> {
  if (owner !== null && owner === as.actor.id) return { why: "owner", team: null };
  if (shares.some((s) => s.user_id === as.actor.id)) return { why: "shared", team: null };
  const teams = as.access === "above" ? [] : as.access.teams;
  const byTeam = shares.find((s) => s.team_id !== null && teams.includes(s.team_id));
  if (byTeam) return { why: "shared-team", team: byTeam.name };
  const scope = scopeOf(as, object, "read");
  if (scope === "all") return { why: "all", team: null };
  // What has no owner is seen with the customer it belongs to.
  if (!isOwned(object) || scope === "own" || scope === "none") return { why: "customer", team: null };
  return { why: scope, team: null };
} // prettier-ignore

async function ownerOf(ctx: Ctx, { object }: RecordType, id: string): Promise<string | null> {
  if (!isOwned(object)) return null;
  const { rows } = await sql<{ owner: string | null }>`
    select ${sql.ref(ownerField)} as owner from ${sql.table(object.table)} where id = ${id}`.execute(ctx.db);
  return rows[0]?.owner ?? null;
}
