import { expect, test } from "vitest";
import { sql } from "kysely";
import { accountType, contactType } from "#customers";
import { createRecord, likenessOf, openPairs, type Row } from "#records";
import { inTransaction, type Ctx } from "#platform/context";
import { enqueue, findJob, workOnce, type JobKind } from "#platform/jobs";
import { createLog } from "#platform/log";
import { problemOf, type Problem } from "#platform/http";
import { consumeOnce } from "#timeline";
import { modules } from "../src/app/modules.ts";
import { colleague, roleWith } from "./access-world.ts";
import { databaseForTest } from "./database.ts";
import { contactsApi } from "../src/customers/api.ts";
import { mergeJob } from "../src/records/duplicates/bulk.ts";
import { duplicatesConsumer } from "../src/records/duplicates/find.ts";
import { imported } from "../src/records/import/importing-for-tests.ts";
import { likeness } from "../src/records/duplicates/rule.ts";

const person = (ctx: Ctx, name: string, more: object = {}): Promise<Row> =>
  createRecord(ctx, contactType, { name, ...more });
const log = createLog("silent");
const read = async (ctx: Ctx): Promise<void> => {
  while ((await consumeOnce(ctx, duplicatesConsumer)) > 0);
};
const work = async (
  ctx: Ctx,
  kind: string,
  input: object,
  kinds: readonly JobKind[] = modules.flatMap((m) => m.jobs ?? []),
): Promise<string> => {
  const id = await inTransaction(ctx, (tx) =>
    enqueue(tx, { kind, title: kind, input: { object: "contact", ...input } }),
  );
  await workOnce(ctx, kinds, log);
  return id;
};
const names = (found: unknown[]): unknown[] => found.map((f) => (f as { title?: string }).title);

test("names are alike in any order, with a slip, an initial or without the legal form; others are not", () => {
  expect(likeness("Ana Ruiz", "Ruiz, Ana")).toBe(1);
  expect(likeness("Ana Ruiz", "Anna Ruiz")).toBeGreaterThan(0.85);
  expect(likeness("A. Ruiz", "Ana Ruiz")).toBeGreaterThan(0.85);
  expect(likeness("Müller & Söhne GmbH", "Muller Sohne")).toBe(1);
  expect(likeness("Ana Ruiz", "Bo Lind")).toBeLessThan(0.4);
  expect(likeness("Ana Ruiz", "Ana Costa")).toBeLessThan(0.8);
  expect(likeness("", "Ana")).toBe(0);
});

test("whoever may be meant is shown while a contact is typed: by e-mail, phone, or a like name in the same company", async () => {
  const ctx = (await databaseForTest()).ctx();
  const vertex = await createRecord(ctx, accountType, { name: "Vertex GmbH", domain: "vertex.example" });
  await person(ctx, "Ana Ruiz", { email: "ana.ruiz@gmail.com" });
  await person(ctx, "Bo Lind", { phone: "+49 30 5550142" });
  await person(ctx, "Cleo Okafor", { account_id: vertex.id });
  await person(ctx, "Priya Kim", { email: "priya@kim.example" });
  const like = async (values: object) => names(await likenessOf(ctx, "contact", { ...values }));
  expect(await like({ name: "A. Ruiz", email: "anaruiz+shop@googlemail.com" })).toEqual(["Ana Ruiz"]);
  expect(await like({ name: "Bo Lindt", phone: "030 555 0142" })).toEqual(["Bo Lind"]);
  expect(await like({ name: "Zoe Quist", phone: "030 555 0142" })).toEqual([]);
  expect(await like({ name: "Okafor Chleo", account_id: vertex.id })).toEqual(["Cleo Okafor"]);
  expect(await like({ given_name: "Pria", family_name: "Kim", email: "pk@kim.example" })).toEqual(["Priya Kim"]);
  expect(await like({ name: "Priya Kim" })).toEqual([]);
  expect(names(await likenessOf(ctx, "account", { name: "VERTEX Ltd." }))).toEqual(["Vertex GmbH"]);
  expect(
    names(await likenessOf(ctx, "account", { name: "Something else", domain: "https://www.vertex.example/shop" })),
  ).toEqual(["Vertex GmbH"]);
});

test("pairs are found as records come, go when they are no longer alike, and stay decided; all are found by the job", async () => {
  const ctx = (await databaseForTest()).ctx();
  const a = await person(ctx, "Bo Lind", { phone: "+49 30 5550142" });
  const b = await person(ctx, "Bo Lindt", { phone: "030 5550142" });
  await read(ctx);
  expect(await openPairs(ctx, "contact", 10)).toMatchObject([
    { rule: "phone", winner: a.id, titles: expect.arrayContaining(["Bo Lind", "Bo Lindt"]) as unknown },
  ]);
  const pair = (await openPairs(ctx, "contact", 10))[0]!;
  await contactsApi.dismiss.run(ctx, pair);
  await work(ctx, "duplicates.find", {});
  expect(await openPairs(ctx, "contact", 10)).toEqual([]);
  await contactsApi.reopen.run(ctx, pair);
  const told = await contactsApi.duplicates.run(ctx, contactsApi.duplicates.input.parse({}));
  expect(told.counts.find((c) => c.rule === "phone")).toMatchObject({ count: 1 });
  await contactsApi.duplicateRule.run(ctx, { rule: "phone", active: true, threshold: 1, version: 0 });
  expect(await openPairs(ctx, "contact", 10)).toEqual([]);
  await contactsApi.duplicateRule.run(ctx, { rule: "phone", active: true, threshold: 0.5, version: 1 });
  await work(ctx, "duplicates.find", {});
  expect(await openPairs(ctx, "contact", 10)).toHaveLength(1);
  await contactsApi.update.run(ctx, { id: b.id, version: 1, phone: null });
  await read(ctx);
  expect(await openPairs(ctx, "contact", 10)).toEqual([]);
});

test("all pairs of a rule are merged by a job that names what failed, goes on after a stop, and is undone by another", async () => {
  const ctx = (await databaseForTest()).ctx();
  for (let i = 0; i < 5; i++)
    for (const name of ["Bo Lind", "Bo Lindt"]) await person(ctx, name, { phone: `+49 30 555010${i}`, city: name });
  // A chain: the third of one number is merged with the two others.
  await person(ctx, "Bo Lint", { phone: "+49 30 5550100" });
  await read(ctx);
  const live = async (): Promise<number> =>
    (await sql<{ n: number }>`select count(*)::int as n from contacts where deleted_at is null`.execute(ctx.db))
      .rows[0]!.n;
  expect(await live()).toBe(11);
  // The worker is killed in the middle of the third merge: what it had saved stands, the rest is done by whoever takes the job up.
  let steps = 0;
  const killed: JobKind = {
    ...mergeJob,
    run: (c, job, control) =>
      mergeJob.run(c, job, {
        advance: (tx, step) => (++steps === 3 ? Promise.reject(new Error("killed")) : control.advance(tx, step)),
      }),
  };
  const job = await work(ctx, "duplicates.merge", { rule: "phone" }, [killed]);
  expect(await live()).toBe(9);
  await sql`update jobs set due_at = null`.execute(ctx.db); // after a fault it waits
  for (let i = 0; i < 3 && (await findJob(ctx, job)).state !== "done"; i++) await workOnce(ctx, [mergeJob], log);
  expect(await findJob(ctx, job)).toMatchObject({ state: "done", failed: 0 });
  expect(await live()).toBe(5);
  expect(await openPairs(ctx, "contact", 10)).toEqual([]);
  const undo = await work(ctx, "duplicates.unmerge", { job_id: job });
  expect(await findJob(ctx, undo)).toMatchObject({ state: "done", failed: 0, result: { undone: 6 } });
  expect(await live()).toBe(11);
  expect((await openPairs(ctx, "contact", 20)).length).toBeGreaterThanOrEqual(6);
});

test("of a double that one may not see only whose it is is told: while typing, on save, in the queue; never its id, name or number", async () => {
  const t = await databaseForTest();
  const boss = t.ctx();
  const own = { read: "own", update: "own", create: "all", delete: "own" } as const;
  const role = await roleWith(boss, "Own alone", { contacts: own, accounts: { read: "all" } });
  const mira = await colleague(t, "Mira Okafor", role);
  const tom = await colleague(t, "Tom Weber", role);
  const his = await person(tom, "Zed Quagga", { phone: "+49 30 5550142", email: "zed@quagga.example", city: "Kiel" });
  const nobodys = await person(boss, "Yan Quoll", { phone: "+49 30 5550199" });
  const hers = await person(mira, "Zed Quagga", { phone: "+49 30 5550142" });
  const found = await contactsApi.likeness.run(mira, { values: { name: "Zed Quagga", phone: "030 5550142" }, except: hers.id }); // prettier-ignore
  expect(found.items).toEqual([
    { hidden: true, owner: "Tom Weber", rule: "phone", score: expect.any(Number) as unknown },
  ]);
  const orphan = await contactsApi.likeness.run(mira, { values: { name: "Yan Quoll", phone: "030 5550199" } });
  expect(orphan.items).toEqual([{ hidden: true, owner: null, rule: "phone", score: expect.any(Number) as unknown }]);
  // Nobody guesses a colleague's records field by field: a number alone, or a like name alone, says nothing.
  for (const values of [{ phone: "030 5550142" }, { name: "Zed Quagga" }, { city: "Kiel" }, {}])
    expect((await contactsApi.likeness.run(mira, { values, except: hers.id })).items).toEqual([]);
  await read(boss);
  // The queue: a pair with a record out of reach is no pair of hers, nor is it counted.
  expect(await openPairs(boss, "contact", 10)).toHaveLength(1);
  const queue = await contactsApi.duplicates.run(mira, contactsApi.duplicates.input.parse({}));
  expect(queue.items).toEqual([]);
  expect(queue.counts.reduce((sum, c) => sum + c.count, 0)).toBe(0);
  const pair = (await openPairs(boss, "contact", 10))[0]!;
  await expect(contactsApi.dismiss.run(mira, { a: pair.a, b: pair.b })).rejects.toMatchObject({ code: "pair.not-found" }); // prettier-ignore
  expect(JSON.stringify([found, orphan, queue])).not.toMatch(new RegExp(`${his.id}|${nobodys.id}|kiel|quagga\\.example`, "i")); // prettier-ignore
});

test("a double out of reach is answered on save and on import as there, with whom to ask, and nothing of it", async () => {
  const t = await databaseForTest();
  const boss = t.ctx();
  const own = { read: "own", update: "own", create: "all", delete: "own" } as const;
  const mira = await colleague(t, "Mira Okafor", await roleWith(boss, "Own alone", { contacts: own }));
  const tom = await colleague(t, "Tom Weber", "agent");
  const his = await person(tom, "Zed Quagga", { email: "zed@quagga.example", phone: "+49 30 5550142", city: "Kiel", owner_id: tom.actor.id, external_ids: { shop: "Q-7" } }); // prettier-ignore
  const nobodys = await person(boss, "Yan Quoll", { email: "yan@quoll.example" });
  const hers = await person(mira, "Ana Ruiz", { email: "ana@ruiz.example" });
  const told: unknown[] = [];
  const refused = async (work: unknown): Promise<Problem> => {
    const problem = problemOf(await Promise.resolve(work).then(() => new Error("was saved"), (thrown: unknown) => thrown)); // prettier-ignore
    told.push(problem);
    return problem!;
  };
  const add = (values: object) => refused(contactsApi.create.run(mira, contactsApi.create.input.parse(values)));
  const ask = (whom: string) => `Somebody you may not see has this e-mail address; ask ${whom}.`;
  const tom_ = { code: "contact.email-taken", hidden: true, owner: "Tom Weber", errors: [{ field: "email", message: ask("Tom Weber") }] }; // prettier-ignore
  expect(await add({ name: "Z. Q.", email: "ZED@quagga.example" })).toMatchObject(tom_);
  expect(await add({ name: "Y. Q.", email: "yan@quoll.example" })).toMatchObject({ hidden: true, owner: null, detail: ask("an administrator") }); // prettier-ignore
  expect(await refused(contactsApi.update.run(mira, { id: hers.id, version: 1, email: "zed@quagga.example" }))).toMatchObject(tom_); // prettier-ignore
  const byId = 'Another contact, which you may not see, has the id "Q-7" in shop; ask Tom Weber.';
  const batch = await contactsApi.batch.run(mira, contactsApi.batch.input.parse({ items: [
    { values: { name: "Z. Q.", email: "zed@quagga.example" } },
    { external_id: { system: "shop", id: "Q-7" }, values: { name: "Z. Q." } },
  ] })); // prettier-ignore
  told.push(batch);
  expect(batch.items.map((i) => i.outcome)).toEqual(["refused", "refused"]);
  expect(await add({ name: "Z. Q.", external_ids: { shop: "Q-7" } })).toMatchObject({ code: "external-id.taken", hidden: true, owner: "Tom Weber", detail: byId, errors: [{ field: "external_ids.shop", message: byId }] }); // prettier-ignore
  const file =
    "Name,E-mail,Id\nZ. Q.,zed@quagga.example,\nZ. Q.,,Q-7\nNia New,nia@new.example,\nA. Ruiz,ana@ruiz.example,\n";
  for (const [options, words] of [[{}, ask("Tom Weber")], [{ match: "email", mode: "create" }, ask("Tom Weber")], [{ match: "id", shop: "shop" }, byId]] as const) {
    const { job, failures } = await imported(mira, "contacts", file, { options });
    told.push(job, failures);
    expect(failures.join(), JSON.stringify(options)).toContain(words);
  } // prettier-ignore
  // None of it came of the trying, and whoever sees them is told who it is.
  const { rows } = await sql<{ name: string; version: number }>`select name, version from contacts order by name`.execute(boss.db); // prettier-ignore
  expect(rows.filter((r) => r.name !== "Nia New" && r.name !== "A. Ruiz").map((r) => [r.name, r.version])).toEqual(expect.arrayContaining([["Zed Quagga", 1], ["Yan Quoll", 1]])); // prettier-ignore
  expect(JSON.stringify(told)).not.toMatch(
    new RegExp(`${his.id}|${nobodys.id}|zed quagga|yan quoll|kiel|5550142`, "i"),
  );
  expect(await refused(person(tom, "Other", { email: "yan@quoll.example" }))).toMatchObject({ contact_id: nobodys.id, detail: "Yan Quoll has this e-mail address already." }); // prettier-ignore
  expect(await refused(person(boss, "Other", { external_ids: { shop: "Q-7" } }))).toMatchObject({ record_id: his.id, detail: 'The contact Zed Quagga has the id "Q-7" in shop already.' }); // prettier-ignore
});
