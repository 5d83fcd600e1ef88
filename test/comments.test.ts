import { sql } from "kysely";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx } from "#platform/context";
import { asRichText, createRecord, forgetHistoryOf, recordType, richTextOf, trashRecord, updateRecord } from "#records";
import "#customers";
import { commentsApi } from "../src/records/comments/api.ts";
import { notificationsOf } from "../src/records/notifications/queries.ts";
import { sharingApi } from "../src/records/access/api.ts";
import { filesApi } from "../src/records/files/api.ts";
import { defineObject } from "../src/records/custom/objects.ts";
import { typeNamed } from "../src/records/custom/described.ts";
import { asNow, colleague, roleWith } from "./access-world.ts";
import { databaseForTest, type TestDatabase } from "./database.ts";

const mira = "01900000-0000-7000-8000-0000000000aa";
const tom = "01900000-0000-7000-8000-0000000000bb";
const sara = "01900000-0000-7000-8000-0000000000cc";
const names: Record<string, string> = { [mira]: "Mira Okafor", [tom]: "Tom Weber", [sara]: "Sara Lund" };

async function team(): Promise<{ t: TestDatabase; as: (id: string) => Ctx }> {
  const t = await databaseForTest();
  const { control, workspace } = t.ctx();
  for (const [id, name] of Object.entries(names)) {
    await sql`insert into users (id, name, email) values (${id}, ${name}, ${`${name.split(" ")[0]!.toLowerCase()}@northwind.example`}) on conflict do nothing`.execute(control); // prettier-ignore
    await sql`insert into members (workspace_id, user_id, role) values (${workspace.id}, ${id}, 'manager') on conflict do nothing`.execute(control); // prettier-ignore
  }
  return { t, as: (id) => t.ctx("manager", { actor: { id, name: names[id]! } }) };
}

const mention = (id: string) => `<span data-type="mention" data-id="${id}">@${names[id]}</span>`;
const say = (ctx: Ctx, record_id: string, html: string) =>
  commentsApi.write.run(ctx, commentsApi.write.input.parse({ object: "account", record_id, html }));
const told = async (ctx: Ctx) =>
  (await notificationsOf(ctx, { unread: true, limit: 20 })).items.map((n) => [n.kind, n.by_name, n.title, n.text]);

test("whoever is named is told once and follows from then on; whoever stops following stays out", async () => {
  const { as } = await team();
  const { id } = await createRecord(as(mira), recordType("account"), { name: "Vertex GmbH", owner_id: tom });
  expect(await told(as(tom))).toEqual([["assigned", "Mira Okafor", "Vertex GmbH", ""]]);
  await say(as(mira), id, `<p>Can you look, ${mention(sara)}?</p>`);
  expect(await told(as(sara))).toEqual([["mentioned", "Mira Okafor", "Vertex GmbH", "Can you look, @Sara Lund?"]]);
  expect((await told(as(tom)))[0]).toEqual(["commented", "Mira Okafor", "Vertex GmbH", "Can you look, @Sara Lund?"]);
  expect(await told(as(mira))).toEqual([]);
  const ref = { object: "account", record_id: id };
  const { items } = await commentsApi.followers.run(as(mira), ref);
  expect(items.map((f) => [f.name, f.owner])).toEqual([["Mira Okafor", false], ["Sara Lund", false], ["Tom Weber", true]]); // prettier-ignore

  await commentsApi.follow.run(as(tom), { ...ref, follow: false });
  await commentsApi.follow.run(as(sara), { ...ref, follow: false });
  await say(as(mira), id, "<p>Done.</p>");
  expect([(await told(as(tom))).length, (await told(as(sara))).length]).toEqual([2, 1]);
  await expect(commentsApi.follow.run(as(mira), { ...ref, user_id: tom, follow: false })).rejects.toMatchObject({ kind: "invalid" }); // prettier-ignore
  await say(as(sara), id, "<p>Thanks</p>");
  expect((await commentsApi.followers.run(as(mira), ref)).items.map((f) => f.id)).toEqual([mira]);
});

test("a comment is changed and taken away by its author alone, never over a newer version, and comes back", async () => {
  const { as } = await team();
  const { id } = await createRecord(as(mira), recordType("account"), { name: "Vertex GmbH" });
  const ref = { object: "account", record_id: id, limit: 30 };
  const said = await say(as(mira), id, "<p>One</p>");
  const rich = (text: string) => asRichText(text);
  await expect(commentsApi.edit.run(as(tom), { id: said.id, version: 1, html: rich("Two") })).rejects.toMatchObject({ kind: "forbidden" }); // prettier-ignore
  const edits = await Promise.allSettled(["a", "b"].map(async (text) => commentsApi.edit.run(as(mira), { id: said.id, version: 1, html: rich(text) }))); // prettier-ignore
  expect(edits.map((e) => e.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(commentsApi.remove.run(as(tom), { id: said.id })).rejects.toMatchObject({ kind: "forbidden" });
  await commentsApi.remove.run(as(mira), { id: said.id });
  expect((await commentsApi.list.run(as(tom), ref)).items).toEqual([]);
  await commentsApi.restore.run(as(mira), { id: said.id });
  expect((await commentsApi.list.run(as(tom), ref)).items).toMatchObject([{ version: 2, by_name: "Mira Okafor" }]);
  for (let i = 0; i < 4; i++) await say(as(tom), id, `<p>${i}</p>`);
  const first = await commentsApi.list.run(as(tom), { ...ref, limit: 3 });
  const second = await commentsApi.list.run(as(tom), { ...ref, limit: 3, before: first.next! });
  expect([...first.items, ...second.items].map((c) => c.text).slice(0, 4)).toEqual(["3", "2", "1", "0"]);
  expect(second.next).toBeNull();
  await trashRecord(as(mira), recordType("account"), id);
  await expect(say(as(mira), id, "<p>late</p>")).rejects.toMatchObject({ code: "record.trashed" });
  await inTransaction(as(mira), (tx) => forgetHistoryOf(tx, [id]));
  const { rows } = await sql<{ n: number }>`select (select count(*) from comments)::int + (select count(*) from followers)::int + (select count(*) from notifications)::int as n`.execute(as(mira).db); // prettier-ignore
  expect(rows[0]!.n).toBe(0);
});

test("beside a record of an object of one's own people comment, follow, are told and share it, as far as their role sees it", async () => {
  const { t, as } = await team();
  await defineObject(as(mira), { label: "Vehicle", label_plural: "Vehicles", title_label: "Plate" });
  const object = "custom/vehicles";
  const type = (await typeNamed(as(mira), object))!;
  const van = await createRecord(as(mira), type, { name: "B-XY 12", owner_id: tom });
  expect(await told(as(tom))).toEqual([["assigned", "Mira Okafor", "B-XY 12", ""]]);
  const fleet = await colleague(t, "Fleet", await roleWith(as(mira), "Fleet", { [object]: { read: "own", update: "own" } }));
  const ref = { object, record_id: van.id };
  const write = (ctx: Ctx, html: string) => commentsApi.write.run(ctx, commentsApi.write.input.parse({ ...ref, html }));
  await write(as(mira), `<p>Look, ${mention(sara)} <span data-type="mention" data-id="${fleet.actor.id}">@Fleet</span></p>`);
  const [note] = (await notificationsOf(as(sara), { unread: true, limit: 5 })).items;
  expect(note).toMatchObject({ kind: "mentioned", title: "B-XY 12", path: `/custom/vehicles/${van.id}#comments` });
  expect((await told(as(tom)))[0]!.slice(0, 3)).toEqual(["commented", "Mira Okafor", "B-XY 12"]);
  // Named, but the record is not theirs to see: they hear nothing, read nothing and write nothing.
  expect(await told(fleet)).toEqual([]);
  for (const asked of [() => write(fleet, "<p>x</p>"), () => commentsApi.list.run(fleet, { ...ref, limit: 5 }), () => commentsApi.beside.run(fleet, ref), () => filesApi.list.run(fleet, ref)])
    await expect((async () => asked())()).rejects.toMatchObject({ kind: "not-found" });
  const { version } = await sharingApi.get.run(as(mira), { object, id: van.id });
  await sharingApi.save.run(as(mira), { object, id: van.id, version, private: false, shares: [{ user_id: fleet.actor.id, can_edit: false }] });
  const now = await asNow(fleet);
  expect((await commentsApi.list.run(now, { ...ref, limit: 5 })).items).toHaveLength(1);
  await write(now, "<p>Seen</p>");
  expect(await commentsApi.beside.run(now, ref)).toEqual({ files: 0, comments: 2, tags: 0 });
  await trashRecord(as(mira), type, van.id);
  await expect(write(as(mira), "<p>late</p>")).rejects.toMatchObject({ code: "record.trashed" });
}); // prettier-ignore

test("the owner hears that a record became theirs, followers that it moved; an import tells nobody of each record", async () => {
  const { as } = await team();
  const type = recordType("account");
  const row = await createRecord(as(mira), type, { name: "Vertex GmbH" });
  await updateRecord(as(mira), type, row.id, undefined, { owner_id: tom });
  await updateRecord(as(mira), type, row.id, undefined, { owner_id: mira });
  expect(await told(as(tom))).toEqual([["assigned", "Mira Okafor", "Vertex GmbH", ""]]);
  await updateRecord({ ...as(mira), jobId: newId() }, type, row.id, undefined, { owner_id: sara });
  expect([await told(as(mira)), await told(as(sara))]).toEqual([[], []]);
});

test("nobody hears of a record they may not see, and a stranger is nobody", async () => {
  const { t, as } = await team();
  const { id } = await createRecord(as(mira), recordType("account"), { name: "Vertex GmbH" });
  await say(as(mira), id, `<p>${mention(tom)}</p><p><span data-type="mention" data-id="${newId()}">@Nobody</span></p>`);
  expect(await told(as(tom))).toHaveLength(1);
  await trashRecord(as(mira), recordType("account"), id);
  expect(await told(as(tom))).toEqual([]);
  const key = t.ctx("manager", { actor: { kind: "key", id: newId(), name: "ci" } });
  await expect(commentsApi.follow.run(key, { object: "account", record_id: id, follow: true })).rejects.toMatchObject({ kind: "invalid" }); // prettier-ignore
  expect(commentsApi.write.input.safeParse({ object: "unicorn", record_id: id, html: "<p>x</p>" }).success).toBe(false);
});

test("of written HTML only what is allowed is kept, whatever is written", () => {
  const hostile = `<p onclick=alert(1)>Hi <b>you</b><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a><a href="https://a.example" onmouseover=x>y</a></p><svg><style>*{}</style></svg><iframe src=//e></iframe>`;
  const { html, text } = richTextOf(hostile);
  expect(html).toBe('<p>Hi <strong>you</strong><a rel="noopener noreferrer nofollow" target="_blank">x</a><a href="https://a.example" rel="noopener noreferrer nofollow" target="_blank">y</a></p>'); // prettier-ignore
  expect(text).toBe("Hi youxy");
  const input = commentsApi.write.input;
  const ref = { object: "account", record_id: newId() };
  for (const empty of ["", "<p></p>", "<p>\u200b\u0000 </p>", "<script>x</script>", "<p>&nbsp;</p>"])
    expect(input.safeParse({ ...ref, html: empty }).success).toBe(false);
  expect(input.safeParse({ ...ref, html: "x".repeat(1024 * 1024) }).error!.issues[0]!.path).toEqual(["html"]);
  expect(asRichText("a < b & <script>\nمرحبا 👩‍👩‍👧").text).toBe("a < b & <script>\nمرحبا 👩‍👩‍👧");
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom("<", ">", "</", "<p>", "<a href=", '"', "'", "javascript:", "<svg", "/", " on", "x=", "&lt;", "<!--", "<span data-type='mention' data-id="), fc.string({ maxLength: 6 })), { maxLength: 30 }), (parts) => {
      const once = richTextOf(parts.join("")).html;
      expect(richTextOf(once).html).toBe(once);
      expect(once).not.toMatch(/<(?!\/?(?:p|br|strong|em|u|s|code|pre|blockquote|ul|ol|li|h3|a|span)\b)|<[^>]*\son\w+=|href="\s*(?:javascript|data|vbscript):/i);
    }),
    { numRuns: 300, examples: [[["<p>", "<svg", ">", "<p>"]]] },
  ); // prettier-ignore
});
