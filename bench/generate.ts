import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { from as copyFrom } from "pg-copy-streams";
import type { PoolClient } from "pg";
import { newId } from "#kernel/id";
import type { Database } from "#platform/postgres";

/*
 * Fills a workspace by COPY: the same rows for the same numbers, plausible enough for plans and statistics to be real.
 * Indexes of the big tables are dropped while loading and built again after; 20,000,000 facts take minutes, not hours.
 */
export interface Wanted {
  contacts: number;
  facts: number;
}

const given =
  "Ana Bo Cleo Priya Sam Mira Tom Sara Ida Emil Ines Marek Yuki Lena Omar Ava Noah Chen Liam Zoe Nils Rosa Hugo Maya Ivan Elsa Juan Noor Finn Lucy".split(
    " ",
  );
const family =
  "Ruiz Lind Okafor Kim Moreau Weber Lund Braun Ortiz Patel Tanaka Meyer Haddad Kaya Silva Novak Rossi Dubois Jensen Costa Evans Khan Sato Popa Horvat Bauer Leroy Mendez Virtanen Oduya".split(
    " ",
  );
const countries = ["Germany", "France", "Spain", "United Kingdom", "Sweden", "Italy", "Netherlands", "Poland"];
const stageNames = [
  "identified",
  "subscriber",
  "lead",
  "opportunity",
  "customer",
  "active",
  "loyal",
  "advocate",
  "at_risk",
  "lapsed",
  "won_back",
];
const day = 86_400_000;
// A fixed end makes the same numbers give the same rows.
const end = Date.UTC(2026, 10, 1);

/** A small, fast, seeded generator (mulberry32); 0 <= x < 1. */
export function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
const pick = <T>(list: readonly T[], x: number): T => list[Math.floor(x * list.length)]!;

interface Planned {
  id: string;
  account: string;
  stage: string;
  created: number;
  orders: number;
}

/** Generates accounts (a fifth of the contacts), contacts, four moves each and facts; answers the rows written. */
export async function generate(
  database: Database,
  schema: string,
  wanted: Wanted,
  say: (line: string) => void = () => {},
): Promise<Wanted> {
  const client = await database.client(schema);
  try {
    await client.query("set statement_timeout = 0");
    const dropped = await dropIndexes(client);
    await client.query("set maintenance_work_mem = '1GB'");
    await hire(client, schema);
    const accounts = Array.from({ length: Math.max(1, Math.floor(wanted.contacts / 5)) }, () => newId(end));
    const plans: Planned[] = [];
    await copy(
      client,
      "accounts (id, name, domain, country, owner_id, lifecycle_stage, lifecycle_since, created_at, updated_at)",
      accountLines(accounts),
    );
    say(`${accounts.length} accounts`);
    const perContact = wanted.facts / wanted.contacts;
    await copy(
      client,
      "contacts (id, name, given_name, family_name, email, account_id, owner_id, country, city, source, lifecycle_stage, lifecycle_since, order_count, paid_total, first_order_at, last_order_at, custom, created_at, updated_at)",
      contactLines(wanted.contacts, accounts, perContact, plans),
    );
    say(`${wanted.contacts} contacts`);
    say(`${await addOpportunities(client, accounts.length)} opportunities`);
    const moves = await copy(
      client,
      "lifecycle_transitions (id, subject, subject_id, from_stage, to_stage, at, rule_version, rule, evidence, by_time, reason, fact_id)",
      moveLines(plans),
    );
    say(`${moves} moves`);
    const written = await copy(
      client,
      "facts (id, name, occurred_at, recorded_at, contact_id, account_id, actor_kind, actor_name, payload, epoch)",
      factLines(plans, wanted.facts),
    );
    say(`${written} facts`);
    for (const definition of dropped) await client.query(definition);
    say(`${dropped.length} indexes`);
    // The generated facts are history that the generated traits already tell of.
    await client.query(
      "insert into consumers (name, epoch, tx, seq) select 'lifecycle', epoch, tx, seq from facts order by epoch desc, tx desc, seq desc limit 1 on conflict (name) do update set epoch = excluded.epoch, tx = excluded.tx, seq = excluded.seq",
    );
    for (const table of filled) await client.query(`vacuum analyze ${table}`);
    return { contacts: wanted.contacts, facts: written };
  } finally {
    await client.query("reset maintenance_work_mem");
    client.release();
  }
}

const filled = ["accounts", "contacts", "opportunities", "search_entries", "lifecycle_transitions", "facts"] as const;

/** A hundred people whose customers these are; each has about seven in a thousand, and three in ten are nobody's. */
export const staffId = (n: number): string => `01900000-0000-7000-8000-${(0xb0000 + n).toString(16).padStart(12, "0")}`;
const staffCount = 100;
const ownerOf = (x: number): string => (x < 0.3 ? "\\N" : staffId(Math.floor(((x - 0.3) / 0.7) * staffCount)));

async function hire(client: PoolClient, schema: string): Promise<void> {
  await client.query(
    `insert into rondo.users (id, name, email) select id, 'Person ' || n, n || '.staff@bench.example' from unnest($1::uuid[]) with ordinality s(id, n)`,
    [Array.from({ length: staffCount }, (_, n) => staffId(n))],
  );
  await client.query(
    "insert into rondo.members (workspace_id, user_id, role) select w.id, u.id, 'agent' from rondo.workspaces w, rondo.users u where w.schema = $1 and u.email like '%.staff@bench.example'",
    [schema],
  );
}

/** As many opportunities as accounts, each of a contact and with that contact's owner. */
async function addOpportunities(client: PoolClient, n: number): Promise<number> {
  const { rowCount } = await client.query(
    `insert into opportunities (id, name, contact_id, account_id, owner_id, pipeline_id, stage_id, currency, amount, base_amount, probability, stage_since, touched_at, created_at, updated_at)
     select gen_random_uuid(), c.city || ' jars for ' || c.name, c.id, c.account_id, c.owner_id, s.pipeline_id, s.id, 'EUR', c.paid_total, c.paid_total, 50, c.created_at, c.created_at, c.created_at, c.created_at
       from (select * from contacts where source = 'generated' order by id limit $1) c
      cross join (select s.id, s.pipeline_id from pipeline_stages s join pipelines p on p.id = s.pipeline_id and p.is_default where s.category = 'open' order by s.position limit 1) s`,
    [n],
  );
  return rowCount ?? 0;
}

async function dropIndexes(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexname as name, i.indexdef as definition from pg_indexes i
      where i.schemaname = current_schema() and i.tablename = any($1)
        and not exists (select from pg_constraint c where c.conname = i.indexname)`,
    [filled],
  );
  for (const { name } of rows) await client.query(`drop index "${name}"`);
  return rows.map((r) => r.definition);
}

async function copy(client: PoolClient, target: string, lines: Iterable<string>): Promise<number> {
  const stream = client.query(copyFrom(`copy ${target} from stdin`));
  await pipeline(Readable.from(inChunks(lines)), stream);
  return stream.rowCount ?? 0;
}

/** Joins lines to pieces of about 64 KB: one write for each line would cost more than the line. */
function* inChunks(lines: Iterable<string>): Generator<string> {
  let chunk = "";
  for (const line of lines) {
    chunk += line;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk) yield chunk;
}

function* accountLines(ids: readonly string[]): Generator<string> {
  const random = seeded(7);
  for (const [i, id] of ids.entries()) {
    const at = iso(end - random() * 1000 * day);
    yield `${id}\t${pick(family, random())} & ${pick(family, random())} ${i}\taccount${i}.example\t${pick(countries, random())}\t${ownerOf(random())}\t${pick(stageNames, random())}\t${at}\t${at}\t${at}\n`;
  }
}

function* contactLines(
  n: number,
  accounts: readonly string[],
  perContact: number,
  plans: Planned[],
): Generator<string> {
  const random = seeded(11);
  for (let i = 0; i < n; i++) {
    const [first, last] = [pick(given, random()), pick(family, random())];
    const created = end - Math.floor((0.1 + 0.9 * random()) * 1000 * day);
    const orders = Math.floor(random() ** 3 * perContact);
    const id = newId(created);
    const account = pick(accounts, random());
    const stage = pick(stageNames, random());
    plans.push({ id, account, stage, created, orders });
    const lastOrder = orders ? iso(created + (end - created) * random()) : "\\N";
    yield `${id}\t${first} ${last}\t${first}\t${last}\t${first}.${last}.${i}@mail.example\t${account}\t${ownerOf(random())}\t${pick(countries, random())}\tTown ${i % 500}\tgenerated\t${stage}\t${iso(created)}\t${orders}\t${orders * Math.floor(random() * 20_000)}\t${orders ? iso(created) : "\\N"}\t${lastOrder}\t{"tier": "${pick(["gold", "silver", "bronze"], random())}", "points": ${i % 1000}}\t${iso(created)}\t${iso(created)}\n`;
  }
}

/** Known, customer, active, and where they stand now, spread over the time since they became known. */
function* moveLines(plans: readonly Planned[]): Generator<string> {
  for (const c of plans) {
    const stages = ["\\N", "identified", "customer", "active", c.stage];
    for (let i = 1; i < stages.length; i++) {
      const at = c.created + ((end - c.created) * (i - 1)) / 4;
      yield `${newId(Math.floor(at))}\tcontact\t${c.id}\t${stages[i - 1]}\t${stages[i]}\t${iso(at)}\t1\tgenerated\t{}\tf\tgenerated\t${newId(end)}\n`;
    }
  }
}

const otherFacts = ["page.visited", "campaign.clicked", "newsletter.subscribed", "form.submitted", "survey.sent"];
const payloads: Record<string, string> = {
  "page.visited": '{"title": "Pricing"}',
  "campaign.clicked": '{"campaign": "Autumn jars"}',
  "newsletter.subscribed": '{"list": "News"}',
  "form.submitted": '{"form": "Demo"}',
  "survey.sent": '{"survey": "Delivery"}',
};

function* factLines(plans: readonly Planned[], n: number): Generator<string> {
  const random = seeded(13);
  for (let i = 0; i < n; i++) {
    const c = plans[i % plans.length]!;
    const nth = Math.floor(i / plans.length);
    const at = c.created + ((end - c.created) * (nth + random())) / Math.max(1, n / plans.length);
    const isOrder = nth > 0 && nth <= c.orders;
    const name =
      nth === 0 ? "contact.created" : isOrder ? (nth % 2 ? "order.placed" : "order.paid") : pick(otherFacts, random());
    const payload =
      nth === 0
        ? '{"name": "x", "source": "generated"}'
        : isOrder
          ? orderPayload(i, Math.floor(random() * 20_000))
          : payloads[name]!;
    // Ids in the order of recording, as an import gives them: 2,000 within one millisecond.
    yield `${newId(end + Math.floor(i / 2000))}\t${name}\t${iso(at)}\t${iso(at)}\t${c.id}\t${c.account}\tsystem\tgenerator\t${payload}\t1\n`;
  }
}

const orderPayload = (i: number, amount: number): string =>
  `{"order_id": "01900000-0000-7000-8000-${i.toString(16).padStart(12, "0")}", "number": "G${i}", "amount": ${amount}, "currency": "EUR", "base_amount": ${amount}, "lines": 2}`;
