import { sql } from "kysely";
import { expect, test } from "vitest";
import { accountType, contactType } from "#customers";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord, trashRecord } from "#records";
import { consumeAll, record } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { leadsConsumer } from "./consumer.ts";
import { contactLead } from "./move.ts";

const ask = (ctx: Ctx, contact_id: string) =>
  inTransaction(ctx, (tx) => record(tx, { name: "form.submitted", contact_id, payload: { form: "Price list", form_id: newId(), submission_id: newId(), opens_lead: true, source: "fair" } })); // prettier-ignore

test("somebody whose company is in the trash asks: the lead is opened, and nobody after them waits", async () => {
  const ctx = (await databaseForTest()).ctx();
  const account = await createRecord(ctx, accountType, { name: "Vertex GmbH" });
  const ana = await createRecord(ctx, contactType, { name: "Ana Ruiz", account_id: account.id });
  const bo = await createRecord(ctx, contactType, { name: "Bo Lind" });
  await trashRecord(ctx, accountType, account.id);
  await ask(ctx, ana.id);
  await ask(ctx, bo.id);
  await consumeAll(ctx, leadsConsumer);
  const { rows } = await sql<{ name: string }>`select name from leads order by name`.execute(ctx.db);
  expect(rows).toEqual([{ name: "Ana Ruiz" }, { name: "Bo Lind" }]);
});

test("somebody asks again whose lead belongs to a colleague who left: the task is anybody's", async () => {
  const ctx = (await databaseForTest()).ctx();
  const ana = await createRecord(ctx, contactType, { name: "Ana Ruiz" });
  await ask(ctx, ana.id);
  await consumeAll(ctx, leadsConsumer);
  // Ownerships stay when somebody leaves the company.
  const { rows } = await sql<{ id: string }>`update leads set owner_id = ${newId()} returning id`.execute(ctx.db);
  await contactLead(ctx, rows[0]!.id, "call");
  await ask(ctx, ana.id);
  await consumeAll(ctx, leadsConsumer);
  const { rows: tasks } = await sql`select owner_id, contact_id from tasks`.execute(ctx.db);
  expect(tasks).toEqual([{ owner_id: null, contact_id: ana.id }]);
});
