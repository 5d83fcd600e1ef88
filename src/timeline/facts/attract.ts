import { z } from "zod";
import { fact, id, text } from "../fact.ts";

// "build": the whole segment was computed anew; "time": nothing happened but the passing of time.
const membership = z.object({ segment_id: id, name: text, how: z.enum(["fact", "time", "build", "hand"]) });

// "consent_id": the line of the consent log that proves it.
const consented = { purpose: text.optional(), consent_id: id.optional(), source: text.optional() };

const mail = z.object({
  send_id: id,
  kind: z.enum(["marketing", "relationship", "service"]),
  source: text,
  source_id: id,
  subject: text,
});
const stoppedMail = mail.extend({ code: text, reason: text });

const merge = z.object({ merge_id: id, names: z.array(text).max(20) });

/** How people come to be known. */
export const attract = {
  "contact.created": fact("became known", z.object({ name: text, source: text }), (d) =>
    d.source === "by hand" ? "was added by hand" : `became known through ${d.source}`,
  ),
  "contact.updated": fact(
    "changed their details",
    z.object({ fields: z.array(text).max(200) }),
    (d) => `details changed: ${d.fields.join(", ")}`,
  ),
  "contact.trashed": fact("was moved to the trash", z.object({ name: text }), () => "moved to the trash"),
  "contact.restored": fact("was restored from the trash", z.object({ name: text }), () => "restored from the trash"),
  "account.created": fact("the account became known", z.object({ name: text, source: text }), (d) =>
    d.source === "by hand" ? `${d.name} was added by hand` : `${d.name} became known through ${d.source}`,
  ),
  "account.updated": fact(
    "the account's details changed",
    z.object({ fields: z.array(text).max(200) }),
    (d) => `account details changed: ${d.fields.join(", ")}`,
  ),
  "account.trashed": fact(
    "the account was moved to the trash",
    z.object({ name: text }),
    (d) => `${d.name} moved to the trash`,
  ),
  "account.restored": fact(
    "the account was restored",
    z.object({ name: text }),
    (d) => `${d.name} restored from the trash`,
  ),
  "contact.merged": fact("was merged with a duplicate", merge, (d) => `merged with ${d.names.join(", ")}`),
  "contact.unmerged": fact(
    "the merge with a duplicate was undone",
    merge,
    (d) => `the merge with ${d.names.join(", ")} was undone`,
  ),
  "account.merged": fact("the account was merged with a duplicate", merge, (d) => `merged with ${d.names.join(", ")}`),
  "account.unmerged": fact(
    "the account's merge was undone",
    merge,
    (d) => `the merge with ${d.names.join(", ")} was undone`,
  ),
  "page.visited": fact("visited a page", z.object({ title: text }), (d) => `visited “${d.title}”`),
  // "opens_lead": the form asks for somebody to answer; convert/leads reacts.
  "form.submitted": fact(
    "sent a form",
    z.object({
      form: text,
      form_id: id.optional(),
      submission_id: id.optional(),
      opens_lead: z.boolean().optional(),
      source: text.optional(),
      message: text.optional(),
    }),
    (d) => `sent the form “${d.form}”${d.message ? `: “${d.message}”` : ""}`,
  ),
  "newsletter.subscribed": fact(
    "subscribed to the newsletter",
    z.object({ list: text, ...consented }),
    (d) => `subscribed to ${d.list}`,
  ),
  "newsletter.unsubscribed": fact(
    "left the newsletter",
    z.object({ list: text, ...consented }),
    (d) => `left ${d.list}`,
  ),
  "consent.given": fact(
    "gave consent",
    z.object({ label: text, ...consented }),
    (d) => `gave consent: ${d.label.toLowerCase()}`,
  ),
  "consent.withdrawn": fact(
    "withdrew consent",
    z.object({ label: text, ...consented }),
    (d) => `withdrew consent: ${d.label.toLowerCase()}`,
  ),
  "campaign.clicked": fact(
    "clicked in a campaign",
    z.object({
      campaign: text,
      campaign_id: id.optional(),
      send_id: id.optional(),
      url: z.string().max(4000).optional(),
    }),
    (d) => `clicked in “${d.campaign}”`,
  ),
  "campaign.click-withdrawn": fact(
    "a click turned out to be a machine's",
    z.object({ campaign: text, send_id: id, reasons: z.array(text).max(20) }),
    (d) => `the click in “${d.campaign}” was a machine's`,
  ),
  "campaign.started": fact(
    "a campaign was started",
    z.object({ campaign_id: id, campaign: text, planned: z.int() }),
    (d) => `the campaign “${d.campaign}” was started for ${d.planned}`,
  ),
  "mail.sent": fact("was sent a mail", mail, (d) => `was sent “${d.subject}”`),
  "mail.held": fact("a mail was held back", stoppedMail, (d) => `“${d.subject}” was held back: ${d.reason}`),
  "mail.rejected": fact("a mail was refused", stoppedMail, (d) => `“${d.subject}” was refused: ${d.reason}`),
  "segment.entered": fact("entered a segment", membership, (d) => `entered the segment “${d.name}”`),
  "segment.left": fact("left a segment", membership, (d) => `left the segment “${d.name}”`),
  "import.finished": fact(
    "a file was imported",
    z.object({ import_id: id, object: text, file: text, created: z.int(), failed: z.int() }),
    (d) => `imported ${d.created} ${d.object} from ${d.file}${d.failed > 0 ? `, ${d.failed} rows failed` : ""}`,
  ),
} as const;
