import { sql } from "kysely";
import type { Condition } from "#kernel/condition";
import type { Tx } from "#platform/context";
import { contact } from "#customers";
import { conditionSql, objectNamed } from "#records";
import { recordFrom } from "#timeline";
import { ask, type Asked } from "./asked.ts";
import { planFlips } from "./flips.ts";
import type { Kept } from "./kept.ts";

export type How = "fact" | "time" | "build" | "hand";

interface Moved {
  id: string;
  name: "segment.entered" | "segment.left";
  contact_id: string;
  segment_id: string;
}

// Segments judged in one statement: enough to save round trips, few enough for its plan to stay small.
const atOnce = 20;

/**
 * Brings the asked memberships in line with their conditions at the clock's now, tells what changed, and plans the next flips.
 * Segments that others ask for come first, so that nobody enters the later ones by an old answer.
 */
export async function settle(tx: Tx, kept: readonly Kept[], asked: Asked, how: How): Promise<void> {
  const all: Moved[] = [];
  for (const [, level] of Map.groupBy(kept, (k) => k.level)) {
    const here = level.filter((k) => asked.has(k.id));
    for (let i = 0; i < here.length; i += atOnce) {
      const moved = await judge(tx, here.slice(i, i + atOnce), asked, how);
      all.push(...moved);
      for (const m of moved)
        for (const later of kept) if (later.needs.has(m.segment_id)) ask(asked, later.id, m.contact_id, m.id);
    }
  }
  await planFlips(tx, kept, asked);
  const counts = Map.groupBy(all, (m) => m.segment_id);
  for (const [id, moves] of counts) {
    const came = moves.filter((m) => m.name === "segment.entered").length;
    await tally(tx, id, came, moves.length - came);
  }
}

async function judge(tx: Tx, segments: readonly Kept[], asked: Asked, how: How): Promise<Moved[]> {
  const pairs = segments.flatMap((s) =>
    [...asked.get(s.id)!].map(([contact_id, fact]) => ({ s: s.id, contact_id, fact })),
  );
  const params: unknown[] = [
    pairs.map((p) => p.s),
    pairs.map((p) => p.contact_id),
    pairs.map((p) => p.fact),
    tx.clock(),
    how,
  ];
  const met = segments.map((s) => {
    params.push(s.id, [...asked.get(s.id)!.keys()]);
    const at = params.length;
    return `select $${at - 1}::uuid as segment_id, t.id as contact_id from contacts t where t.id = any($${at}::uuid[]) and t.deleted_at is null and ${testOf(tx, s.condition, params)}`;
  });
  const withs = `
    asked as (select * from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as a (segment_id, contact_id, caused_by)),
    met as materialized (${met.join(" union all ")}),
    came as (insert into segment_members (segment_id, contact_id, entered_at) select segment_id, contact_id, $4::timestamptz from met
                 on conflict do nothing returning segment_id, contact_id),
    gone as (delete from segment_members m using asked a where m.segment_id = a.segment_id and m.contact_id = a.contact_id
                and not exists (select from met where met.segment_id = m.segment_id and met.contact_id = m.contact_id) returning m.segment_id, m.contact_id),
    told as (${toldOf("a.caused_by", "$5", "left join asked a on a.segment_id = w.segment_id and a.contact_id = w.contact_id")})`;
  return recordFrom<Moved>(
    tx,
    withs,
    params,
    "select id, name, contact_id, payload ->> 'segment_id' as segment_id from written",
  );
}

/** The condition as SQL over contacts t; pushes its values on params. */
export const testOf = (tx: Tx, condition: Condition, params: unknown[]): string =>
  conditionSql(condition, contact, { objects: objectNamed, now: tx.clock(), alias: "t", params });

/** The facts that tell of rows of came and gone. */
export const toldOf = (cause: string, how: string, join = ""): string => `
  select w.name, w.contact_id, c.account_id, ${cause} as caused_by, jsonb_build_object('segment_id', s.id, 'name', s.name, 'how', ${how}::text) as payload
    from (select 'segment.entered' as name, segment_id, contact_id from came union all select 'segment.left', segment_id, contact_id from gone) w
    join segments s on s.id = w.segment_id join contacts c on c.id = w.contact_id ${join}`;

/** Counts who came and went: the segment's size and its day. */
export async function tally(tx: Tx, id: string, came: number, went: number): Promise<void> {
  if (came === 0 && went === 0) return;
  await sql`update segments set member_count = member_count + ${came - went}::int where id = ${id}`.execute(tx.db);
  await sql`
    insert into segment_days (segment_id, day, came, went) values (${id}, (${tx.clock()}::timestamptz at time zone ${tx.workspace.time_zone})::date, ${came}, ${went})
        on conflict (segment_id, day) do update set came = segment_days.came + excluded.came, went = segment_days.went + excluded.went`.execute(
    tx.db,
  );
}

/** Counts the members of these segments anew: contacts in the trash are not counted. */
export const recount = async (tx: Tx, ids: readonly string[]): Promise<void> =>
  void (await sql`
    update segments s set member_count = (select count(*) from segment_members m join contacts c on c.id = m.contact_id and c.deleted_at is null where m.segment_id = s.id)
     where s.id = any(${ids})`.execute(tx.db));
