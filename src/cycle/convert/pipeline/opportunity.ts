import { inBase, toBase } from "#kernel/money";
import { invalid } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { describeObject, lockRecord, recordType, registerRecordType, type Row, type Values } from "#records";
import { stageOf } from "./stages.ts";

/*
 * Words we use
 *   opportunity   a deal that may be won: what, with whom, how much, how likely, until when
 *   weighted      its amount times its probability: what deals like it bring on average
 *   step          anything somebody does about it: a move, a new next step, any change of it
 */
export const opportunity = describeObject({
  name: "opportunity",
  plural: "opportunities",
  label: "Opportunity",
  label_plural: "Opportunities",
  table: "opportunities",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true },
    { name: "account_id", label: "Account", type: "relation", to: "account", shown: true },
    { name: "contact_id", label: "Contact", type: "relation", to: "contact", shown: true },
    { name: "stage_id", label: "Stage", type: "relation", to: "pipeline_stage", computed: true, shown: true },
    { name: "amount", label: "Amount", type: "money", currency_field: "currency", shown: true },
    { name: "currency", label: "Currency", type: "currency", help: "The company's currency unless said." },
    {
      name: "rate",
      label: "Exchange rate",
      type: "number",
      help: "The company's currency per unit of the deal's, when they differ.",
    },
    {
      name: "probability",
      label: "Probability",
      type: "integer",
      shown: true,
      help: "Percent; the stage's unless said.",
    },
    { name: "expected_close", label: "Expected close", type: "date", sortable: true, shown: true },
    { name: "owner_id", label: "Owner", type: "user", shown: true },
    { name: "next_step", label: "Next step", type: "text", max: 500 },
    { name: "next_step_at", label: "Next step on", type: "date" },
    {
      name: "type",
      label: "Kind",
      type: "choice",
      choices: [
        { value: "new", label: "New business", tone: "blue" },
        { value: "upsell", label: "Upsell", tone: "teal" },
        { value: "cross_sell", label: "Cross-sell", tone: "violet" },
        { value: "renewal", label: "Renewal", tone: "green" },
        { value: "win_back", label: "Win-back", tone: "amber" },
      ],
    },
    { name: "description", label: "Description", type: "long_text" },
    {
      name: "status",
      label: "Status",
      type: "choice",
      computed: true,
      required: true,
      choices: [
        { value: "open", label: "Open", tone: "blue" },
        { value: "won", label: "Won", tone: "green" },
        { value: "lost", label: "Lost", tone: "red" },
      ],
    },
    {
      name: "base_amount",
      label: "Amount in the company's currency",
      type: "money",
      computed: true,
      required: true,
      sortable: true,
    },
    { name: "pipeline_id", label: "Pipeline", type: "relation", to: "pipeline", computed: true },
    { name: "stage_since", label: "In this stage since", type: "datetime", computed: true, required: true, sortable: true },
    { name: "touched_at", label: "Last step", type: "datetime", computed: true, required: true },
    { name: "closed_at", label: "Closed", type: "datetime", computed: true, sortable: true },
    { name: "lost_reason_id", label: "Why lost", type: "relation", to: "reason", computed: true },
    { name: "line_count", label: "Lines", type: "integer", computed: true, required: true },
  ],
  related: [],
  search: ["name"],
  default_sort: "-stage_since",
  creatable: true,
  custom: true,
}); // prettier-ignore

async function prepare(tx: Tx, values: Values, before: Row | null): Promise<Values> {
  const given = Object.fromEntries(
    Object.entries(values).filter(([k, v]) => v !== undefined && !(v === null && neverEmpty.has(k))),
  );
  if (given.amount === null) given.amount = 0;
  const moved = await withAccount(tx, given, before);
  const money = moneyOf(tx, given, before);
  const chance = await chanceOf(tx, given, before);
  // What only passes through is no step.
  return { ...given, ...moved, ...money, ...chance, ...(before ? { touched_at: tx.clock() } : {}) };
}

const neverEmpty = new Set(["name", "currency", "type"]);

/** A contact brings their account; somebody must be the customer. */
async function withAccount(tx: Tx, given: Values, before: Row | null): Promise<Values> {
  const now = { ...before, ...given };
  if (!now.contact_id && !now.account_id)
    throw invalid("contact_id", "Say whose opportunity it is: a contact or an account.");
  if (!given.contact_id || given.account_id || given.contact_id === before?.contact_id) return {};
  const contact = await lockRecord(tx, recordType("contact"), given.contact_id as string, "read").catch(() => null);
  if (!contact) throw invalid("contact_id", "There is no such contact.");
  return contact.account_id ? { account_id: contact.account_id } : {};
}

/** Amount, currency and rate belong together; the amount of one with lines is their sum. */
function moneyOf(tx: Tx, given: Values, before: Row | null): Values {
  const base = tx.workspace.currency;
  const lines = Number(before?.line_count ?? 0);
  if (lines > 0 && "amount" in given && given.amount !== before?.amount && !("line_count" in given))
    throw invalid("amount", "The amount is the sum of its lines; change those.", "opportunity.has-lines");
  if (lines > 0 && given.currency && given.currency !== before?.currency)
    throw invalid("currency", "Its lines have prices in this currency; take them out first.", "opportunity.has-lines");
  const amount = Number(given.amount ?? before?.amount ?? 0);
  if (amount < 0) throw invalid("amount", "An amount is not below zero.");
  const currency = (given.currency ?? before?.currency ?? base) as string;
  const rate = rateOf(currency, base, given.rate ?? (currency === before?.currency ? before.rate : undefined));
  const to_base = toBase(currency, rate, base);
  return { amount, currency, rate, to_base, base_amount: inBase(amount, to_base) };
}

function rateOf(currency: string, base: string, given: unknown): string {
  if (currency === base) return "1";
  const rate = Number(given ?? 0);
  if (!Number.isFinite(rate) || rate < 1e-9 || rate > 1e9)
    throw invalid("rate", `Say how many ${base} one ${currency} is worth.`);
  return String(given);
}

/** A probability that somebody sets stays until the next move; taken away, it is the stage's again. */
async function chanceOf(tx: Tx, given: Values, before: Row | null): Promise<Values> {
  if (!("probability" in given)) return {};
  if (before && before.status !== "open" && given.probability !== before.probability)
    throw invalid("probability", "It is closed; its probability is settled.");
  if (given.probability === null) {
    const stage = await stageOf(tx, String(before?.stage_id ?? given.stage_id));
    return { probability: stage.probability, own_probability: false };
  }
  const probability = Number(given.probability);
  if (probability < 0 || probability > 100) throw invalid("probability", "A probability is between 0 and 100 percent.");
  return before && probability !== before.probability ? { own_probability: true } : {};
}

/** Opportunities tell their own facts: opening, moving, winning and losing say more than "changed". */
export const opportunityType = registerRecordType({ object: opportunity, prepare, tell: () => null });
