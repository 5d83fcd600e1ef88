import { sql } from "kysely";
import { expect, test } from "vitest";
import { newId } from "#kernel/id";
import { taskType } from "#convert/activities";
import { seedPipeline } from "#convert/pipeline";
import { accountType, contactType } from "#customers";
import { inTransaction, type Ctx } from "#platform/context";
import {
  countRecords, createRecord, findRecord, historyOf, listRecords, searchRecords, trashRecord, updateRecord, type Page,
} from "#records"; // prettier-ignore
import { record } from "#timeline";
import { contactsApi } from "../src/customers/api.ts";
import { opportunitiesApi } from "../src/cycle/convert/pipeline/api.ts";
import { changeCells } from "../src/records/bulk/cells.ts";
import { seenByOf } from "../src/records/access/seen-by.ts";
import { share, sharesVersion, sharingSchema } from "../src/records/access/shares.ts";
import { reportTo, saveTeam } from "../src/records/access/teams.ts";
import { insideOf, saveTerritory } from "../src/records/access/territories.ts";
import { asNow, colleague, roleWith } from "./access-world.ts";
import { databaseForTest } from "./database.ts";

const contact = contactType.object;
const own = { read: "own", update: "own", create: "all" } as const;
const names = async (ctx: Ctx): Promise<string[]> =>
  (JSON.parse((await listRecords(ctx, contact, { limit: 50, sort: "name" })).json) as Page<{ name: string }>).items.map((i) => i.name); // prettier-ignore
const code = (p: Promise<unknown>): Promise<unknown> => p.then(() => "done", (e: { code?: string; status?: string }) => e.code); // prettier-ignore

test("a seller of their own contacts lists, counts, finds, opens and changes those alone", async () => {
  const t = await databaseForTest();
  const boss = t.ctx();
  const role = await roleWith(boss, "Outside seller", { contacts: own, accounts: { read: "own" } });
  const mira = await colleague(t, "Mira Okafor", role);
  const tom = await colleague(t, "Tom Weber", role);
  const hers = await createRecord(mira, contactType, { name: "Ana Ruiz" });
  const his = await createRecord(tom, contactType, { name: "Bo Lind" });
  expect(hers.owner_id).toBe(mira.actor.id);
  expect(await names(mira)).toEqual(["Ana Ruiz"]);
  expect(await names(boss)).toEqual(["Ana Ruiz", "Bo Lind"]);
  expect(await countRecords(mira, contact, {})).toEqual({ count: 1, exact: true });
  expect((await searchRecords(mira, "Lind", () => true)).items.length).toBe(0);
  expect((await searchRecords(tom, "Lind", () => true)).items.length).toBe(1);
  expect(await code(findRecord(mira, contact, his.id))).toBe("contact.not-found");
  expect(await code(updateRecord(mira, contactType, his.id, undefined, { city: "Kiel" }))).toBe("contact.not-found");
  expect(await code(trashRecord(mira, contactType, hers.id))).toBe("record.not-yours");
  expect((await updateRecord(mira, contactType, hers.id, undefined, { city: "Kiel" })).city).toBe("Kiel");
  // A company she may not see cannot be linked, so it cannot be guessed either.
  const foreign = await createRecord(boss, accountType, { name: "Vertex GmbH" });
  expect(await code(updateRecord(mira, contactType, hers.id, undefined, { account_id: foreign.id }))).toBe("field.invalid"); // prettier-ignore
});

test("teams, the reporting line, shares and private marks widen and narrow the reach", async () => {
  const t = await databaseForTest();
  const boss = t.ctx();
  const team = await colleague(t, "Mira Okafor", await roleWith(boss, "Team seller", { contacts: { read: "team", update: "own" } })); // prettier-ignore
  const lead = await colleague(t, "Tom Weber", await roleWith(boss, "Lead", { contacts: { read: "subordinates", update: "subordinates", delete: "own" } })); // prettier-ignore
  const agent = await colleague(t, "Sara Lund", "agent");
  const ana = await createRecord(boss, contactType, { name: "Ana Ruiz", owner_id: agent.actor.id });
  await createRecord(boss, contactType, { name: "Bo Lind", owner_id: team.actor.id });
  expect(await names(team)).toEqual(["Bo Lind"]);
  expect(await names(lead)).toEqual([]);
  await sql`with n as (insert into teams (id, name) values (gen_random_uuid(), 'North') returning id)
            insert into team_members select n.id, u from n, unnest(${[team.actor.id, agent.actor.id]}::uuid[]) u`.execute(
    boss.db,
  );
  await sql`insert into reporting_lines values (${agent.actor.id}, ${team.actor.id}), (${team.actor.id}, ${lead.actor.id})`.execute(boss.db); // prettier-ignore
  expect(await names(await asNow(team))).toEqual(["Ana Ruiz", "Bo Lind"]);
  expect(await names(await asNow(lead))).toEqual(["Ana Ruiz", "Bo Lind"]);
  expect(await code(updateRecord(await asNow(team), contactType, ana.id, undefined, { city: "Kiel" }))).toBe("record.not-yours"); // prettier-ignore
  await sql`insert into record_shares values ('contact', ${ana.id}, ${team.actor.id}, null, true, 'Sara', now())`.execute(boss.db); // prettier-ignore
  expect((await updateRecord(await asNow(team), contactType, ana.id, undefined, { city: "Kiel" })).city).toBe("Kiel");
  // Private: the team no longer sees it, who it is shared with still does, and so do owner and administrators.
  await sql`insert into private_records values ('contact', ${ana.id}, 'Sara', now())`.execute(boss.db);
  expect(await names(await asNow(lead))).toEqual(["Bo Lind"]);
  expect(await names(await asNow(team))).toEqual(["Ana Ruiz", "Bo Lind"]);
  expect(await names(await asNow(agent))).toEqual(["Ana Ruiz", "Bo Lind"]);
  expect(await names(await colleague(t, "Uwe", "manager"))).toEqual(["Bo Lind"]);
  expect(await names(await colleague(t, "Ida", "admin"))).toEqual(["Ana Ruiz", "Bo Lind"]);
});

test("a field the role may not read is nowhere: not in lists, records, filters, sorting, search, history or the past", async () => {
  const t = await databaseForTest();
  const boss = t.ctx();
  const fields = { contacts: { name: "edit", city: "edit", email: "read", owner_id: "read" } } as const;
  const mira = await colleague(t, "Mira Okafor", await roleWith(boss, "No phones", { contacts: { read: "all", update: "all", create: "all" } }, fields)); // prettier-ignore
  const ana = await createRecord(boss, contactType, { name: "Ana Ruiz", phone: "+49 30 5550142", email: "ana@initech.example", job_title: "Buyer" }); // prettier-ignore
  await updateRecord(boss, contactType, ana.id, undefined, { job_title: "Head of buying", city: "Austin" });
  const seen = JSON.parse((await findRecord(mira, contact, ana.id)).json) as Record<string, unknown>;
  expect(seen).toMatchObject({ name: "Ana Ruiz", city: "Austin", email: "ana@initech.example" });
  expect(Object.keys(seen)).not.toContain("phone");
  expect(Object.keys(seen)).not.toContain("job_title");
  const list = (query: object): Promise<unknown> => contactsApi.list.run(mira, contactsApi.list.input.parse(query) as never) as Promise<unknown>; // prettier-ignore
  expect(JSON.stringify(await list({}))).not.toContain("5550142");
  expect(await code(list({ filter: JSON.stringify({ field: "phone", op: "contains", value: "555" }) }))).toBe("condition.unknown-field"); // prettier-ignore
  expect(await code(list({ sort: "job_title" }))).toBe("field.invalid");
  expect(await names(mira)).toEqual(["Ana Ruiz"]);
  expect((await searchRecords(mira, "030 5550142", () => true)).items).toEqual([]);
  expect((await searchRecords(boss, "030 5550142", () => true)).items.length).toBe(1);
  expect((await searchRecords(mira, "ana@initech", () => true)).items.length).toBe(1);
  const told = JSON.stringify(await historyOf(mira, "contact", ana.id));
  expect(told).toContain("Austin");
  expect(told).not.toMatch(/Head of buying|5550142/);
  const line = await contactsApi.timeline.run(mira, contactsApi.timeline.input.parse({ id: ana.id }));
  expect(line.items.map((i) => i.sentence).join()).toContain("details changed: city");
  expect(await code(updateRecord(mira, contactType, ana.id, undefined, { email: "x@initech.example" }))).toBe("field.not-yours"); // prettier-ignore
  expect(await code(createRecord(mira, contactType, { name: "Bo", phone: "1" }))).toBe("field.not-yours");
  expect((await updateRecord(mira, contactType, ana.id, undefined, { city: "Kiel" })).city).toBe("Kiel");
  const stale = await updateRecord(mira, contactType, ana.id, 1, { city: "Bonn" }).catch((e: unknown) =>
    JSON.stringify(e),
  );
  expect(stale).not.toContain("5550142");
});

test("on a timeline there is nothing of orders that one may not see, and no circle in the reporting line", async () => {
  const t = await databaseForTest();
  const boss = t.ctx();
  const mira = await colleague(t, "Mira Okafor", await roleWith(boss, "Contacts only", { contacts: { read: "all" }, tasks: { read: "own" } })); // prettier-ignore
  const tom = await colleague(t, "Tom Weber", "agent");
  const ana = await createRecord(boss, contactType, { name: "Ana Ruiz" });
  const her = { contact_id: ana.id };
  await inTransaction(boss, async (tx) => {
    await record(tx, { name: "order.placed", payload: { order_id: newId(), number: "1001", amount: 4900, base_amount: 4900, lines: 1, currency: "EUR" }, ...her }); // prettier-ignore
    await record(tx, { name: "page.visited", payload: { title: "Prices" }, ...her });
  });
  const mine = await createRecord(boss, taskType, { title: "Call her", contact_id: ana.id, owner_id: mira.actor.id });
  await createRecord(boss, taskType, { title: "Write to her", contact_id: ana.id, owner_id: tom.actor.id });
  const lines = async (ctx: Ctx): Promise<string> => JSON.stringify(await contactsApi.timeline.run(ctx, contactsApi.timeline.input.parse({ id: ana.id }))); // prettier-ignore
  // Not four digits of an id.
  const theOrder = /(?<![-\w])1001(?![-\w])/;
  expect(await lines(tom)).toMatch(theOrder);
  expect(await lines(mira)).not.toMatch(theOrder);
  expect(await lines(mira)).toContain("Prices");
  expect(await contactsApi.counts.run(mira, { id: ana.id })).not.toHaveProperty("order.placed");
  expect(mine.owner_id).toBe(mira.actor.id);
  await reportTo(boss, mira.actor.id!, tom.actor.id!, null);
  expect(await code(reportTo(boss, tom.actor.id!, mira.actor.id!, null))).toBe("line.circle");
});

test("a territory takes customers in by their fields, and their orders with them", async () => {
  const t = await databaseForTest();
  const boss = t.ctx();
  const mira = await colleague(t, "Mira Okafor", await roleWith(boss, "Texas", { contacts: { read: "territory" }, accounts: { read: "territory" }, tasks: { read: "territory" } })); // prettier-ignore
  const initech = await createRecord(boss, accountType, { name: "Initech", city: "Austin" });
  await createRecord(boss, accountType, { name: "Vertex GmbH", city: "Berlin" });
  const ana = await createRecord(boss, contactType, { name: "Ana Ruiz", account_id: initech.id });
  await createRecord(boss, contactType, { name: "Bo Lind", city: "Austin" });
  await createRecord(boss, taskType, { title: "Call Ana", contact_id: ana.id });
  await createRecord(boss, taskType, { title: "Call nobody" });
  const condition = { field: "city", op: "is", value: "Austin" } as const;
  expect(await insideOf(boss, { object: "account", condition })).toEqual({ count: 1, exact: true });
  await saveTerritory(boss, { name: "Austin", object: "account", condition, people: [mira.actor.id!], teams: [] });
  const now = await asNow(mira);
  expect(await names(now)).toEqual(["Ana Ruiz"]);
  expect((await countRecords(now, accountType.object, {})).count).toBe(1);
  expect((await countRecords(now, taskType.object, {})).count).toBe(1);
  expect(await code(saveTerritory(boss, { name: "Buyers", object: "contact", condition: { fact: "order.placed" } as never, people: [], teams: [] }))).toBe("field.invalid"); // prettier-ignore
});

test("whoever hands a record to somebody else is answered what they saved, once, and has it no more", async () => {
  const t = await databaseForTest();
  const boss = t.ctx();
  await seedPipeline(boss);
  const fields = { contacts: { name: "edit", city: "edit", owner_id: "edit" } } as const;
  const role = await roleWith(
    boss,
    "Own alone",
    { contacts: own, opportunities: own, pipelines: { read: "all" }, pipeline_stages: { read: "all" } },
    fields,
  );
  const mira = await colleague(t, "Mira Okafor", role);
  const tom = await colleague(t, "Tom Weber", role);
  const give = { owner_id: tom.actor.id };
  const json = async (p: Promise<unknown>): Promise<Record<string, unknown>> => JSON.parse(((await p) as { json: string }).json) as Record<string, unknown>; // prettier-ignore
  const ana = await createRecord(mira, contactType, { name: "Ana Ruiz" });
  const told = await json(contactsApi.update.run(mira, { id: ana.id, version: 1, city: "Kiel", ...give } as never) as Promise<unknown>); // prettier-ignore
  expect(told).toMatchObject({ name: "Ana Ruiz", city: "Kiel", owner_id: tom.actor.id, version: 2 });
  // One last look is no wider than the role's fields.
  expect(Object.keys(told)).not.toContain("phone");
  expect(await code(findRecord(mira, contact, ana.id))).toBe("contact.not-found");
  expect(await code(Promise.resolve(contactsApi.update.run(mira, { id: ana.id, version: 2, city: "Bonn" } as never)))).toBe("contact.not-found"); // prettier-ignore
  expect(await names(tom)).toEqual(["Ana Ruiz"]);
  // Likewise when it is made for somebody else, in a table's cells, and with acts of a module's own.
  expect(await json(Promise.resolve(contactsApi.create.run(mira, { name: "Bo Lind", ...give } as never)))).toMatchObject({ name: "Bo Lind" }); // prettier-ignore
  const cleo = await createRecord(mira, contactType, { name: "Cleo Okafor" });
  const { rows } = await changeCells(mira, contactType, [{ id: cleo.id, version: 1, values: give }]);
  expect(rows).toMatchObject([{ outcome: "changed", record: { name: "Cleo Okafor", owner_id: tom.actor.id } }]);
  const dora = await createRecord(mira, contactType, { name: "Dora Lund" });
  const deal = await json(
    Promise.resolve(opportunitiesApi.create.run(mira, { name: "Jars for Kiel", contact_id: dora.id } as never)),
  );
  expect(deal.owner_id).toBe(mira.actor.id);
  const gone = await json(Promise.resolve(opportunitiesApi.update.run(mira, { id: deal.id, version: deal.version, ...give } as never))); // prettier-ignore
  expect(gone.owner_id).toBe(tom.actor.id);
  expect(await names(mira)).toEqual(["Dora Lund"]);
});

test("who may change a record shares it, to see or to edit, with people and teams; the record says who sees it and why", async () => {
  const t = await databaseForTest();
  const boss = t.ctx();
  const role = await roleWith(boss, "Own alone", { contacts: { ...own, delete: "own" } });
  const mira = await colleague(t, "Mira Okafor", role);
  const tom = await colleague(t, "Tom Weber", role);
  const sara = await colleague(t, "Sara Lund", role);
  const viewer = await colleague(t, "Vera Holm", "viewer");
  const north = await saveTeam(boss, { name: "North", people: [sara.actor.id!] });
  const ana = await createRecord(mira, contactType, { name: "Ana Ruiz" });
  type With = { user_id?: string; team_id?: string; can_edit: boolean };
  const give = async (by: Ctx, shares: With[], hidden = false): Promise<unknown> => code(share(await asNow(by), sharingSchema.parse({ object: "contact", id: ana.id, private: hidden, shares, version: await sharesVersion(boss, ana.id) }))); // prettier-ignore
  const toTom = (can_edit: boolean): With => ({ user_id: tom.actor.id!, can_edit });
  const edit = async (by: Ctx): Promise<unknown> => code(updateRecord(await asNow(by), contactType, ana.id, undefined, { city: `${by.actor.name}'s` })); // prettier-ignore
  const seen = async (by: Ctx = mira): Promise<unknown[]> => (await seenByOf(await asNow(by), contactType, ana.id)).filter((one) => one.user_id !== boss.actor.id).map((one) => [one.name, one.why, one.can_edit]); // prettier-ignore
  const everybody = [["Mira Okafor", "owner", true], ["Vera Holm", "all", false]]; // prettier-ignore
  // Nobody shares what they may not see, or only see.
  expect(await give(tom, [toTom(true)])).toBe("contact.not-found");
  expect(await seen()).toEqual(everybody);
  expect(await give(mira, [toTom(false), { team_id: north, can_edit: true }])).toBe("done");
  expect(await edit(tom)).toBe("record.not-yours");
  expect(await give(tom, [toTom(true)])).toBe("record.not-yours");
  expect(await edit(sara)).toBe("done");
  expect(await seen(tom)).toEqual([["Mira Okafor", "owner", true], ["Sara Lund", "shared-team", true], ["Tom Weber", "shared", false], ["Vera Holm", "all", false]]); // prettier-ignore
  // Somebody it is shared with to edit passes it on; a share never lets anybody delete.
  expect(await give(sara, [toTom(true), { team_id: north, can_edit: true }])).toBe("done");
  expect(await edit(tom)).toBe("done");
  expect(await code(trashRecord(await asNow(tom), contactType, ana.id))).toBe("record.not-yours");
  expect(await give(mira, [toTom(true), toTom(false)])).toBe("field.invalid");
  expect(await give(mira, [{ user_id: newId(), can_edit: true }])).toBe("field.invalid");
  // Private: whose roles see all see it no longer, and only the owner says so.
  expect(await give(tom, [toTom(true)], true)).toBe("private.not-owner");
  expect(await give(mira, [toTom(true)], true)).toBe("done");
  expect(await code(findRecord(await asNow(viewer), contact, ana.id))).toBe("contact.not-found");
  expect(await seen()).toEqual([
    ["Mira Okafor", "owner", true],
    ["Tom Weber", "shared", true],
  ]);
  // Taken back, it is gone for whoever had it by that alone.
  expect(await give(mira, [])).toBe("done");
  expect(await code(findRecord(await asNow(tom), contact, ana.id))).toBe("contact.not-found");
  expect(await code(seenByOf(await asNow(tom), contactType, ana.id))).toBe("contact.not-found");
  expect(await seen()).toEqual(everybody);
});
