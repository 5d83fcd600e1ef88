import { sql } from "kysely";
import { DateTime } from "luxon";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { Rules, RulesSaid } from "./rules.ts";

export interface Program {
  id: string;
  name: string;
  zone: string;
  started_at: Date;
  active: boolean;
  /** Grows with every change of the programme; its rules have versions of their own. */
  version: number;
  rules: Rules;
  versions: Map<number, Rules>;
}

interface Row extends Omit<Program, "rules" | "versions"> {
  rules: number;
  versions: Rules[];
}

/** The workspace's programme with all versions of its rules; null when none was started. */
export async function programOf(ctx: Ctx): Promise<Program | null> {
  const { rows } = await sql<Row>`
    select id, name, zone, started_at, active, version, rules, (select json_agg(r.said || jsonb_build_object('version', r.version)) from loyalty_rules r) as versions
      from loyalty_programs`.execute(ctx.db);
  if (!rows[0]) return null;
  const versions = new Map(rows[0].versions.map((r) => [r.version, r]));
  return { ...rows[0], versions, rules: versions.get(rows[0].rules)! };
}

export interface ProgramSaid {
  name: string;
  zone: string;
  rules: RulesSaid;
  started_at?: Date;
}

function checkZone(zone: string): void {
  if (!DateTime.now().setZone(zone).isValid) throw invalid("zone", "There is no such time zone.");
}

/** Starts the programme: orders paid from now on earn. Refused when there is one. */
export const startProgram = (ctx: Ctx | Tx, said: ProgramSaid): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    checkZone(said.zone);
    // Two who start at once start one.
    await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/loyalty'))`.execute(tx.db);
    if (await programOf(tx)) throw new Refused("conflict", "loyalty.started", "There is a programme already.");
    const version = await writeRules(tx, said.rules);
    const id = newId();
    await sql`
      insert into loyalty_programs (id, name, zone, started_at, rules) values (${id}, ${said.name}, ${said.zone}, ${said.started_at ?? tx.clock()}, ${version})`.execute(tx.db);
    return id;
  }); // prettier-ignore

async function writeRules(tx: Tx, said: RulesSaid): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    insert into loyalty_rules (version, said, since, by_name) select coalesce(max(version), 0) + 1, ${JSON.stringify(said)}::jsonb, ${tx.clock()}, ${tx.actor.name} from loyalty_rules
    returning version`.execute(tx.db);
  return rows[0]!.version;
}

/** Changes the programme; new rules are a new version, and hold for what is earned and spent from now on. Refused when somebody changed it since `version`. */
export const changeProgram = (ctx: Ctx | Tx, said: { version: number; name?: string | undefined; active?: boolean | undefined; rules?: RulesSaid | undefined }): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<{ rules: number; version: number }>`select rules, version from loyalty_programs for update`.execute(tx.db);
    if (!rows[0]) throw notFound("programme");
    if (rows[0].version !== said.version) throw new Refused("stale", "record.stale", "Somebody changed the programme since you opened it.");
    const rules = said.rules ? await writeRules(tx, said.rules) : rows[0].rules;
    await sql`
      update loyalty_programs set name = coalesce(${said.name ?? null}, name), active = coalesce(${said.active ?? null}, active), rules = ${rules}, version = version + 1`.execute(tx.db);
  }); // prettier-ignore
