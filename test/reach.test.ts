import * as fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { newId } from "#kernel/id";
import { taskType } from "#convert/activities";
import { order } from "#deliver/orders";
import { accountType, contactType } from "#customers";
import type { Ctx, Scope, Verb } from "#platform/context";
import { countRecords, createRecord, listRecords, type ObjectDescription, type Page } from "#records";
import { mustReach, withinReach } from "../src/records/access/see.ts";
import { saveTerritory } from "../src/records/access/territories.ts";
import { makeRole } from "../src/records/access/roles.ts";
import { asNow, colleague } from "./access-world.ts";
import { databaseForTest } from "./database.ts";

/*
 * How far a role reaches, said a second time in plain words over plain data, for companies drawn by chance: the list, the count, the
 * check of many and the check of one must all say the same as these words.
 */
interface Row {
  object: string;
  id: string;
  owner: string | null;
  /** The customers it belongs to. */
  of: Row[];
  city: string | null;
  shares: { to: string; edit: boolean }[];
  private: boolean;
}
interface Role {
  grants: Record<string, Partial<Record<Verb, Scope>>>;
  colleagues: ReadonlySet<string>;
  below: ReadonlySet<string>;
  /** Me and my teams: whom shares name. */
  me: ReadonlySet<string>;
  person: string;
  /** The cities of my territories, by object. */
  cities: Record<string, ReadonlySet<string>>;
}
const plurals: Record<string, string> = { contact: "contacts", account: "accounts", task: "tasks", order: "orders" };
const owned = new Set(["contact", "account", "task"]);

const isShared = (r: Role, row: Row, edit: boolean): boolean =>
  row.shares.some((s) => r.me.has(s.to) && (s.edit || !edit));
const inTerritory = (r: Role, row: Row): boolean =>
  (row.city !== null && (r.cities[row.object]?.has(row.city) ?? false)) || row.of.some((c) => inTerritory(r, c));
function inScope(r: Role, row: Row, scope: Scope): boolean {
  if (scope === "all") return true;
  if (!owned.has(row.object)) return row.of.some((c) => inScope(r, c, scope) || isShared(r, c, false));
  if (scope === "territory" && inTerritory(r, row)) return true;
  const whose = scope === "team" ? r.colleagues : scope === "subordinates" ? r.below : new Set([r.person]);
  return row.owner !== null && whose.has(row.owner);
}
function reaches(r: Role, row: Row, verb: Verb): boolean {
  const scopeOf = (v: Verb): Scope => r.grants[plurals[row.object]!]?.[v] ?? "none";
  const may = (v: Verb): boolean =>
    scopeOf(v) !== "none" &&
    ((inScope(r, row, scopeOf(v)) && (!row.private || row.owner === r.person)) ||
      (v !== "delete" && isShared(r, row, v === "update")));
  return may("read") && may(verb);
}

const scope = fc.constantFrom<Scope>("none", "own", "team", "subordinates", "territory", "all");
const of3 = fc.nat({ max: 2 });
const some = <T>(one: fc.Arbitrary<T>, n: number): fc.Arbitrary<T[]> => fc.array(one, { minLength: n, maxLength: n });
const verbs = ["read", "update", "delete", "export"] as const;
const company = fc.record({
  grants: some(some(scope, 4), 4),
  owners: some(fc.option(of3), 8),
  /** Teams: who is in North and in South. */
  teams: some(fc.subarray([0, 1, 2]), 2),
  /** Everybody reports to somebody before them, or to nobody: no circles. */
  lines: fc.tuple(fc.constantFrom(null, 0), fc.constantFrom(null, 0, 1)),
  links: some(fc.tuple(fc.option(fc.nat({ max: 2 })), fc.option(fc.nat({ max: 1 }))), 6),
  cities: some(fc.constantFrom("Kiel", "Bonn", null), 5),
  territories: fc.array(fc.record({ object: fc.constantFrom("contact" as const, "account" as const), city: fc.constantFrom("Kiel", "Bonn"), to: fc.constantFrom(0, 1, "n", "s") }), { maxLength: 2 }),
  shares: fc.array(fc.record({ row: fc.nat({ max: 10 }), to: fc.constantFrom(0, 1, "n", "s"), edit: fc.boolean() }), { maxLength: 4 }),
  private: fc.array(fc.nat({ max: 7 }), { maxLength: 2 }),
}); // prettier-ignore

test("list, count and the check of one record say what a role's words say, for any roles, teams, lines, territories, shares and private marks", async () => {
  const t = await databaseForTest();
  const boss = t.ctx();
  const id = await makeRole(boss, { name: "By chance", base: "agent", grants: {}, fields: {} });
  const people = await Promise.all(["Mira", "Tom", "Sara"].map((name) => colleague(t, name, { id })));
  const [north, south] = [newId(), newId()];
  await sql`insert into teams (id, name) values (${north}, 'North'), (${south}, 'South')`.execute(boss.db);
  const whoIs = (who: number | string): string => who === "n" ? north : who === "s" ? south : people[Number(who)]!.actor.id!; // prettier-ignore
  // Three contacts, two accounts, three tasks, three orders; the draw says whose they are.
  const rows: Row[] = [];
  const made = (object: string, key: string): Row => {
    const row = { object, id: key, owner: null, of: [], city: null, shares: [], private: false };
    rows.push(row);
    return row;
  };
  for (let i = 0; i < 3; i++) made("contact", (await createRecord(boss, contactType, { name: `C${i}` })).id);
  for (let i = 0; i < 2; i++) made("account", (await createRecord(boss, accountType, { name: `A${i}` })).id);
  for (let i = 0; i < 3; i++) made("task", (await createRecord(boss, taskType, { title: `T${i}` })).id);
  for (let i = 0; i < 3; i++) {
    const key = made("order", newId()).id;
    await sql`insert into orders (id, number, currency, placed_at) values (${key}, ${`Q${i}`}, 'EUR', now())`.execute(boss.db); // prettier-ignore
  }
  const [contacts, accounts] = [rows.slice(0, 3), rows.slice(3, 5)];
  const objects: Record<string, ObjectDescription> = { contact: contactType.object, account: accountType.object, task: taskType.object, order }; // prettier-ignore
  const all = Object.entries(objects);

  const said = async (draw: typeof company extends fc.Arbitrary<infer T> ? T : never): Promise<void> => {
    const grants = Object.fromEntries(all.map(([name], o) => [plurals[name]!, Object.fromEntries(verbs.map((v, i) => [v, draw.grants[o]![i]!]))])); // prettier-ignore
    rows.forEach((row, i) => {
      row.owner = owned.has(row.object) && draw.owners[i] != null ? whoIs(draw.owners[i]) : null;
      row.city = i < 5 ? draw.cities[i]! : null;
      row.shares = draw.shares.filter((s) => s.row === i).map((s) => ({ to: whoIs(s.to), edit: s.edit }));
      row.private = owned.has(row.object) && draw.private.includes(i);
      const [contact, account] = i < 5 ? [null, null] : draw.links[i - 5]!;
      row.of = [...(contact === null ? [] : [contacts[contact]!]), ...(account === null ? [] : [accounts[account]!])];
    });
    // A contact belongs to a company as well.
    contacts.forEach((row, i) => (row.of = draw.links[i]![1] === null ? [] : [accounts[draw.links[i]![1]]!]));
    await save(boss, rows, { id, grants, people, draw, north, south, whoIs });
    const me = people[0]!;
    const mine = [["n", north], ["s", south]].filter((_, i) => draw.teams[i]!.includes(0)).map(([, team]) => team!); // prettier-ignore
    const inMine = new Set(mine.flatMap((team) => draw.teams[team === north ? 0 : 1]!.map(whoIs)));
    const below = new Set([whoIs(0)]);
    if (draw.lines[0] === 0) below.add(whoIs(1));
    if (draw.lines[1] !== null && below.has(whoIs(draw.lines[1]))) below.add(whoIs(2));
    const person = me.actor.id!;
    const held = draw.territories.filter((one) => whoIs(one.to) === person || mine.includes(whoIs(one.to)));
    const cities = Object.fromEntries(["contact", "account"].map((o) => [o, new Set(held.filter((h) => h.object === o).map((h) => h.city))])); // prettier-ignore
    const role: Role = { grants, person, colleagues: new Set([person, ...inMine]), below, me: new Set([person, ...mine]), cities }; // prettier-ignore
    const ctx = await asNow(me);
    for (const [name, object] of all) {
      const own = rows.filter((r) => r.object === name);
      for (const verb of verbs) {
        const expected = own.filter((r) => reaches(role, r, verb)).map((r) => r.id);
        expect([name, verb, [...(await withinReach(ctx, object, own.map((r) => r.id), verb))].toSorted()]).toEqual([name, verb, expected.toSorted()]); // prettier-ignore
      }
      const seen = own.filter((r) => reaches(role, r, "read")).map((r) => r.id);
      const listed = JSON.parse((await listRecords(ctx, object, { limit: 50 })).json) as Page<{ id: string }>;
      expect([name, listed.items.map((i) => i.id).toSorted()]).toEqual([name, seen.toSorted()]);
      expect((await countRecords(ctx, object, {})).count).toBe(seen.length);
      // One of each, by itself: not there, or there and not for this act.
      const one = own[0]!;
      const answer = await mustReach(ctx, object, one.id, "update").then(() => "done", (e: { code: string }) => e.code); // prettier-ignore
      expect(answer).toBe(reaches(role, one, "update") ? "done" : reaches(role, one, "read") ? "record.not-yours" : `${name}.not-found`); // prettier-ignore
    }
  };
  await fc.assert(fc.asyncProperty(company, said), { numRuns: 40 });
}, 120_000);

interface Saving {
  id: string;
  grants: Role["grants"];
  people: Ctx[];
  draw: typeof company extends fc.Arbitrary<infer T> ? T : never;
  north: string;
  south: string;
  whoIs: (who: number | string) => string;
}

/** Makes the company what was drawn. */
async function save(boss: Ctx, rows: readonly Row[], { id, grants, draw, north, south, whoIs }: Saving): Promise<void> {
  await sql`truncate role_grants, team_members, reporting_lines, territory_holders, record_shares, private_records`.execute(boss.db); // prettier-ignore
  await sql`delete from territories`.execute(boss.db);
  const given = Object.entries(grants).flatMap(([object, of]) => Object.entries(of).filter(([, s]) => s !== "none").map(([verb, s]) => ({ role_id: id, object, verb, scope: s }))); // prettier-ignore
  const insert = async (table: string, of: object[]): Promise<void> => {
    await sql`insert into ${sql.table(table)} (${sql.join(Object.keys(of[0] ?? {}).map((k) => sql.id(k)))})
              select ${sql.join(Object.keys(of[0] ?? {}).map((k) => sql.id(k)))} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(of)}::json)`.execute(boss.db); // prettier-ignore
  };
  if (given.length > 0) await insert("role_grants", given);
  const members = draw.teams.flatMap((of, i) => of.map((who) => ({ team_id: i === 0 ? north : south, user_id: whoIs(who) }))); // prettier-ignore
  if (members.length > 0) await insert("team_members", members);
  const lines = draw.lines.flatMap((to, i) => (to === null ? [] : [{ user_id: whoIs(i + 1), manager_id: whoIs(to) }]));
  if (lines.length > 0) await insert("reporting_lines", lines);
  for (const [i, { object, city, to }] of draw.territories.entries()) {
    const team = to === "n" || to === "s";
    await saveTerritory(boss, { name: `Place ${i}`, object, condition: { field: "city", op: "is", value: city }, people: team ? [] : [whoIs(to)], teams: team ? [whoIs(to)] : [] }); // prettier-ignore
  }
  for (const row of rows) {
    const of = (object: string): string | null => row.of.find((c) => c.object === object)?.id ?? null;
    if (row.object === "contact") await sql`update contacts set owner_id = ${row.owner}, city = ${row.city}, account_id = ${of("account")} where id = ${row.id}`.execute(boss.db); // prettier-ignore
    if (row.object === "account") await sql`update accounts set owner_id = ${row.owner}, city = ${row.city} where id = ${row.id}`.execute(boss.db); // prettier-ignore
    if (row.object === "task") await sql`update tasks set owner_id = ${row.owner}, contact_id = ${of("contact")}, account_id = ${of("account")} where id = ${row.id}`.execute(boss.db); // prettier-ignore
    if (row.object === "order") await sql`update orders set contact_id = ${of("contact")}, account_id = ${of("account")} where id = ${row.id}`.execute(boss.db); // prettier-ignore
    for (const s of row.shares) {
      const team = s.to === north || s.to === south;
      await sql`insert into record_shares (object, record_id, user_id, team_id, can_edit, shared_by, shared_at)
                values (${row.object}, ${row.id}, ${team ? null : s.to}, ${team ? s.to : null}, ${s.edit}, 'Sara', now()) on conflict do nothing`.execute(boss.db); // prettier-ignore
    }
    // The first share of somebody stands.
    row.shares.splice(0, row.shares.length, ...[...Map.groupBy(row.shares, (s) => s.to).values()].map(([first]) => first!)); // prettier-ignore
    if (row.private)
      await sql`insert into private_records (object, record_id, made_by, made_at) values (${row.object}, ${row.id}, 'Sara', now())`.execute(boss.db); // prettier-ignore
  }
}
