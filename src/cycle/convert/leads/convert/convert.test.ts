import { sql } from "kysely";
import { expect, test } from "vitest";
import { moveOpportunity, opportunityType, pipelinesOf, seedPipeline } from "#convert/pipeline";
import { accountType, contactType } from "#customers";
import type { Ctx } from "#platform/context";
import { createRecord, updateRecord } from "#records";
import { timelineOf } from "#timeline";
import { databaseForTest } from "../../../../../test/database.ts";
import { leadsApi } from "../api.ts";
import { leadNow, people, submitForm, readLeads } from "../leads-for-tests.ts";
import { openLead } from "../open.ts";
import { convertLead } from "./convert.ts";
import { undoConversion } from "./undo.ts";

async function company(): Promise<Ctx> {
  const ctx = (await databaseForTest()).ctx();
  await people(ctx, ["agent"]);
  await seedPipeline(ctx);
  return ctx;
}
const nadia = { name: "Nadia Haddad", email: "nadia@souk-jars.example" };
const ask = async (ctx: Ctx, person: Record<string, unknown> = nadia) => {
  const { id } = await createRecord(ctx, contactType, person);
  return {
    contact: id,
    ...(await openLead(ctx, { contact_id: id, source: "a fair", interest: "Jars by the pallet" })),
  };
};
const snapshot = async (ctx: Ctx, contact: string) => {
  const { rows } = await sql<Record<string, unknown>>`
    select l.status, l.score, l.qualified_at, l.converted_at, l.opportunity_id, l.account_id, l.closed_at, c.account_id as contact_account, c.owner_id as contact_owner,
           (select count(*)::int from accounts where deleted_at is null) as accounts, (select count(*)::int from opportunities where deleted_at is null) as opportunities
      from leads l join contacts c on c.id = l.contact_id where c.id = ${contact}`.execute(ctx.db);
  return rows[0]!;
};

test("the preview says what will be made and filled; converting does exactly that, as a chain of causes", async () => {
  const ctx = await company();
  const { id: contact } = await createRecord(ctx, contactType, nadia);
  const form = await submitForm(ctx, contact, { form: "Sample box" });
  await readLeads(ctx);
  const { id, owner_id } = await leadNow(ctx, contact);
  const plan = await leadsApi.preview.run(ctx, { id });
  expect(plan).toMatchObject({
    account: { act: "make", name: "Souk Jars", by: "domain", domain: "souk-jars.example" },
    opportunity: { name: "Sample box · Souk Jars", owner_id, currency: "EUR" },
    missing: [],
  });
  expect(plan.fills.map((f) => `${f.object}.${f.field}`)).toEqual(["contact.account_id", "contact.owner_id"]);
  const made = await convertLead(ctx, id, { amount: 90_000 });
  expect(await snapshot(ctx, contact)).toMatchObject({ status: "qualified", contact_account: made.account_id, contact_owner: owner_id, opportunity_id: made.opportunity_id, accounts: 1, opportunities: 1 }); // prettier-ignore
  const { rows } = await sql<{ chain: string }>`
    with recursive chain as (
      select f.id, f.name, f.caused_by, 1 as n from facts f where f.name = 'opportunity.opened'
      union all select f.id, f.name, f.caused_by, n + 1 from facts f join chain c on f.id = c.caused_by)
    select string_agg(name, ' < ' order by n) as chain, max(id::text) filter (where caused_by is null) as first from chain`.execute(
    ctx.db,
  );
  expect(rows[0]).toEqual({ chain: "opportunity.opened < lead.converted < lead.qualified < lead.opened < form.submitted", first: form }); // prettier-ignore
});

test("only what is empty is filled: an account, an owner and a domain that are there stay", async () => {
  const ctx = await company();
  const [other] = await people(ctx, ["manager"]);
  const known = await createRecord(ctx, accountType, {
    name: "Souk Jars Ltd",
    domain: "souk-jars.example",
    owner_id: other,
  });
  const { id, contact } = await ask(ctx, { ...nadia, owner_id: other });
  await convertLead(ctx, id);
  expect(await snapshot(ctx, contact)).toMatchObject({ contact_account: known.id, contact_owner: other, accounts: 1 });
  const free = await ask(ctx, { name: "Ola", email: "ola@gmail.com" });
  expect(await leadsApi.preview.run(ctx, { id: free.id })).toMatchObject({ account: { act: "none" }, opportunity: { name: "Jars by the pallet · Ola" } }); // prettier-ignore
  expect(await leadsApi.preview.run(ctx, { id: free.id, account_name: "souk jars LTD" })).toMatchObject({ account: { act: "link", id: known.id, by: "name" } }); // prettier-ignore
});

test("a lead that nobody owns says what is missing and stays as it is", async () => {
  const ctx = (await databaseForTest()).ctx();
  await seedPipeline(ctx);
  const { id, contact } = await ask(ctx);
  const before = await snapshot(ctx, contact);
  expect((await leadsApi.preview.run(ctx, { id })).missing).toMatchObject([{ field: "owner_id" }]);
  await expect(convertLead(ctx, id)).rejects.toMatchObject({
    code: "lead.incomplete",
    fields: [{ field: "owner_id" }],
  });
  expect(await snapshot(ctx, contact)).toEqual(before);
});

test("converted twice at once is one opportunity", async () => {
  const ctx = await company();
  const { id, contact } = await ask(ctx);
  const both = await Promise.allSettled([convertLead(ctx, id), convertLead(ctx, id), convertLead(ctx, id)]);
  expect(both.filter((b) => b.status === "fulfilled")).toHaveLength(1);
  for (const b of both) if (b.status === "rejected") expect(b.reason).toMatchObject({ code: "lead.converted" });
  expect(await snapshot(ctx, contact)).toMatchObject({ opportunities: 1, accounts: 1 });
});

test("undoing restores exactly, and the same lead can be converted again", async () => {
  const ctx = await company();
  const { id, contact } = await ask(ctx);
  const before = await snapshot(ctx, contact);
  await convertLead(ctx, id);
  await undoConversion(ctx, id);
  expect(await snapshot(ctx, contact)).toEqual(before);
  const { items } = await timelineOf(ctx, { contact_id: contact });
  expect(items.map((i) => i.name).filter((n) => /^(lead|opportunity)/.test(n))).toEqual(["lead.conversion-undone", "lead.opened"]); // prettier-ignore
  await expect(undoConversion(ctx, id)).rejects.toMatchObject({ code: "lead.not-converted" });
  await convertLead(ctx, id);
  expect(await snapshot(ctx, contact)).toMatchObject({ opportunities: 1, accounts: 1 });
});

test("undoing is refused, saying why, once the opportunity has moved on or the person asked again", async () => {
  const ctx = await company();
  const first = await ask(ctx);
  const { opportunity_id } = await convertLead(ctx, first.id);
  await updateRecord(ctx, opportunityType, opportunity_id, undefined, { next_step: "Send samples" });
  await expect(undoConversion(ctx, first.id)).rejects.toThrow("somebody changed the opportunity since");
  const stages = (await pipelinesOf(ctx))[0]!.stages;
  await moveOpportunity(ctx, opportunity_id, { stage_id: stages[1]!.id });
  await expect(undoConversion(ctx, first.id)).rejects.toThrow(`has moved to “${stages[1]!.name}”`);
  const second = await ask(ctx, { name: "Omar", email: "omar@olive.example" });
  await convertLead(ctx, second.id);
  await openLead(ctx, { contact_id: second.contact, source: "a friend" });
  await expect(undoConversion(ctx, second.id)).rejects.toMatchObject({ code: "lead.moved-on" });
});
