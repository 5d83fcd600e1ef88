import { sql } from "kysely";
import { expect, test } from "vitest";
import { contactType } from "#customers";
import { newId } from "#kernel/id";
import { inTransaction } from "#platform/context";
import { createRecord, listRecords, updateRecord } from "#records";
import { timelineOf } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { meet } from "../../../../test/world.ts";
import { callsApi, mailsApi, notesApi, tasksApi } from "./api.ts";
import { tasksDue } from "./due.ts";
import { remind, remindAt } from "./remind.ts";
import { closeTasks, finishTask, forgetActivitiesOf, openTask, reopenTask, task, taskType } from "./index.ts";

const hour = 3_600_000;

test("a rule asks twice for the same task and opens it once, with its reason on the customer's timeline", async () => {
  const ctx = (await databaseForTest()).ctx();
  const bo = await meet(ctx, "bo");
  const ask = () =>
    inTransaction(ctx, (tx) =>
      openTask(tx, { key: `play:${bo.id}`, kind: "call", title: "Call Bo", reason: "No order for 61 days", contact_id: bo.id, due_at: new Date(Date.now() + hour), about: { object: "play", id: bo.id } }),
    ); // prettier-ignore
  const ids = new Set(await Promise.all([ask(), ask(), ask()]));
  expect(ids.size).toBe(1);
  const { items } = await timelineOf(ctx, { contact_id: bo.id }, { names: ["task.opened"] });
  expect(items).toMatchObject([{ account_id: bo.account_id, sentence: "task “Call Bo”: No order for 61 days" }]);
  expect(await tasksDue(ctx, { mine: true })).toMatchObject([
    { title: "Call Bo", reason: "No order for 61 days", contact_id: bo.id, act: { label: "done" } },
  ]);
});

test("a task is done once, can be opened again as if nothing had happened, and is closed with what it is about", async () => {
  const ctx = (await databaseForTest()).ctx();
  const bo = await meet(ctx, "bo");
  const { id } = await createRecord(ctx, taskType, { title: "Send sample lids", contact_id: bo.id });
  const twice = await Promise.allSettled([finishTask(ctx, id, "sent"), finishTask(ctx, id, "sent")]);
  expect(twice.filter((t) => t.status === "fulfilled")).toHaveLength(1);
  expect(twice.find((t) => t.status === "rejected")).toMatchObject({ reason: { code: "task.done" } });
  const told = async () =>
    (await timelineOf(ctx, { contact_id: bo.id }, { names: ["task.opened", "task.done", "task.reopened"] })).items.map((i) => i.sentence); // prettier-ignore
  expect(await told()).toEqual(["task “Send sample lids” done: sent", "task “Send sample lids”"]);
  await reopenTask(ctx, id);
  expect(await told()).toEqual(["task “Send sample lids”"]);
  await expect(reopenTask(ctx, id)).rejects.toMatchObject({ code: "task.open" });
  const about = { object: "play", id: bo.id };
  await inTransaction(ctx, (tx) => openTask(tx, { key: "k", kind: "call", title: "Call Bo", reason: "quiet", contact_id: bo.id, about })); // prettier-ignore
  expect(await inTransaction(ctx, (tx) => closeTasks(tx, { about }, "he ordered"))).toBe(1);
  expect(await inTransaction(ctx, (tx) => closeTasks(tx, { about }, "he ordered"))).toBe(0);
  const open = JSON.parse((await listRecords(ctx, task, { limit: 10, filter: { field: "status", op: "is", value: "open" } })).json) as { items: { title: string }[] }; // prettier-ignore
  expect(open.items.map((t) => t.title)).toEqual(["Send sample lids"]);
});

test("a task reminds its owner once at its time, and anew when the time is moved", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const tom = "01900000-0000-7000-8000-0000000000bb";
  await sql`insert into rondo.users (id, name, email) values (${tom}, 'Tom Weber', 'tom@northwind.example')`.execute(ctx.db);
  await sql`insert into rondo.members (workspace_id, user_id, role) values (${ctx.workspace.id}, ${tom}, 'agent')`.execute(ctx.db);
  const at = new Date("2026-11-23T09:00:00Z");
  const later = (h: number) => ({ ...t.ctx("owner", { at: new Date(at.getTime() + h * hour), actor: { kind: "system", id: null } }) });
  const task = await createRecord(t.ctx("owner", { at }), taskType, { title: "Send lids", owner_id: tom, due_at: new Date(at.getTime() + 5 * hour).toISOString(), remind_at: new Date(at.getTime() + 2 * hour).toISOString() });
  await createRecord(t.ctx("owner", { at }), taskType, { title: "Nobody's", due_at: at.toISOString() });
  expect(await remindAt(ctx)).toEqual(later(2).clock());
  expect(await remind(later(1))).toBe(0);
  expect((await Promise.all([remind(later(2)), remind(later(2))])).toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect(await remind(later(3))).toBe(0);
  await updateRecord(later(3), taskType, task.id, undefined, { remind_at: new Date(at.getTime() + 6 * hour).toISOString() });
  expect(await remind(later(6))).toBe(1);
  const { rows } = await sql<{ title: string; text: string }>`select title, text from notifications where user_id = ${tom} and kind = 'task_due' order by at`.execute(ctx.db);
  expect(rows).toEqual([{ title: "Send lids", text: "reminds you" }, { title: "Send lids", text: "is due" }]);
  await finishTask(ctx, task.id);
  expect(await remindAt(ctx)).toBeNull();
}); // prettier-ignore

test("my day leaves out what others own and what is due later", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const tom = "01900000-0000-7000-8000-0000000000bb";
  await sql`insert into rondo.users (id, name, email) values (${tom}, 'Tom Weber', 'tom@northwind.example')`.execute(ctx.db); // prettier-ignore
  await sql`insert into rondo.members (workspace_id, user_id, role) values (${ctx.workspace.id}, ${tom}, 'manager')`.execute(ctx.db); // prettier-ignore
  await createRecord(ctx, taskType, { title: "Tom's", owner_id: tom });
  await createRecord(ctx, taskType, { title: "Next week", due_at: new Date(Date.now() + 200 * hour).toISOString() });
  await createRecord(ctx, taskType, { title: "Late", due_at: new Date(Date.now() - hour).toISOString() });
  await createRecord(ctx, taskType, { title: "Anybody's" });
  expect((await tasksDue(ctx, { mine: true })).map((d) => d.title)).toEqual(["Late", "Anybody's"]);
  expect((await tasksDue(ctx, { mine: false })).map((d) => d.title)).toEqual(["Late", "Tom's", "Anybody's"]);
});

test("notes and calls stand on the timeline until they are taken back; a long note is kept whole", async () => {
  const ctx = (await databaseForTest()).ctx();
  const bo = await meet(ctx, "bo");
  const long = "The lid of the 500 ml jar leaks. ".repeat(400).trim();
  const note = await notesApi.write.run(ctx, notesApi.write.input.parse({ contact_id: bo.id, text: ` ${long} ` }));
  await callsApi.log.run(ctx, callsApi.log.input.parse({ contact_id: bo.id, outcome: "reached", minutes: 7, text: "Orders on Monday" })); // prettier-ignore
  const { items } = await timelineOf(ctx, { contact_id: bo.id }, { names: ["note.written", "call.logged", "entry.removed"] }); // prettier-ignore
  expect(items.map((i) => i.sentence.slice(0, 40))).toEqual(["call, reached, 7 min: Orders on Monday", expect.stringContaining("note: The lid of the 500 ml jar")]); // prettier-ignore
  const entries = await notesApi.entries.run(ctx, { contact_id: bo.id, limit: 5 });
  expect(entries.items).toMatchObject([{ kind: "call", outcome: "reached" }, { kind: "note", text: long }]); // prettier-ignore
  await notesApi.remove.run(ctx, note);
  await expect(notesApi.remove.run(ctx, note)).rejects.toMatchObject({ kind: "not-found" });
  expect((await timelineOf(ctx, { contact_id: bo.id }, { names: ["note.written", "entry.removed"] })).items).toEqual([]); // prettier-ignore
});

test("a rich note names a colleague, is changed by its author alone with its line on the timeline, and comes back", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const bo = await meet(ctx, "bo");
  const tom = "01900000-0000-7000-8000-0000000000bb";
  await sql`insert into rondo.users (id, name, email) values (${tom}, 'Tom Weber', 'tom@northwind.example')`.execute(ctx.db);
  await sql`insert into rondo.members (workspace_id, user_id, role) values (${ctx.workspace.id}, ${tom}, 'agent')`.execute(ctx.db);
  const html = (text: string) => notesApi.edit.input.shape.html.parse(`<p><b>${text}</b> <span data-type="mention" data-id="${tom}">@Tom Weber</span><script>x</script></p>`);
  const { id } = await notesApi.write.run(ctx, { contact_id: bo.id, html: html("Call him") });
  const told = async () => (await timelineOf(ctx, { contact_id: bo.id }, { names: ["note.written", "entry.removed"] })).items.map((i) => i.sentence);
  expect(await told()).toEqual(["note: Call him @Tom Weber"]);
  const notified = () => sql<{ kind: string; path: string; text: string }>`select kind, path, text from notifications where user_id = ${tom}`.execute(ctx.db).then((r) => r.rows);
  expect(await notified()).toEqual([{ kind: "mentioned", path: `/contacts/${bo.id}`, text: "Call him @Tom Weber" }]);
  const as = t.ctx("agent", { actor: { id: tom, name: "Tom Weber" } });
  await expect(notesApi.edit.run(as, { id, version: 1, html: html("Mine") })).rejects.toMatchObject({ kind: "forbidden" });
  await expect(notesApi.remove.run(as, { id })).rejects.toMatchObject({ kind: "forbidden" });
  await notesApi.edit.run(ctx, { id, version: 1, html: html("Write him") });
  await expect(notesApi.edit.run(ctx, { id, version: 1, html: html("Late") })).rejects.toMatchObject({ kind: "stale" });
  expect(await told()).toEqual(["note: Write him @Tom Weber"]);
  expect(await notified()).toHaveLength(1);
  const { items } = await notesApi.entries.run(ctx, { contact_id: bo.id, limit: 5 });
  expect(items).toMatchObject([{ version: 2, html: `<p><strong>Write him</strong> <span data-type="mention" data-id="${tom}" class="mention">@Tom Weber</span></p>` }]);
  await notesApi.remove.run(ctx, { id });
  expect(await told()).toEqual([]);
  await notesApi.restore.run(ctx, { id });
  expect(await told()).toEqual(["note: Write him @Tom Weber"]);
}); // prettier-ignore

test("hostile input is refused: nobody named, nobody there, nothing written, too much of it", async () => {
  const ctx = (await databaseForTest()).ctx();
  await expect(Promise.resolve().then(() => notesApi.write.run(ctx, notesApi.write.input.parse({ text: "​ \u0000 " })))).rejects.toMatchObject({ kind: "invalid" }); // prettier-ignore
  expect(notesApi.write.input.safeParse({ text: "x".repeat(20_001) }).success).toBe(false);
  expect(callsApi.log.input.safeParse({ outcome: "shouted" }).success).toBe(false);
  expect(tasksApi.create.input.safeParse({ title: "x", status: "done" }).success).toBe(false);
  await expect(notesApi.write.run(ctx, { text: "hello" })).rejects.toMatchObject({ kind: "invalid" });
  await expect(notesApi.write.run(ctx, { contact_id: ctx.workspace.id, text: "hello" })).rejects.toThrow("no such contact"); // prettier-ignore
});

test("whoever is forgotten takes tasks, notes and calls along", async () => {
  const ctx = (await databaseForTest()).ctx();
  const bo = await meet(ctx, "bo");
  await notesApi.write.run(ctx, { contact_id: bo.id, text: "hello" });
  await createRecord(ctx, taskType, { title: "Call", contact_id: bo.id });
  await inTransaction(ctx, (tx) => forgetActivitiesOf(tx, { contacts: [bo.id], accounts: [] }));
  const { rows } = await sql<{ n: number }>`select (select count(*) from tasks)::int + (select count(*) from notes)::int + (select count(*) from changes where object = 'task')::int as n`.execute(ctx.db); // prettier-ignore
  expect(rows[0]!.n).toBe(0);
});

test("a mail by hand goes into the one ledger, once, and says why when it cannot go", async () => {
  const ctx = (await databaseForTest()).ctx();
  const bo = await meet(ctx, "bo");
  const letter = { contact_id: bo.id, subject: "Your lids", text: "They leave today.", key: newId() };
  const [first, second] = [await mailsApi.write.run(ctx, letter), await mailsApi.write.run(ctx, letter)];
  expect(first).toEqual(second);
  const { rows } = await sql<Record<string, unknown>>`select kind, source, subject, personal, contact_id from sends`.execute(ctx.db); // prettier-ignore
  expect(rows).toEqual([
    { kind: "service", source: "person", subject: "Your lids", personal: true, contact_id: bo.id },
  ]);
  const { id } = await createRecord(ctx, contactType, { name: "No address" });
  await expect(mailsApi.write.run(ctx, { ...letter, contact_id: id })).rejects.toMatchObject({ kind: "invalid" });
  expect(mailsApi.write.input.safeParse({ ...letter, subject: "\n " }).success).toBe(false);
});
