import { lint, type Problem } from "./lint.ts";
import { prepareLiquid } from "./liquid.ts";
import { textOf } from "./text.ts";

export interface Compiled {
  html: string | null;
  text: string | null;
  problems: Problem[];
}

const footer = `
    <mj-section padding="8px 0"><mj-column>
      <mj-text font-size="12px" line-height="18px" color="#6b6880" align="center">{{ company.name }}{% if company.postal %} · {{ company.postal }}{% endif %}<br/>
        <a href="{{ unsubscribe_url }}" style="color:#6b6880">Stop these mails</a> · <a href="{{ preferences_url }}" style="color:#6b6880">Choose what you get</a></mj-text>
    </mj-column></mj-section>
  `;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/**
 * Compiles a campaign's mail once for all its readers: MJML to HTML and to text, with the merge fields still in place. No file is read
 * and nothing is fetched. `html` is null when it cannot be sent as it is; `problems` name the lines.
 */
export async function compile(parts: { subject: string; preheader: string; body: string }): Promise<Compiled> {
  const problems = [...lint(parts.subject, "subject"), ...lint(parts.preheader, "subject"), ...lint(parts.body)];
  if (!/<mj-body\b/i.test(parts.body)) problems.push({ line: null, level: "error", message: "The mail is empty: it needs <mjml><mj-body> … </mj-body></mjml>." });
  if (!parts.subject.trim()) problems.push({ line: null, level: "error", message: "The mail has no subject." });
  if (problems.some((p) => p.level === "error" && !p.message.includes("subject"))) return { html: null, text: null, problems };
  let source = parts.body;
  if (!/\{\{-?\s*unsubscribe_url\b/.test(source)) {
    source = source.replace(/<\/mj-body>/i, `${footer}</mj-body>`);
    problems.push({ line: null, level: "warning", message: "There was no way out, so one is added at the foot: {{ unsubscribe_url }}." });
  }
  if (parts.preheader.trim() && !/<mj-preview\b/i.test(source)) source = withPreview(source, parts.preheader);
  const { html, errors } = await toHtml(source);
  problems.push(...errors);
  if (html === null || problems.some((p) => p.level === "error")) return { html: null, text: null, problems };
  const text = textOf(html);
  try {
    prepareLiquid({ subject: parts.subject, html, text });
  } catch (error) {
    return { html: null, text: null, problems: [...problems, { line: null, level: "error", message: (error as Error).message.slice(0, 300) }] };
  }
  return { html, text, problems };
} // prettier-ignore

const withPreview = (source: string, preheader: string): string => {
  const preview = `<mj-preview>${escaped(preheader)}</mj-preview>`;
  if (/<mj-head\s*>/i.test(source)) return source.replace(/<mj-head\s*>/i, (head) => head + preview);
  return source.replace(/<mjml\b[^>]*>/i, (root) => `${root}<mj-head>${preview}</mj-head>`);
};

async function toHtml(source: string): Promise<{ html: string | null; errors: Problem[] }> {
  // MJML brings 30 components: loaded when the first mail is written, not at every start.
  const { default: mjml2html } = await import("mjml");
  try {
    // No fonts: the reader's mail program would fetch them, and tell somebody else that the mail is read.
    const { html, errors } = await mjml2html(source, { validationLevel: "soft", fonts: {}, keepComments: false, ignoreIncludes: true });
    return { html, errors: errors.map((e) => ({ line: e.line, level: "error" as const, message: `${e.tagName}: ${e.message}`.slice(0, 300) })) };
  } catch (error) {
    return { html: null, errors: [{ line: null, level: "error", message: (error as Error).message.slice(0, 300) }] };
  }
} // prettier-ignore
