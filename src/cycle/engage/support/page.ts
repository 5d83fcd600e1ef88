import { sql } from "kysely";
import { DateTime } from "luxon";
import { newId } from "#kernel/id";
import { invalid, notFound } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { html, unseal, valueOf, type Ask, type Html, type PageAnswer, type PublicPage } from "#platform/pages";
import { cleanText } from "#records";
import { caseUrl } from "./mail.ts";
import { openCaseFor } from "./open.ts";
import { messagesOf, type MessageShown } from "./queries.ts";
import { bodyOf, customerWrote } from "./reply.ts";
import { mayGoOn } from "./status.ts";
import { holdCase, type CaseRow } from "./words.ts";

/** The case of a link; a link that was forged, cut, or made for somebody the case no longer belongs to is nothing. */
async function caseOf(ctx: Ctx, token: string): Promise<CaseRow> {
  const [id, contact] = unseal(ctx, "case", token)?.split(".") ?? [];
  const { rows } = await sql<CaseRow>`
    select c.* from cases c join contacts k on k.id = c.contact_id and k.deleted_at is null
     where c.id = ${id ?? null}::uuid and c.contact_id = ${contact ?? null}::uuid and c.deleted_at is null and c.dismissed_as is distinct from 'spam'`.execute(ctx.db);
  if (!rows[0]) throw notFound("page");
  return rows[0];
} // prettier-ignore

const when = (ctx: Ctx, at: Date): string =>
  DateTime.fromJSDate(at, { zone: ctx.workspace.time_zone }).setLocale(ctx.workspace.locale).toLocaleString(DateTime.DATETIME_MED); // prettier-ignore

const paragraphs = (text: string): Html[] =>
  text
    .split(/\n{2,}/)
    .map((p) => html`<p>${p.split("\n").map((line, i) => html`${i > 0 && html`<br />`}${line}`)}</p>`);

const said = (ctx: Ctx, m: Pick<MessageShown, "inbound" | "author_name" | "body" | "at">, you: string): Html => html`<div class="field"><div class="card">
  <p class="quiet small">${m.inbound ? you : m.author_name === "Rondo" ? ctx.workspace.name : `${m.author_name}, ${ctx.workspace.name}`} · ${when(ctx, m.at)}</p>
  ${paragraphs(m.body)}
</div></div>`; // prettier-ignore

const states: Record<CaseRow["status"], string> = {
  open: "We are working on it.",
  waiting: "We wait for your answer.",
  resolved: "This is resolved.",
  closed: "This is closed.",
};

async function show(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const c = await caseOf(ctx, ask.params.token ?? "");
  const messages = await messagesOf(ctx, c.id, "public");
  const { rows } = await sql<{ description: string | null }>`select description from cases where id = ${c.id}`.execute(ctx.db);
  const first = rows[0]?.description;
  const goesOn = mayGoOn(c, ctx.clock());
  const body = html`<h1>${c.subject}</h1>
    <p class="quiet">Request ${c.number}. ${states[c.status]}</p>
    ${ask.query.sent === "1" && html`<p class="good" role="status">Thank you. We have your message.</p>`}
    ${first && said(ctx, { inbound: true, author_name: "", body: first, at: c.created_at }, "You asked")}
    ${messages.map((m) => said(ctx, m, "You"))}
    <h2>${goesOn ? "Answer" : "Write again"}</h2>
    ${!goesOn && html`<p class="quiet">Your message opens a new request that goes on from this one.</p>`}
    <form method="post" class="card">
      <input type="hidden" name="key" value="${newId()}" />
      <div class="field"><label for="body">Your message</label><textarea id="body" name="body" rows="6" maxlength="20000" required></textarea></div>
      <button>Send</button>
    </form>`;
  return { title: c.subject, body };
} // prettier-ignore

async function write(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const found = await caseOf(ctx, ask.params.token ?? "");
  const body = bodyOf(cleanText(valueOf(ask, "body")));
  const form_key = valueOf(ask, "key");
  if (!/^[0-9a-f-]{36}$/.test(form_key)) throw invalid("key", "Please open the page again and send it from there.");
  const { rows } = await sql<{ name: string }>`select name from contacts where id = ${found.contact_id}`.execute(ctx.db);
  const theirs: Ctx = { ...ctx, actor: { kind: "customer", id: found.contact_id, name: rows[0]?.name ?? "A customer" } };
  const id = await inTransaction(theirs, async (tx) => {
    const c = await holdCase(tx, found.id);
    return mayGoOn(c, tx.clock()) ? (await customerWrote(tx, c, { body, form_key }), c.id) : goOnAnew(tx, c, body, form_key);
  });
  return { redirect: `${new URL(caseUrl(ctx, { id, contact_id: found.contact_id! })).pathname}?sent=1` };
} // prettier-ignore

/** A new case that goes on from one closed for too long; the same form sent twice opens one. */
async function goOnAnew(tx: Tx, c: CaseRow, body: string, form_key: string): Promise<string> {
  const { rows } = await sql<{ case_id: string }>`
    select m.case_id from case_messages m join cases n on n.id = m.case_id where n.previous_id = ${c.id} and m.form_key = ${form_key}`.execute(
    tx.db,
  );
  if (rows[0]) return rows[0].case_id;
  const { contact_id, account_id, owner_id, product_id, order_id, type, subject } = c;
  const { id } = await openCaseFor(tx, { subject, contact_id, account_id, owner_id, product_id, order_id, type, channel: "page", previous_id: c.id, caused_by: c.opened_fact }); // prettier-ignore
  await customerWrote(tx, await holdCase(tx, id), { body, form_key });
  return id;
}

/** The customer's own page of a case: its public conversation, and a form to answer. */
export const casePages: readonly PublicPage[] = [
  { route: "GET /cases/{token}", run: show },
  { route: "POST /cases/{token}", limit: { burst: 20, per_seconds: 600 }, run: write },
];
