import sanitizeHtml from "sanitize-html";
import { z } from "zod";
import { cleanText } from "./values.ts";

/*
 * Words we use
 *   rich text   what a person writes with bold, lists, links and mentions: kept as the little HTML that is allowed, beside its plain text
 *   mention     a colleague named in it: <span data-type="mention" data-id="…">@Tom Weber</span>
 */
export interface RichText {
  html: string;
  text: string;
  /** Who is named, each once, in order. */
  mentions: string[];
}

const allowed: sanitizeHtml.IOptions = {
  allowedTags: ["p", "br", "strong", "em", "u", "s", "code", "pre", "blockquote", "ul", "ol", "li", "h3", "a", "span"],
  allowedAttributes: { a: ["href", "rel", "target"], span: ["data-type", "data-id", "class"], ol: ["start"] },
  allowedClasses: { span: ["mention"] },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  allowProtocolRelative: false,
  nestingLimit: 20,
  transformTags: {
    b: "strong",
    i: "em",
    h1: "h3",
    h2: "h3",
    h4: "h3",
    a: (tagName, { href = "" }) => ({ tagName, attribs: { href, rel: "noopener noreferrer nofollow", target: "_blank" } }),
    span: (tagName, attribs) => {
      const id = attribs["data-id"] ?? "";
      const isMention = attribs["data-type"] === "mention" && uuid.test(id);
      return { tagName, attribs: isMention ? { "data-type": "mention", "data-id": id, class: "mention" } : {} };
    },
  }, // prettier-ignore
};
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const entities: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": " " }; // prettier-ignore

// The HTML is our own by now: every tag is known, and only these five characters are written as entities.
const plainOf = (html: string): string =>
  cleanText(
    html
      .replaceAll(/<br\s*\/?>|<\/(?:p|li|h3|blockquote|pre)>/g, "\n")
      .replaceAll(/<[^>]*>/g, "")
      .replaceAll(/&(?:amp|lt|gt|quot|nbsp);/g, (entity) => entities[entity]!)
      .replaceAll(/\n{3,}/g, "\n\n"),
  );

/** Cleaned until it stays as it is: what a removed tag held apart, or an entity hid, stands there only then. */
function cleaned(html: string): string {
  let [before, after] = [html, cleanText(sanitizeHtml(html, allowed))];
  for (let turn = 0; after !== before && turn < 5; turn++)
    [before, after] = [after, cleanText(sanitizeHtml(after, allowed))];
  return after;
}

/** What is kept of written HTML, with its plain text and whom it names. */
export function richTextOf(written: string): RichText {
  const html = cleaned(cleanText(written));
  const mentions = [...html.matchAll(/data-id="([0-9a-f-]{36})"/g)].map(([, id]) => id!);
  return { html, text: plainOf(html), mentions: [...new Set(mentions)] };
}

/** Plain text as rich text: every line a paragraph, nothing of it markup. */
export const asRichText = (text: string): RichText =>
  richTextOf(text.split("\n").map((line) => `<p>${sanitizeHtml(line, { allowedTags: [], disallowedTagsMode: "escape" })}</p>`).join("")); // prettier-ignore

/** Rich text in the input of an endpoint: something written, at most 20,000 letters of it and 20 people named. */
export const richText = z
  .string()
  .max(100_000, "This is too long.")
  .transform(richTextOf)
  .refine((r) => r.text !== "", "Write something.")
  .refine((r) => r.text.length <= 20_000, "At most 20,000 letters.")
  .refine((r) => r.mentions.length <= 20, "Name at most 20 people at once.");
