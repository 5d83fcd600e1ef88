import { openOpportunity, opportunityType } from "#convert/pipeline";
import { closeTasks } from "#convert/activities";
import { accountType, contactType } from "#customers";
import { newId } from "#kernel/id";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { createRecord, lockRecord, noteChanges, updateRecord, type Row } from "#records";
import { record } from "#timeline";
import { heldLead, saveLead } from "../move.ts";
import { textIn } from "../words.ts";
import { planConversion, type Choice, type Plan } from "./plan.ts";

export interface Converted {
  opportunity_id: string;
  account_id: string | null;
}

/** What conversion did, kept on the lead to undo exactly that. */
export interface Conversion {
  made_account: string | null;
  filled: { object: "contact" | "account"; id: string; field: string; value: string }[];
  before: { status: string; qualified_at: string | null; account_id: string | null };
  facts: string[];
  opportunity: { id: string; version: number; touched_at: string };
}

/** What converting would do; nothing is changed. */
export const previewConversion = (ctx: Ctx, id: string, choice: Choice): Promise<Plan> =>
  inTransaction(ctx, async (tx) =>
    planConversion(tx, await heldLead(tx, id, ["open", "working", "qualified"]), choice),
  );

/**
 * Makes an opportunity of a lead, all or nothing: links or makes the account, fills what is empty, opens the opportunity. The same lead
 * converted twice at once becomes one. Refused with the fields that are missing.
 */
export const convertLead = (ctx: Ctx | Tx, id: string, choice: Choice = {}): Promise<Converted> =>
  inTransaction(ctx, async (tx) => {
    const row = await heldLead(tx, id, ["open", "working", "qualified"]);
    const plan = await planConversion(tx, row, choice);
    if (plan.missing.length > 0)
      throw new Refused("invalid", "lead.incomplete", "Something is missing before this lead can become an opportunity.", { fields: plan.missing }); // prettier-ignore
    const account_id = await accountOf(tx, plan);
    const filled = await fill(tx, plan, account_id);
    const about = { contact_id: plan.contact.id, account_id };
    const opened = String(row.opened_fact);
    const facts: string[] = [];
    if (row.status !== "qualified")
      facts.push(await record(tx, { ...about, name: "lead.qualified", caused_by: opened, payload: { score: Number(row.score), lead_id: id } })); // prettier-ignore
    const converted = newId();
    const opportunity_id = await openOpportunity(tx, {
      ...about,
      name: plan.opportunity.name,
      amount: plan.opportunity.amount,
      owner_id: plan.opportunity.owner_id,
      expected_close: plan.opportunity.expected_close,
      description: textIn(row.message),
      lead_id: id,
      source_fact: opened,
      caused_by: converted,
    });
    await record(tx, {
      ...about,
      id: converted,
      name: "lead.converted",
      caused_by: facts[0] ?? opened,
      campaign_id: textIn(row.campaign_id),
      payload: {
        lead_id: id,
        opportunity_id,
        account_id,
        title: plan.opportunity.name,
        source: String(row.source),
        campaign_id: textIn(row.campaign_id),
      },
    });
    await keep(tx, row, { account_id, opportunity_id }, { plan, filled, facts: [...facts, converted] });
    await closeTasks(tx, { about: { object: "lead", id } }, "Became an opportunity");
    return { opportunity_id, account_id };
  });

async function accountOf(tx: Tx, { account, opportunity }: Plan): Promise<string | null> {
  if (account.act !== "make") return account.id;
  const { id } = await createRecord(tx, accountType, {
    name: account.name,
    domain: account.domain,
    owner_id: opportunity.owner_id,
    source: "a lead",
  });
  return id;
}

async function fill(tx: Tx, plan: Plan, account_id: string | null): Promise<Conversion["filled"]> {
  const fills = plan.fills.map((f) => ({ object: f.object, id: f.id ?? account_id!, field: f.field, value: f.value || account_id! })); // prettier-ignore
  for (const [id, some] of Map.groupBy(fills, (f) => f.id)) {
    const type = some[0]!.object === "contact" ? contactType : accountType;
    await updateRecord(tx, type, id, undefined, Object.fromEntries(some.map((f) => [f.field, f.value])));
  }
  return fills;
}

async function keep(
  tx: Tx,
  row: Row,
  now: Converted,
  did: { plan: Plan; filled: Conversion["filled"]; facts: string[] },
): Promise<void> {
  const opportunity = await lockRecord(tx, opportunityType, now.opportunity_id);
  const conversion: Conversion = {
    made_account: did.plan.account.act === "make" ? now.account_id : null,
    filled: did.filled,
    before: {
      status: String(row.status),
      qualified_at: (row.qualified_at as Date | null)?.toISOString() ?? null,
      account_id: textIn(row.account_id),
    },
    facts: did.facts,
    opportunity: {
      id: opportunity.id,
      version: opportunity.version,
      touched_at: (opportunity.touched_at as Date).toISOString(),
    },
  };
  await saveLead(tx, row, {
    status: "qualified",
    qualified_at: row.qualified_at ?? tx.clock(),
    converted_at: tx.clock(),
    closed_at: tx.clock(),
    opportunity_id: now.opportunity_id,
    account_id: now.account_id,
    conversion: JSON.stringify(conversion),
  });
  await noteChanges(tx, [
    { object: "lead", record_id: row.id, action: "updated", fields: { status: [row.status, "qualified"], opportunity_id: [null, now.opportunity_id] } }, // prettier-ignore
  ]);
}
