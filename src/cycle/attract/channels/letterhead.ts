import { domainToASCII } from "node:url";
import type { Ctx } from "#platform/context";
import { escapeHtml, type Message } from "#platform/mail";
import { pageUrl, seal, workspaceKey } from "#platform/pages";
import type { SendRow } from "./send.ts";
import { senderOf, type MailSettings } from "./settings.ts";
import type { Links, Written } from "./source.ts";
import { withTracking } from "./tracking/links.ts";

type Linking = Pick<Ctx, "outside" | "workspace">;

/** Where the person of this mail leaves, and where they choose what they get. */
export const linksOf = (ctx: Linking, send: Pick<SendRow, "id">): Links => ({
  unsubscribe: pageUrl(ctx, `/u/${seal(ctx, "unsubscribe", send.id)}`),
  preferences: pageUrl(ctx, `/preferences/${seal(ctx, "preferences", send.id)}`),
});

/** The mail as it leaves: sender, way out, picture and links that tell it was read, and what mail servers want to know of it. */
export async function messageFor(
  ctx: Ctx,
  settings: MailSettings,
  send: SendRow & { address: string },
  draft: Written,
): Promise<Message> {
  const from = draft.from ?? senderOf(ctx, settings);
  const links = linksOf(ctx, send);
  const footed = withFoot(send, draft, links, ctx.workspace.name);
  const html = draft.tracked && settings.tracking ? await withTracking(ctx, send.id, footed.html) : footed.html;
  // Message-ID and List-ID hold ASCII only.
  const domain = domainToASCII(from.address.split("@")[1] ?? "") || "localhost";
  return {
    to: send.address,
    from,
    reply_to: draft.reply_to ?? settings.reply_to ?? undefined,
    subject: draft.subject,
    text: footed.text,
    html,
    message_id: send.message_id ?? `<${send.id}@${domain}>`,
    personal: send.personal,
    headers: { ...(send.kind === "service" ? {} : headersOf(ctx, send, links, domain)), ...send.headers },
  };
}

// RFC 2369, RFC 8058 (one-click), RFC 2919 (List-ID, stable for each purpose), Gmail's Feedback-ID.
const headersOf = (ctx: Ctx, send: SendRow, links: Links, domain: string): Record<string, string> => ({
  "List-Unsubscribe": `<${links.unsubscribe}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  "List-ID": `<${send.purpose}.${workspaceKey(ctx)}.${domain}>`,
  "Feedback-ID": `${send.source_id}:${send.source}:${send.kind}:${workspaceKey(ctx)}`,
});

/** A source that writes late has put its way out where it wants it; a mail that was queued whole gets one at its foot. */
function withFoot(send: SendRow, draft: Written, links: Links, company: string): { html: string; text: string } {
  if (send.kind === "service" || send.html === null) return draft;
  const words = `You get this mail because you are a customer of ${company}.`;
  const foot = `<p style="color:#6b6880;font-size:13px">${escapeHtml(words)} <a href="${escapeHtml(links.preferences)}" style="color:#6b6880">Choose what you get</a> · <a href="${escapeHtml(links.unsubscribe)}" style="color:#6b6880">Stop such mails</a></p>`;
  const end = draft.html.toLowerCase().lastIndexOf("</body>");
  const html = end < 0 ? draft.html + foot : draft.html.slice(0, end) + foot + draft.html.slice(end);
  return { html, text: `${draft.text}\n\n-- \n${words}\nStop such mails: ${links.unsubscribe}` };
}
