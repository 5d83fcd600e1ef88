import type { Message } from "./message.ts";

/*
 * Words we use
 *   letter   a mail Rondo itself writes: a greeting line, paragraphs, at most one button, a foot; text and HTML say the same
 */
export interface Letter {
  to: string;
  subject: string;
  paragraphs: readonly string[];
  button?: { label: string; url: string };
  foot: string;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** The text as HTML shows it, safe in an element and in a quoted attribute. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => entities[c]!);

const paragraph = (text: string): string => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`;

/** The letter as a message; line breaks in the subject become spaces. */
export function letter(l: Letter): Message {
  const button = l.button
    ? `<p style="margin:24px 0"><a href="${escapeHtml(l.button.url)}" style="background:#1f1d2b;color:#ffffff;padding:12px 20px;border-radius:8px;text-decoration:none">${escapeHtml(l.button.label)}</a></p>`
    : "";
  return {
    to: l.to,
    subject: l.subject.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").slice(0, 200),
    text: [...l.paragraphs, ...(l.button ? [`${l.button.label}:\n${l.button.url}`] : []), "-- ", l.foot]
      .join("\n\n")
      .replace("-- \n\n", "-- \n"),
    html: `<!doctype html><html><body style="font:16px/1.5 system-ui,sans-serif;color:#1f1d2b;max-width:36rem;margin:0 auto;padding:24px">${l.paragraphs.map(paragraph).join("")}${button}<p style="color:#6b6880;font-size:13px">${escapeHtml(l.foot)}</p></body></html>`,
  };
}
