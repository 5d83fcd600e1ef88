import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { holds, type Condition, type Verdict } from "#kernel/condition";
import { newId } from "#kernel/id";
import { Refused } from "#kernel/refusal";
import { templateSchema, testDatabase, type TestDatabase } from "../../../test/database.ts";
import { conditionSql, customIndexes, foldSql, loadSubjects, type Run } from "./index.ts";
import { judge } from "../why/why.ts";
import { arbitraries, objectNamed, tables } from "./world.ts";

let database: TestDatabase;
let client: pg.Client;
const run: Run = async (sql, params) => (await client.query<Record<string, unknown>>(sql, params)).rows;

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  // A session elsewhere on earth: no answer may depend on where the server thinks it is. Compiling each odd query would take longer than running it.
  await client.query(
    `set search_path to ${templateSchema}, public; set time zone 'Pacific/Auckland'; set jit = off; ${tables}`,
  );
});

afterAll(async () => {
  await client.end();
  await database.close();
});

const insert = (table: string, row: Record<string, unknown>): Promise<unknown> =>
  run(`insert into ${table} (${Object.keys(row).join(", ")}) values (${Object.keys(row).map((_, i) => `$${i + 1}`).join(", ")})`, Object.values(row)); // prettier-ignore

async function insertFact(
  by: string,
  subject: string,
  { withdrawn, ...fact }: { withdrawn: boolean; name: string; occurred_at: string; payload: object },
) {
  const id = newId();
  await insert("facts", { ...fact, id, [by]: subject, actor_kind: "system", actor_name: "test", epoch: 1 });
  if (withdrawn) await insert("fact_withdrawals", { fact_id: id, withdrawn_by: id });
}

/** 40 people of 5 firms with deals and facts, all drawn from the seed. */
async function inventWorld(seed: number): Promise<Date> {
  const day = 86_400_000;
  const now = new Date(Date.now() + (seed % 700) * day + (seed % 86_399) * 1000 + (seed % 1000));
  const a = arbitraries(now);
  let draws = 0;
  const draw = <T>(arbitrary: fc.Arbitrary<T>, count: number): T[] =>
    fc.sample(arbitrary, { seed: seed + (draws += 1), numRuns: count });
  await run("truncate test_members, test_consents, test_people, test_firms, test_deals, facts, fact_withdrawals", []);
  for (const [i, row] of draw(a.firm, a.firmIds.length).entries()) {
    await insert("test_firms", { ...row, id: a.firmIds[i] });
    for (const fact of draw(a.fact, i)) await insertFact("account_id", a.firmIds[i]!, fact);
  }
  for (const [i, row] of draw(a.person, 40).entries()) {
    const id = newId();
    await insert("test_people", { ...row, id });
    for (const segment_id of draw(fc.subarray(a.segmentIds), 1)[0]!)
      await insert("test_members", { person_id: id, segment_id });
    for (const consent of draw(
      fc.uniqueArray(a.consent, { maxLength: 3, selector: (c) => c.channel + c.purpose }),
      1,
    )[0]!)
      await insert("test_consents", { person_id: id, ...consent });
    for (const each of draw(a.deal, i % 4)) await insert("test_deals", { ...each, id: newId(), person_id: id });
    for (const fact of draw(a.fact, i % 9)) await insertFact("contact_id", id, fact);
  }
  return now;
}

/** Where SQL and TypeScript differ, and how many were true. */
async function compare(
  condition: Condition,
  object: string,
  now: Date,
): Promise<{ differ: string[]; met: number; missed: number }> {
  const description = objectNamed(object);
  const params: unknown[] = [];
  const sql = conditionSql(condition, description, { objects: objectNamed, now, alias: "s", params });
  const rows = await run(`select s.id, (${sql}) as truth from ${description.table} s order by s.id`, params);
  const ids = rows.map((row) => String(row["id"]));
  const subjects = await loadSubjects(run, [condition], description, ids, objectNamed);
  expect(subjects.map((s) => s.id)).toEqual(ids);
  const wrong = rows.flatMap((row, i) => {
    const subject = subjects[i]!;
    const truth = holds(condition, subject, now);
    return row["truth"] === truth
      ? []
      : [`sql ${String(row["truth"])}, typescript ${truth}: ${JSON.stringify(subject)}`];
  });
  const met = rows.filter((row) => row["truth"] === true).length;
  return { differ: wrong.slice(0, 2), met, missed: rows.length - met };
}

test("SQL and TypeScript agree on every subject of invented worlds", { timeout: 240_000 }, async () => {
  let told = 0;
  let count = 0;
  for (let world = 0; world < 4; world += 1) {
    const seed = Number(process.env["CONDITION_SEED"] ?? Math.floor(Math.random() * 1_000_000)) + world;
    const now = await inventWorld(seed);
    const a = arbitraries(now);
    const question = fc.oneof(
      { weight: 4, arbitrary: a.condition("person", 2).map((condition) => ({ condition, object: "person" })) },
      { weight: 1, arbitrary: a.condition("firm", 2).map((condition) => ({ condition, object: "firm" })) },
      { weight: 1, arbitrary: a.condition("deal", 1).map((condition) => ({ condition, object: "deal" })) },
    );
    await fc.assert(
      fc.asyncProperty(question, async ({ condition, object }) => {
        const { differ, met, missed } = await compare(condition, object, now);
        expect(differ, `CONDITION_SEED=${seed} now=${now.toISOString()}`).toEqual([]);
        count += 1;
        if (met > 0 && missed > 0) told += 1;
      }),
      { numRuns: Number(process.env["CONDITION_RUNS"] ?? 250), seed },
    );
  }
  // A property over conditions that are always true or always false would prove little.
  expect(told / count).toBeGreaterThan(0.3);
});

const agrees = (verdict: Verdict): boolean => {
  const { node, truth, children } = verdict;
  const below = children.map((child) => child.truth);
  const said = "all" in node ? below.every(Boolean) : "any" in node ? below.some(Boolean) : "not" in node ? !below[0] : truth; // prettier-ignore
  return said === truth && children.every(agrees);
};

test("why says of every record what the list says, and each of its lines adds up", { timeout: 240_000 }, async () => {
  const seed = Number(process.env["CONDITION_SEED"] ?? Math.floor(Math.random() * 1_000_000));
  const now = await inventWorld(seed);
  const [person, ids] = [objectNamed("person"), (await run("select id from test_people order by id limit 6", [])).map((row) => String(row["id"]))]; // prettier-ignore
  await fc.assert(
    fc.asyncProperty(arbitraries(now).condition("person", 3), fc.constantFrom(...ids), async (condition, id) => {
      const judged = await judge(run, condition, person, objectNamed, { id, now });
      const params: unknown[] = [id];
      const sql = conditionSql(condition, person, { objects: objectNamed, now, alias: "s", params });
      const [row] = await run(`select (${sql}) as truth from test_people s where s.id = $1::uuid`, params);
      expect(judged?.verdict.truth, `CONDITION_SEED=${seed} ${JSON.stringify(condition)}`).toBe(row?.["truth"]);
      expect(agrees(judged!.verdict)).toBe(true);
    }),
    { numRuns: 150, seed },
  );
});

test("an index on the documented expression serves equality, beginnings and lists, own and custom", async () => {
  await inventWorld(1);
  await run(`create index test_by_name on test_people ((${foldSql("name")}))`, []);
  for (const { name } of objectNamed("person").fields.filter((f) => f.name.startsWith("custom.")))
    for (const index of customIndexes(objectNamed("person").fields.find((f) => f.name === name)!))
      await run(`create index "${name}_${index.name}" on test_people (${index.on})`, []);
  await run("create index test_by_paid on test_people (paid)", []);
  await run(
    `insert into test_people (id, name, lane, paid, custom)
     select gen_random_uuid(), 'name ' || i, 'slow', i, jsonb_build_object('rank', i, 'note', 'tier ' || i, 'day', to_char(date '2020-01-01' + i, 'YYYY-MM-DD'))
       from generate_series(1, 5000) i`,
    [],
  );
  await run(
    `insert into facts (id, name, occurred_at, contact_id, actor_kind, actor_name, payload, epoch)
     select gen_random_uuid(), 'order.placed', now() - interval '1 hour' * (random() * 1000), id, 'system', 'test', '{}', 1 from test_people, generate_series(1, 3)`,
    [],
  );
  await run("analyze test_people, facts", []);
  const someone = (await run("select id from test_people limit 1", []))[0]!["id"] as string;
  const now = new Date();
  const planOf = async (condition: Condition): Promise<string> => {
    const params: unknown[] = [];
    const sql = conditionSql(condition, objectNamed("person"), { objects: objectNamed, now, alias: "s", params });
    return JSON.stringify(
      await run(`explain select 1 from test_people s where s.deleted_at is null and ${sql}`, params),
    );
  };
  const plans: [Condition, string][] = [
    [{ field: "name", op: "is", value: "Éa" }, "test_by_name"],
    [{ field: "name", op: "starts_with", value: "ab" }, "test_by_name"],
    [
      {
        all: [
          { field: "name", op: "in", value: ["a", "b"] },
          { field: "lane", op: "is_set" },
        ],
      },
      "test_by_name",
    ],
    [{ field: "custom.note", op: "is", value: "gold" }, "custom.note_find"],
    [{ field: "custom.note", op: "starts_with", value: "gold" }, "custom.note_find"],
    [{ field: "custom.rank", op: "gte", value: 4900 }, "custom.rank_sort"],
    [{ field: "custom.day", op: "gte", value: "2033-01-01" }, "custom.day_sort"],
    [{ field: "custom.club", op: "is", value: someone }, "custom.club_find"],
    [{ field: "paid", op: "between", value: [1, 5] }, "test_by_paid"],
    [
      {
        all: [
          { field: "id", op: "is", value: someone },
          { fact: "order.placed", within: { last: { n: 9, unit: "day" } } },
        ],
      },
      "facts_by_contact_name",
    ],
  ];
  for (const [condition, index] of plans) {
    const plan = await planOf(condition);
    expect(plan, plan).toContain(index);
    expect(plan).toContain("Index Cond");
  }
});

test("what is not described is refused, and no text of the asker becomes SQL", () => {
  const sqlOf = (condition: Condition, object = "person"): string =>
    conditionSql(condition, objectNamed(object), { objects: objectNamed, now: new Date(), alias: "s", params: [] });
  const wrong: [Condition, string?][] = [
    [{ field: "password", op: "is_set" }],
    [{ field: "firm.password", op: "is_set" }],
    [{ field: "custom.x' or true --", op: "is", value: "a" }],
    [{ fact: "order.placed", where: { field: "a'b", op: "is", value: "a" } }],
    [{ fact: "order.placed", where: { related: "deals", has: "some" } }],
    [{ fact: "order.placed", within: { since_field: "name" } }],
    [{ fact: "order.placed" }, "deal"],
    [{ field: "visits", op: "contains", value: "1" }],
    [{ field: "name", op: "is", value: "a\u0000" }],
    [{ related: "pets", has: "none" }],
    [{ consent: "horoscopes", is: true }],
    [{ consent: "newsletter", is: true }, "firm"],
  ];
  for (const [condition, object] of wrong)
    expect(() => sqlOf(condition, object), JSON.stringify(condition)).toThrow(Refused);
  expect(sqlOf({ field: "name", op: "is", value: "'; drop table facts; --" })).not.toContain("drop");
});
