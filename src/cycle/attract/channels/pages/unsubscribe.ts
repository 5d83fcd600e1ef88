import { consentOf, giveConsent, purposeLabel, withdrawConsent } from "#customers";
import { inTransaction, type Ctx } from "#platform/context";
import { html, pageUrl, seal, valueOf, type Ask, type PageAnswer, type PublicPage } from "#platform/pages";
import { maskedAddress } from "../send.ts";
import { suppress } from "../suppress.ts";
import { asThem, mailedBy, proofOf, type Mailed } from "./whose.ts";

// Gmail and Yahoo press for all their people from a few networks.
const limit = { burst: 2000, per_seconds: 60 };

const listOf = (ctx: Ctx, m: Mailed): string =>
  m.purpose === "newsletter"
    ? `news from ${ctx.workspace.name}`
    : `${purposeLabel(m.purpose).toLowerCase()} from ${ctx.workspace.name}`;

/** Ends what the mail belongs to, for the person it went to. Said twice it stays said. */
const stop = (ctx: Ctx, m: Mailed, ask: Ask, evidence: string): Promise<void> =>
  inTransaction(asThem(ctx, m), async (tx) => {
    if (!m.contact_id)
      return suppress(tx, {
        address: m.address,
        scope: "marketing",
        why: "left by the link in a mail",
        source: "hand",
        send_id: m.id,
      });
    if ((await consentOf(tx, [m.contact_id], m.purpose)).get(m.contact_id) === "withdrawn") return;
    await withdrawConsent(tx, {
      contact_id: m.contact_id,
      purpose: m.purpose,
      source: "link in a mail",
      evidence,
      caused_by: m.fact_id,
      ...proofOf(ask),
    });
  });

async function isStopped(ctx: Ctx, m: Mailed): Promise<boolean> {
  return m.contact_id !== null && (await consentOf(ctx, [m.contact_id], m.purpose)).get(m.contact_id) === "withdrawn";
}

const stopped = (ctx: Ctx, m: Mailed): PageAnswer => ({
  title: "You will get no more of these",
  body: html`<div class="card">
    <h1>You will get no more of these</h1>
    <p>${maskedAddress(m.address)} gets no more ${listOf(ctx, m)}. Mails about your own orders and questions still reach you.</p>
    ${m.contact_id && html`<form method="post"><input type="hidden" name="act" value="back" /><button class="plain">That was a mistake: keep them coming</button></form>`}
    <p class="small"><a href="${pageUrl(ctx, `/preferences/${seal(ctx, "preferences", m.id)}`)}">Choose what you get</a></p>
  </div>`,
}); // prettier-ignore

const asked = (ctx: Ctx, m: Mailed): PageAnswer => ({
  title: "Stop these mails",
  body: html`<div class="card">
    <h1>Stop these mails?</h1>
    <p>${maskedAddress(m.address)} gets ${listOf(ctx, m)}.</p>
    <form method="post"><input type="hidden" name="act" value="stop" /><button>Stop them</button></form>
    <p class="small"><a href="${pageUrl(ctx, `/preferences/${seal(ctx, "preferences", m.id)}`)}">Choose what you get</a></p>
  </div>`,
}); // prettier-ignore

/** RFC 8058: mail programs press here for a person, with one POST and nothing else; people see a page with a button. */
export const unsubscribePages: readonly PublicPage[] = [
  {
    route: "GET /u/{token}",
    run: async (ctx, ask) => {
      const m = await mailedBy(ctx, "unsubscribe", ask.params.token!);
      return (await isStopped(ctx, m)) ? stopped(ctx, m) : asked(ctx, m);
    },
  },
  {
    route: "POST /u/{token}",
    limit,
    run: async (ctx, ask) => {
      const m = await mailedBy(ctx, "unsubscribe", ask.params.token!);
      if (valueOf(ask, "act") === "back") return comeBack(ctx, m, ask);
      await stop(
        ctx,
        m,
        ask,
        valueOf(ask, "List-Unsubscribe") === "One-Click" ? "one click in the mail program" : "button on the page",
      );
      return stopped(ctx, m);
    },
  },
];

async function comeBack(ctx: Ctx, m: Mailed, ask: Ask): Promise<PageAnswer> {
  await inTransaction(asThem(ctx, m), async (tx) => {
    // Only a no is taken back here: it makes no yes where there was none.
    if (!m.contact_id || (await consentOf(tx, [m.contact_id], m.purpose)).get(m.contact_id) !== "withdrawn") return;
    const wording = "That was a mistake: keep them coming";
    await giveConsent(tx, { contact_id: m.contact_id, purpose: m.purpose, source: "link in a mail", wording, caused_by: m.fact_id, ...proofOf(ask) });
  });
  return { title: "Welcome back", body: html`<div class="card"><h1>Welcome back</h1><p>${maskedAddress(m.address)} keeps getting ${listOf(ctx, m)}.</p></div>` };
} // prettier-ignore
