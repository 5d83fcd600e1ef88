import { Refused } from "#kernel/refusal";
import { refuseSender } from "#attract/channels";
import { describeObject, registerRecordType, type Row, type Values } from "#records";
import { compile } from "./letter/compile.ts";

/*
 * Words we use
 *   campaign   one mail to the members of a segment who agreed, once; drafted, scheduled, started, and then told of in a report
 *   start      freezing the audience: one row in the ledger of sends for each who gets it; afterwards nothing of the mail changes
 */
export const campaignStates = ["draft", "scheduled", "sending", "paused", "sent", "cancelled"] as const;
export type CampaignState = (typeof campaignStates)[number];

export const campaign = describeObject({
  name: "campaign",
  plural: "campaigns",
  label: "Campaign",
  label_plural: "Campaigns",
  table: "campaigns",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true },
    {
      name: "state",
      label: "State",
      type: "choice",
      computed: true,
      required: true,
      shown: true,
      choices: [
        { value: "draft", label: "Draft", tone: "gray" },
        { value: "scheduled", label: "Scheduled", tone: "blue" },
        { value: "sending", label: "Sending", tone: "amber" },
        { value: "paused", label: "Paused", tone: "red" },
        { value: "sent", label: "Sent", tone: "green" },
        { value: "cancelled", label: "Called off", tone: "gray" },
      ],
    },
    { name: "subject", label: "Subject", type: "text", max: 200, shown: true },
    { name: "preheader", label: "Line after the subject", type: "text", max: 200 },
    { name: "segment_id", label: "Segment", type: "relation", to: "segment", shown: true },
    { name: "planned_count", label: "Recipients", type: "integer", computed: true, required: true, shown: true },
    { name: "started_at", label: "Started", type: "datetime", computed: true, sortable: true, shown: true },
    { name: "send_at", label: "Scheduled for", type: "datetime", computed: true, shown: true },
    { name: "finished_at", label: "Finished", type: "datetime", computed: true },
    {
      name: "cost",
      label: "Cost",
      type: "money",
      help: "What it cost beside the mails: a picture, a voucher, an agency.",
    },
    { name: "from_name", label: "From", type: "text", max: 100, help: "The sender of all mails unless said." },
    { name: "from_address", label: "From address", type: "email" },
    { name: "reply_to", label: "Answers go to", type: "email" },
    { name: "tracked", label: "Count clicks", type: "boolean" },
    { name: "owner_id", label: "Owner", type: "user" },
  ],
  related: [],
  search: ["name"],
  default_sort: "-updated_at",
  creatable: false,
  custom: true,
});

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Editing after the start is refused: what people got is what the report tells of. What it cost, and what the company notes in fields of its own, may be known later. */
const refuseStarted = (before: Row, changed: readonly string[]): void => {
  if (before.state === "draft" || before.state === "scheduled") return;
  if (changed.every((field) => ["cost", "owner_id", "name", "custom"].includes(field))) return;
  throw new Refused(
    "conflict",
    "campaign.started",
    "The campaign was started: its mail can no longer change. Make a copy instead.",
  );
};

/** A campaign with its rules: a sender of one's own, a mail compiled once for each text, no change after the start. */
export const campaignType = registerRecordType({
  object: campaign,
  async prepare(_tx, given, before) {
    const values: Values = given.tracked === null ? { ...given, tracked: true } : given;
    if (before) refuseStarted(before, Object.keys(values));
    if (textOf(values.from_address)) refuseSender("from_address", textOf(values.from_address));
    if (before && !["body", "subject", "preheader"].some((f) => f in values)) return values;
    const part = (field: string): string => textOf(field in values ? values[field] : before?.[field]);
    const { html, text, problems } = await compile({
      subject: part("subject"),
      preheader: part("preheader"),
      body: part("body"),
    });
    return { ...values, html, text_body: text, problems: JSON.stringify(problems) };
  },
  saved(_tx, act, row) {
    if (act === "trashed" && (row.state === "sending" || row.state === "paused" || row.state === "scheduled"))
      throw new Refused("conflict", "campaign.running", "Call the campaign off first.");
    return Promise.resolve();
  },
  tell: () => null,
});
