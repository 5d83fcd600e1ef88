import { sql } from "kysely";
import { describeObject, registerRecordType, type Choice } from "#records";
import { record } from "#timeline";
import { textIn } from "./words.ts";

/*
 * Words we use
 *   lead        an episode on a person: they asked, somebody answers, it becomes an opportunity or is set aside
 *   status      open (nobody answered), working (answered), qualified, disqualified (set aside, with its reason); the company may
 *               call them what it likes, the four stay
 *   joining     a second asking while a lead is open: it belongs to that one
 *   recycling   a lead that was set aside comes back on a day
 */
export const leadStatuses = ["open", "working", "qualified", "disqualified"] as const;
export type LeadStatus = (typeof leadStatuses)[number];

export const statusLabels: Readonly<Record<LeadStatus, string>> = {
  open: "Open",
  working: "Contacted",
  qualified: "Qualified",
  disqualified: "Unqualified",
};
const tones = { open: "amber", working: "blue", qualified: "green", disqualified: "gray" } as const;
const statuses: readonly Choice[] = leadStatuses.map((value) => ({
  value,
  label: statusLabels[value],
  tone: tones[value],
}));

export const lead = describeObject({
  name: "lead",
  plural: "leads",
  label: "Lead",
  label_plural: "Leads",
  table: "leads",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", computed: true, required: true, sortable: true, shown: true },
    { name: "status", label: "Status", type: "choice", choices: statuses, computed: true, required: true, shown: true },
    {
      name: "score",
      label: "Score",
      type: "integer",
      computed: true,
      required: true,
      sortable: true,
      shown: true,
      help: "The sum of the points of every rule that holds now.",
    },
    {
      name: "first_response_due",
      label: "Answer by",
      type: "datetime",
      computed: true,
      sortable: true,
      shown: true,
      help: "When the first answer is due, in business hours.",
    },
    { name: "responded_at", label: "First answer", type: "datetime", computed: true },
    { name: "owner_id", label: "Owner", type: "user", shown: true },
    { name: "source", label: "Source", type: "text", required: true, shown: true },
    { name: "interest", label: "Interest", type: "text", shown: true },
    { name: "message", label: "Message", type: "long_text", max: 5000 },
    {
      name: "company",
      label: "Company",
      type: "text",
      help: "As they wrote it; conversion finds or makes the account.",
    },
    { name: "contact_id", label: "Contact", type: "relation", to: "contact", computed: true, required: true },
    { name: "account_id", label: "Account", type: "relation", to: "account", computed: true, shown: true },
    { name: "asked_at", label: "Asked", type: "datetime", computed: true, required: true, sortable: true, shown: true },
    { name: "asks", label: "Times asked", type: "integer", computed: true, required: true },
    { name: "unqualified_reason", label: "Reason", type: "text", computed: true },
    {
      name: "recycle_at",
      label: "Comes back",
      type: "datetime",
      computed: true,
      help: "When a lead that was set aside is looked at again.",
    },
    { name: "qualified_at", label: "Qualified at", type: "datetime", computed: true },
    { name: "closed_at", label: "Closed", type: "datetime", computed: true },
    { name: "converted_at", label: "Converted", type: "datetime", computed: true },
    { name: "opportunity_id", label: "Opportunity", type: "relation", to: "opportunity", computed: true },
  ],
  related: [],
  search: ["name"],
  default_sort: "-asked_at",
  creatable: false,
  custom: true,
});

/** A lead with its rules; a new owner is a fact. Leads are opened by openLead, never as a bare record. */
export const leadType = registerRecordType({
  object: lead,
  async saved(tx, act, row, changed) {
    if (act !== "updated" || !changed.includes("owner_id")) return;
    const owner_id = textIn(row.owner_id);
    const { rows } = await sql<{ name: string }>`select name from rondo.users where id = ${owner_id}`.execute(tx.db);
    await record(tx, {
      name: "lead.assigned",
      contact_id: String(row.contact_id),
      account_id: textIn(row.account_id),
      caused_by: String(row.opened_fact),
      payload: { lead_id: row.id, owner_id, owner: rows[0]?.name ?? "nobody" },
    });
  },
  tell: () => null,
});
