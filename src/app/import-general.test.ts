import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Ctx } from "#platform/context";
import { contactType } from "#customers";
import { findJob, moveJob, workOnce } from "#platform/jobs";
import { startTakingBack, takeBackJob, updateRecord } from "#records";
import { createLog } from "#platform/log";
import "./modules.ts";
import { seedPipeline } from "../cycle/convert/pipeline/seed.ts";
import { seedPromises } from "../cycle/engage/support/policy.ts";
import { colleague, roleWith } from "../../test/access-world.ts";
import { databaseForTest } from "../../test/database.ts";
import { importJob } from "../records/import/job.ts";
import { findImport } from "../records/import/ledger.ts";
import { lookAt } from "../records/import/look.ts";
import { saveMapping } from "../records/import/saved.ts";
import { imported, started, uploaded, work } from "../records/import/importing-for-tests.ts";

const all = async <R>(ctx: Ctx, text: string): Promise<R[]> => (await sql<R>`${sql.raw(text)}`.execute(ctx.db)).rows;
const facts = async (ctx: Ctx): Promise<Record<string, number>> => {
  const rows = await all<{ name: string; n: number }>(ctx, "select name, count(*) as n from facts group by 1");
  return Object.fromEntries(rows.map((r) => [r.name, r.n]));
};

test("contacts are added, changed by e-mail, found by a chosen key, and an empty cell leaves or clears", async () => {
  const ctx = (await databaseForTest()).ctx();
  await imported(ctx, "contacts", "Name,E-mail,City\nAna Ruiz,ana@initech.example,Austin\nBo Lind,bo@vertex.example,Berlin\n");
  const update = { options: { mode: "update", match: "email" } };
  const file = "E-mail,City,Job title\nANA@initech.example,,Office manager\nnobody@here.example,Rome,\nbo@vertex.example,Leeds,Buyer\n";
  const first = await imported(ctx, "contacts", file, update);
  expect(first.counts).toEqual({ created: 0, updated: 2, unchanged: 0 });
  expect(first.failures).toEqual([expect.stringContaining("row 3, column E-mail: there is no such contact to change")]);
  expect(await all(ctx, "select name, city, job_title from contacts order by name")).toEqual([
    { name: "Ana Ruiz", city: "Austin", job_title: "Office manager" },
    { name: "Bo Lind", city: "Leeds", job_title: "Buyer" },
  ]);
  await imported(ctx, "contacts", file, { options: { mode: "update", match: "email", empty: "clear" } });
  expect(await all(ctx, "select city from contacts where name = 'Ana Ruiz'")).toEqual([{ city: null }]);
  const create = await imported(ctx, "contacts", "Name,E-mail\nAna,ana@initech.example\nCleo,cleo@kim.example\n", { options: { mode: "create", match: "email" } }); // prettier-ignore
  expect([create.counts.created, create.failures]).toEqual([1, [expect.stringContaining("there is a contact with 'ana@initech.example' already")]]); // prettier-ignore
  // Old and new stand in the history of the changed ones, so that it can be taken back.
  expect(await all(ctx, "select c.fields from changes c join contacts t on t.id = c.record_id where c.action = 'updated' and t.name = 'Bo Lind'")).toEqual([{ fields: { city: ["Berlin", "Leeds"], job_title: [null, "Buyer"] } }]); // prettier-ignore
  expect(await facts(ctx)).toMatchObject({ "contact.created": 3, "contact.updated": 3 });
}); // prettier-ignore

test("opportunities, leads, cases and tasks come from files, their relations matched by name, e-mail or number", async () => {
  const ctx = (await databaseForTest()).ctx();
  await seedPipeline(ctx);
  await seedPromises(ctx);
  await imported(ctx, "accounts", "Name,Id\nVertex GmbH,V-1\nTwin,\n");
  await sql`insert into accounts (id, name, created_at, updated_at) values (gen_random_uuid(), 'Twin', now(), now())`.execute(ctx.db); // prettier-ignore
  await imported(ctx, "contacts", "Name,E-mail\nBo Lind,bo@vertex.example\n");
  const deals = await imported(
    ctx,
    "opportunities",
    "Id,Name,Account,Contact,Stage,Amount,Expected close,Kind\nD-1,Lids,Vertex GmbH,,Qualify,\"1,200.50\",2026-12-24,Renewal\nD-2,Jars,,bo@vertex.example,,80,,\nD-3,Pans,Twin,,,5,,\nD-4,Pots,Nobody Ltd,,,5,,\nD-5,Cups,V-1,,,5,,Rental\nD-6,Mugs,V-1,,,5,,\n",
    { mapping: { Id: { field: "id" }, Name: { field: "name" }, Account: { field: "account_id" }, Contact: { field: "contact_id" }, Amount: { field: "amount" }, "Expected close": { field: "expected_close" }, Kind: { field: "type" } } },
  ); // prettier-ignore
  expect(deals.counts).toMatchObject({ created: 3 });
  expect(deals.failures).toEqual([
    expect.stringContaining("row 4, column Account: there are 2 accounts 'Twin'"),
    expect.stringContaining("row 5, column Account: there is no account 'Nobody Ltd'"),
    expect.stringContaining("row 6, column Kind: 'Rental' is none of New business"),
  ]);
  expect(await all(ctx, "select o.name, o.amount, o.expected_close, o.type, a.name as account from opportunities o left join accounts a on a.id = o.account_id order by o.name")).toEqual([
    { name: "Jars", amount: 8000, expected_close: null, type: "new", account: null },
    { name: "Lids", amount: 120_050, expected_close: "2026-12-24", type: "renewal", account: "Vertex GmbH" },
    { name: "Mugs", amount: 500, expected_close: null, type: "new", account: "Vertex GmbH" },
  ]); // prettier-ignore
  // The same file again changes nothing but what is new in it.
  const again = await imported(ctx, "opportunities", "Id,Name,Amount\nD-1,Lids and pots,1300\nD-2,Jars,80\n");
  expect(again.counts).toEqual({ created: 0, updated: 1, unchanged: 1 });

  const leads = await imported(ctx, "leads", "E-mail,Person,Source,Interest\nbo@vertex.example,,Fair,Lids\nnew@here.example,Nia New,Fair,\n,,Fair,Pots\n"); // prettier-ignore
  expect([leads.counts.created, leads.failures.length]).toEqual([2, 1]);
  const cases = await imported(
    ctx,
    "cases",
    "Subject,Contact,Priority\nWrong lid,Bo Lind,High\nLate,bo@vertex.example,\n",
  );
  expect(cases.counts.created).toBe(2);
  const tasks = await imported(ctx, "tasks", "Task,Contact,Due\nCall back,Bo Lind,2026-12-03 10:00\nCall back,Bo Lind,2026-12-04 10:00\n"); // prettier-ignore
  expect(tasks.counts.created).toBe(2);
  expect(await facts(ctx)).toMatchObject({ "opportunity.opened": 3, "lead.opened": 2, "case.opened": 2, "task.opened": 2 }); // prettier-ignore
});

test("an import is taken back as one job: what it made goes to the trash, what it changed is as before, what somebody changed since stays", async () => {
  const ctx = (await databaseForTest()).ctx();
  await imported(ctx, "contacts", "Name,E-mail,City\nAna Ruiz,ana@initech.example,Austin\n");
  const update = { options: { update: true } };
  const made = Array.from({ length: 250 }, (_none, i) => `Person ${i},p${i}@here.example,Bonn`).join("\n");
  const { job } = await imported(ctx, "contacts", `Name,E-mail,City\n${made}\nAna Ruiz,ana@initech.example,Leeds\n`, update); // prettier-ignore
  expect(await all(ctx, "select city, count(*)::int as n from contacts group by 1 order by 1")).toEqual([{ city: "Bonn", n: 250 }, { city: "Leeds", n: 1 }]); // prettier-ignore
  const [touched] = await all<{ id: string }>(ctx, "select id from contacts where name = 'Person 7'");
  await updateRecord(ctx, contactType, touched!.id, undefined, { city: "Kiel" });
  const back = await startTakingBack(ctx, job.id);
  while (await workOnce(ctx, [takeBackJob], createLog("silent")));
  expect(await all(ctx, "select name, city from contacts where deleted_at is null order by name")).toEqual([{ name: "Ana Ruiz", city: "Austin" }, { name: "Person 7", city: "Kiel" }]); // prettier-ignore
  expect(await findJob(ctx, back)).toMatchObject({ state: "done", done: 251, failed: 1 });
});

test("hostile names are kept clean, and what does not fit is told", async () => {
  const ctx = (await databaseForTest()).ctx();
  const hostile = `Name,Currency\n"=cmd|' /C calc'!A0",EUR\n"\u200bZoë \u{1F6A2} ‮abc",EUR\n"${"x".repeat(5000)}",EUR\n'=1+1,EUR\n`;
  const lists = await imported(ctx, "price_lists", hostile);
  expect(lists.failures).toEqual([expect.stringContaining("has 5000 characters, at most 200 are kept")]);
  expect((await all<{ name: string }>(ctx, "select name from price_lists order by name")).map((r) => r.name).toSorted()).toEqual(["=1+1", "=cmd|' /C calc'!A0", "Zoë \u{1F6A2} ‮abc"].toSorted()); // prettier-ignore
});

test("a saved mapping is found again by the headers, whoever sends the next file", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const file = await uploaded(ctx, "contacts", "Wer,Wo,Post\nAna,Austin,ana@initech.example\n");
  const look = await lookAt(ctx, file);
  const mapping = { Wer: { field: "name" }, Post: { field: "email" }, Wo: { field: "city" } };
  await saveMapping(ctx, { object: "contacts", name: "Post office", columns: look.format.columns, mapping, options: { mode: "upsert", match: "email" } }); // prettier-ignore
  const other = t.ctx("agent", { actor: { id: "01900000-0000-7000-8000-0000000000bb", name: "Tom Weber" } });
  const next = await uploaded(other, "contacts", "WER;Wo;post\nBo;Berlin;bo@vertex.example\n");
  const found = await lookAt(other, next);
  expect(found.saved.map((s) => [s.name, s.fits])).toEqual([["Post office", true]]);
  expect(found.options).toMatchObject({ match: "email" });
  // Each sees their own imports; a leader sees all.
  await expect(findImport(other, file.id)).rejects.toThrow();
  expect((await findImport(t.ctx("manager", { actor: { id: "01900000-0000-7000-8000-0000000000cc" } }), next.id)).id).toBe(next.id); // prettier-ignore
});

test("an import of new kinds that is stopped in the middle goes on where it was, nothing twice", async () => {
  const ctx = (await databaseForTest()).ctx();
  const rows = Array.from({ length: 4_500 }, (_, i) => `Task ${i},T-${i}`).join("\n");
  const id = await started(ctx, await uploaded(ctx, "tasks", `Task,Id\n${rows}\n`));
  const stop = async (): Promise<void> => {
    for (;;) {
      const [{ n }] = (await all<{ n: number }>(ctx, "select count(*) as n from tasks")) as [{ n: number }];
      if (n > 0) return void (await moveJob(ctx, id, "pause").catch(() => null));
      await new Promise((r) => setTimeout(r, 5));
    }
  };
  await Promise.all([workOnce(ctx, [importJob], createLog("silent")), stop()]);
  await moveJob(ctx, id, "resume").catch(() => null);
  await work(ctx);
  expect(await all(ctx, "select count(*) as n, count(distinct title) as titles from tasks")).toEqual([{ n: 4_500, titles: 4_500 }]); // prettier-ignore
  expect((await facts(ctx))["task.opened"]).toBe(4_500);
});

test("whoever imports does so with their own reach: what they may not see is nobody, and what they add is theirs", async () => {
  const t = await databaseForTest();
  const owner = t.ctx();
  await imported(owner, "contacts", "Name,E-mail\nAna Ruiz,ana@initech.example\n");
  const agent = await colleague(t, "Tom Weber", "agent");
  const plain = await imported(agent, "contacts", "Name,E-mail,City\nAna Ruiz,ana@initech.example,Leeds\n", { options: { match: "email" } }); // prettier-ignore
  expect(plain.job).toMatchObject({ state: "done", reason: null });
  const role = await roleWith(owner, "Own customers", { contacts: { read: "own", create: "all", update: "own" } });
  const limited = await colleague(t, "Nia New", role);
  const file = "Name,E-mail\nAna,ana@initech.example\nBo Lind,bo@vertex.example\n";
  const own = await imported(limited, "contacts", file, { options: { match: "email" } });
  expect(own.counts.created).toBe(1);
  // An address belongs to one contact, whoever may see them.
  expect(own.failures).toHaveLength(1);
  expect(await all(owner, "select name, owner_id from contacts where name = 'Bo Lind'")).toEqual([{ name: "Bo Lind", owner_id: limited.actor.id }]); // prettier-ignore
});
