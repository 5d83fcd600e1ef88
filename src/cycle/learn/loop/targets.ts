import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { listLenses } from "#customers";

/** What is wanted of a link: the share that should move on in the period, and how long it should take at most. */
export interface Target {
  link: string;
  rate: number | null;
  days: number | null;
  set_at: string;
  set_by: string;
}

/** A target that counts, with the version whoever sets it anew must have seen: how often the link's was set. */
export interface TargetNow extends Target {
  version: number;
}

/** The targets of a lens that count now. */
export async function targetsOf(ctx: Ctx | Tx, lens: string): Promise<TargetNow[]> {
  const { rows } = await sql<TargetNow>`
    select * from (select distinct on (link) link, rate::float8 as rate, days, set_at, set_by, count(*) over (partition by link)::int as version from link_targets
                    where lens = ${lens} order by link, set_at desc, id desc) t where rate is not null or days is not null`.execute(
    ctx.db,
  );
  return rows;
}

/** Every target a link ever had, newest first, at most 100. */
export async function targetHistory(ctx: Ctx, lens: string, link: string): Promise<Target[]> {
  const { rows } = await sql<Target>`
    select link, rate::float8 as rate, days, set_at, set_by from link_targets where lens = ${lens} and link = ${link}
     order by set_at desc, id desc limit 100`.execute(ctx.db);
  return rows;
}

/** Deletes the targets that somebody of that name set: the sample's. */
export async function forgetTargetsOf(tx: Tx, name: string): Promise<void> {
  await sql`delete from link_targets where set_by = ${name}`.execute(tx.db);
}

/**
 * Sets what is wanted of a link from now on; both null takes the target away. Refuses a link the lens does not have, and a target that
 * somebody else set since the version seen: 0 where none counts. Answers the version now.
 */
export const setTarget = (
  ctx: Ctx | Tx,
  asked: { lens: string; link: string; rate: number | null; days: number | null; version: number },
): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const lens = (await listLenses(tx)).find((l) => l.key === asked.lens);
    if (!lens) throw invalid("lens", `There is no lens “${asked.lens}”.`, "lens.unknown");
    const links = lens.steps.slice(0, -1).map((step, i) => `${step.key}>${lens.steps[i + 1]!.key}`);
    if (!links.includes(asked.link)) throw invalid("link", `“${lens.name}” has no link “${asked.link}”.`, "lens.unknown-link"); // prettier-ignore
    await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/targets/' || ${asked.lens}))`.execute(tx.db);
    const current = (await targetsOf(tx, asked.lens)).find((t) => t.link === asked.link);
    if ((current?.version ?? 0) !== asked.version)
      throw new Refused("stale", "target.stale", "Somebody set this target since you opened it.", { detail: { current: current ?? null } });
    await sql`insert into link_targets (id, lens, link, rate, days, set_at, set_by)
              values (${newId()}, ${asked.lens}, ${asked.link}, ${asked.rate}, ${asked.days}, ${tx.clock()}, ${tx.actor.name})`.execute(tx.db);
    return (await targetsOf(tx, asked.lens)).find((t) => t.link === asked.link)?.version ?? 0;
  }); // prettier-ignore
