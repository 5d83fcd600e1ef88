import { z } from "zod";
import { fact, id, text } from "../fact.ts";

// "build": the whole segment was computed anew; "time": nothing happened but the passing of time.
const membership = z.object({ segment_id: id, name: text, how: z.enum(["fact", "time", "build", "hand"]) });

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
  "page.visited": fact("visited a page", z.object({ title: text }), (d) => `visited “${d.title}”`),
  "form.submitted": fact("sent a form", z.object({ form: text }), (d) => `sent the form “${d.form}”`),
  "newsletter.subscribed": fact(
    "subscribed to the newsletter",
    z.object({ list: text }),
    (d) => `subscribed to ${d.list}`,
  ),
  "newsletter.unsubscribed": fact("left the newsletter", z.object({ list: text }), (d) => `left ${d.list}`),
  "campaign.clicked": fact("clicked in a campaign", z.object({ campaign: text }), (d) => `clicked in “${d.campaign}”`),
  "segment.entered": fact("entered a segment", membership, (d) => `entered the segment “${d.name}”`),
  "segment.left": fact("left a segment", membership, (d) => `left the segment “${d.name}”`),
  "import.finished": fact(
    "a file was imported",
    z.object({ import_id: id, object: text, file: text, created: z.int(), failed: z.int() }),
    (d) => `imported ${d.created} ${d.object} from ${d.file}${d.failed > 0 ? `, ${d.failed} rows failed` : ""}`,
  ),
} as const;
