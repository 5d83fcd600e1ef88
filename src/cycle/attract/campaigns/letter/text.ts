const entities: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
  "&#xA0;": " ",
};

/**
 * Without what stands between an opening and its end; an opening that never ends takes nothing with it. Written so, and with patterns
 * that stop at the next "<", the work grows with the mail and not with its square, whatever somebody wrote.
 */
function without(html: string, opening: RegExp, end: string): string {
  const small = html.toLowerCase();
  let kept = "";
  let from = 0;
  for (const m of html.matchAll(opening)) {
    if (m.index < from) continue;
    const until = small.indexOf(end, m.index + m[0].length);
    if (until < 0) break;
    kept += html.slice(from, m.index);
    from = until + end.length;
  }
  return kept + html.slice(from);
}

const unread = (html: string): string =>
  [
    [/<!--/g, "-->"],
    [/<head\b/gi, "</head>"],
    [/<style\b/gi, "</style>"],
    [/<title\b/gi, "</title>"],
    // The line that mail programs show after the subject: hidden in the mail itself.
    [/<div style="display:none[^<>]*>/gi, "</div>"],
  ].reduce((text, [opening, end]) => without(text, opening as RegExp, end as string), html);

/** The text twin of an HTML mail: what stands in it, links with their address, one blank line between blocks. Merge fields stay in place. */
export function textOf(html: string): string {
  return unread(html)
    .replaceAll(/\s+/g, " ")
    .replaceAll(/<a\b[^<>]*?href="([^"]*)"[^<>]*>([\s\S]{0,2000}?)<\/a>/gi, (_, url: string, label: string) => `${label.trim()} (${url})`)
    .replaceAll(/<img\b[^<>]*?alt="([^"]+)"[^<>]*>/gi, "$1")
    .replaceAll(/<br\s*\/?>/gi, "\n")
    .replaceAll(/<\/(p|div|tr|table|h[1-6]|li|td)>/gi, "\n\n")
    .replaceAll(/<[^<>]+>/g, "")
    .replaceAll(/&(?:amp|lt|gt|quot|nbsp|#39|#xA0);/g, (e) => entities[e]!)
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
} // prettier-ignore
