import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { escapeHtml } from "#platform/mail";
import { pageUrl, seal } from "#platform/pages";
import type { Db } from "#platform/postgres";

// 96 bits of the address's hash name it.
const linkId = (url: string): string => createHash("sha256").update(url).digest("hex").slice(0, 24);

const anchors = /(<a\b[^<>]*?\shref\s*=\s*)(?:"([^"]*)"|'([^']*)')/gi;
const entities: Record<string, string> = { "&amp;": "&", "&quot;": '"', "&#39;": "'", "&lt;": "<", "&gt;": ">" };
const plain = (text: string): string => text.replaceAll(/&(?:amp|quot|#39|lt|gt);/g, (e) => entities[e]!);

/** Links whose clicks are told: to other places than our own way out. */
const isTold = (ctx: Pick<Ctx, "outside">, url: string): boolean =>
  /^https?:\/\//i.test(url) && url.length <= 4000 && !url.startsWith(`${ctx.outside.url}/p/`);

/** The addresses of a mail whose clicks are told. */
export const toldLinks = (ctx: Pick<Ctx, "outside">, html: string): string[] => [
  ...new Set([...html.matchAll(anchors)].map((m) => plain(m[2] ?? m[3] ?? "")).filter((url) => isTold(ctx, url))),
];

const known = new WeakMap<Db, Set<string>>();

// Most mails of a campaign hold the same addresses: written down once.
async function remember(ctx: Ctx, urls: readonly string[]): Promise<void> {
  const there = known.get(ctx.db) ?? new Set<string>();
  known.set(ctx.db, there);
  const fresh = urls.filter((url) => !there.has(url));
  if (fresh.length === 0) return;
  await sql`
    insert into mail_links (id, url) select * from unnest(${fresh.map(linkId)}::text[], ${fresh}::text[]) on conflict do nothing`.execute(
    ctx.db,
  );
  if (there.size > 10_000) there.clear();
  for (const url of fresh) there.add(url);
}

/** Has the mail's links lead over us, adds a link that no person sees (whoever follows it is a machine) and a picture of one dot. */
export async function withTracking(ctx: Ctx, send: string, html: string): Promise<string> {
  await remember(ctx, toldLinks(ctx, html));
  const over = (what: string): string => pageUrl(ctx, `/t/${seal(ctx, "click", `${send}.${what}`)}`);
  const linked = html.replaceAll(
    anchors,
    (all: string, head: string, double: string | undefined, single: string | undefined) => {
      const url = plain(double ?? single ?? "");
      return isTold(ctx, url) ? `${head}"${escapeHtml(over(linkId(url)))}"` : all;
    },
  );
  const trap = `<a href="${escapeHtml(over("trap"))}" style="display:none" tabindex="-1" aria-hidden="true"></a>`;
  const dot = `<img src="${escapeHtml(pageUrl(ctx, `/o/${seal(ctx, "open", send)}.gif`))}" width="1" height="1" alt="" style="display:block">`;
  const end = linked.toLowerCase().lastIndexOf("</body>");
  return end < 0 ? linked + trap + dot : linked.slice(0, end) + trap + dot + linked.slice(end);
}
