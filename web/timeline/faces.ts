import type { FactName } from "#timeline";
import type { Tone } from "#records";

/** How a fact looks on a timeline: the colour of its stage (or of its mood), and the kind it is filtered by. */
export interface Face {
  tone: Tone;
  kind: Kind;
}
/** What a timeline is filtered by, in a person's words. */
export type Kind = "orders" | "conversations" | "feedback" | "campaigns" | "lifecycle" | "details";

const face = (tone: Tone, kind: Kind): Face => ({ tone, kind });

// Every fact has a face, or this does not compile.
const faces = {
  "contact.created": face("violet", "details"),
  "contact.updated": face("gray", "details"),
  "contact.trashed": face("gray", "details"),
  "contact.restored": face("gray", "details"),
  "account.created": face("violet", "details"),
  "account.updated": face("gray", "details"),
  "account.trashed": face("gray", "details"),
  "account.restored": face("gray", "details"),
  "page.visited": face("violet", "campaigns"),
  "form.submitted": face("violet", "campaigns"),
  "newsletter.subscribed": face("violet", "campaigns"),
  "newsletter.unsubscribed": face("red", "campaigns"),
  "campaign.clicked": face("violet", "campaigns"),
  "segment.entered": face("violet", "campaigns"),
  "segment.left": face("gray", "campaigns"),
  "import.finished": face("gray", "details"),
  "product.created": face("blue", "details"),
  "product.updated": face("gray", "details"),
  "product.trashed": face("gray", "details"),
  "product.restored": face("gray", "details"),
  "lead.opened": face("blue", "lifecycle"),
  "lead.qualified": face("blue", "lifecycle"),
  "lead.unqualified": face("gray", "lifecycle"),
  "opportunity.opened": face("blue", "orders"),
  "opportunity.won": face("green", "orders"),
  "opportunity.lost": face("red", "orders"),
  "order.placed": face("teal", "orders"),
  "order.paid": face("teal", "orders"),
  "order.cancelled": face("red", "orders"),
  "order.corrected": face("gray", "orders"),
  "order.reopened": face("teal", "orders"),
  "order.delivered": face("teal", "orders"),
  "order.returned": face("red", "orders"),
  "payment.received": face("teal", "orders"),
  "payment.refunded": face("red", "orders"),
  "onboarding.started": face("green", "lifecycle"),
  "onboarding.completed": face("green", "lifecycle"),
  "case.opened": face("red", "conversations"),
  "case.resolved": face("green", "conversations"),
  "customer.stage-changed": face("amber", "lifecycle"),
  "customer.moved-by-hand": face("amber", "lifecycle"),
  "customer.stages-corrected": face("gray", "lifecycle"),
  "lifecycle.rules-changed": face("gray", "lifecycle"),
  "referral.made": face("amber", "feedback"),
  "review.written": face("pink", "feedback"),
  "reward.earned": face("amber", "campaigns"),
  "survey.sent": face("pink", "feedback"),
  "survey.answered": face("pink", "feedback"),
  "improvement.announced": face("pink", "feedback"),
} satisfies { [N in FactName]: Face };

const byName: Readonly<Record<string, Face>> = faces;

/** The face of a fact by name; a plain one for a kind that a later version of the server writes. */
export const faceOf = (name: string): Face => byName[name] ?? face("neutral", "details");
