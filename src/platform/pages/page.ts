import type { Ctx } from "#platform/context";
import { html, trusted, type Html } from "./html.ts";

/** What a public page shows; the frame gives it the company's name, language and look. */
export interface PageContent {
  title: string;
  body: Html;
  status?: number;
  /** Where a form was sent: the browser goes there with GET, so that reloading sends nothing twice. Within this workspace's pages. */
  redirect?: undefined;
  /** May stand in a frame of the company's own site. */
  embeddable?: boolean;
}

// No script, no font, no request beyond the page: it is there at once, and works in a mail program's browser.
const style = `
:root{color-scheme:light dark;--bg:#fafafa;--card:#fff;--text:#18181b;--text2:#52525b;--line:#d4d4d8;--accent:#4f46e5;--on-accent:#fff;--danger:#b91c1c;--good:#15803d}
@media (prefers-color-scheme:dark){:root{--bg:#121214;--card:#18181b;--text:#f4f4f5;--text2:#b4b4bd;--line:#3f3f46;--accent:#a5b4fc;--on-accent:#1e1b3a;--danger:#fca5a5;--good:#86efac}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif}
main{max-width:40rem;margin:0 auto;padding:24px 16px 64px;overflow-wrap:anywhere}header{max-width:40rem;margin:0 auto;padding:24px 16px 0;font-weight:600;color:var(--text2)}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 16px}h2{font-size:1.1rem;margin:32px 0 8px}p{margin:0 0 16px}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:24px}
label,legend{display:block;font-weight:600;margin:0 0 4px}fieldset{border:0;padding:0;margin:0 0 16px}
input:not([type=checkbox]):not([type=radio]),select,textarea{width:100%;min-height:44px;padding:8px 12px;border:1px solid var(--line);border-radius:6px;background:var(--card);color:var(--text);font:inherit}
input[type=checkbox],input[type=radio]{width:20px;height:20px;accent-color:var(--accent);vertical-align:-4px;margin-inline-end:8px}
.field{margin:0 0 16px}.choice{font-weight:400;display:flex;align-items:center;min-height:44px}.choice input{flex:none}
button,.button{display:inline-block;min-height:44px;padding:10px 20px;border:0;border-radius:6px;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:600;cursor:pointer;text-decoration:none}
button.plain{background:none;color:var(--accent);border:1px solid var(--line)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}a{color:var(--accent)}
.quiet{color:var(--text2)}.small{font-size:.875rem}.wrong{color:var(--danger);margin:4px 0 0}.good{color:var(--good)}
table{width:100%;border-collapse:collapse;margin:0 0 16px}th,td{text-align:start;padding:8px;border-bottom:1px solid var(--line);vertical-align:top}.number{text-align:end;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}.row{display:flex;flex-wrap:wrap;gap:8px}.scale{display:flex;flex-wrap:wrap;gap:4px}.scale button{min-width:44px;padding:8px}
.scale .choice{justify-content:center;min-width:52px;margin:0;padding:0 10px;border:1px solid var(--line);border-radius:6px}.scale .choice:has(:checked){border-color:var(--accent);font-weight:600}
.trap{position:absolute;inset-inline-start:-9999px;width:1px;height:1px;overflow:hidden}
`.trim();

// Scripts written from right to left.
const rightToLeft = /^(ar|fa|he|ur)\b/;

/** The whole page. The nonce is what the answer's content policy allows styles by. */
export function frame(ctx: Pick<Ctx, "workspace">, content: PageContent, nonce: string): string {
  const { name, locale } = ctx.workspace;
  return html`<!doctype html>
    <html lang="${locale}" dir="${rightToLeft.test(locale) ? "rtl" : "ltr"}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="no-referrer" />
        <link rel="icon" href="data:," />
        <title>${content.title} · ${name}</title>
        <style nonce="${nonce}">
          ${trusted(style)}
        </style>
      </head>
      <body>
        <header><bdi>${name}</bdi></header>
        <main>${content.body}</main>
      </body>
    </html>`.html;
}
