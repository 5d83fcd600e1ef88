import { toMajor } from "#kernel/money";
import type { Ctx } from "#platform/context";
import { html, type Html } from "#platform/pages";
import { shareUrl, type Advocate } from "./advocate.ts";
import { givenName } from "./mail.ts";
import type { ReferralProgram } from "./program.ts";
import { qrOf, type ReferralTold } from "./queries.ts";

/** A page as the frame takes it. */
interface View {
  title: string;
  body: Html;
}
/** What was typed, and what is wrong with it. */
export interface Typed {
  name: string;
  email: string;
  consent: boolean;
  errors: { name?: string; email?: string };
}

const paragraphs = (text: string): Html[] => text.split(/\n+/).filter(Boolean).map((p) => html`<p>${p}</p>`); // prettier-ignore

/** What a friend agrees to by the tick. */
export const consentWording = (ctx: Ctx): string => `${ctx.workspace.name} may write to me about offers. I can end it with one click.`; // prettier-ignore

/** Before the button: who recommends, and the company's words. */
export function coverPage(ctx: Ctx, advocate: Advocate, program: ReferralProgram, at: string): View {
  const body = html`<div class="card">
    <p class="quiet"><bdi>${givenName(advocate)}</bdi> recommends ${ctx.workspace.name}</p>
    <h1>${program.headline}</h1>
    ${paragraphs(program.words)}
    <form method="post" action="${at}"><button>Accept the invitation</button></form>
  </div>`;
  return { title: program.headline, body };
}

/** Name, address, consent. */
export function joinPage(
  ctx: Ctx,
  advocate: Advocate,
  program: ReferralProgram,
  { at, token, typed }: { at: string; token: string; typed?: Typed },
): View {
  const wrong = typed?.errors ?? {};
  const body = html`<form class="card" method="post" action="${at}/join" novalidate>
    <p class="quiet"><bdi>${givenName(advocate)}</bdi> recommends ${ctx.workspace.name}</p>
    <h1>${program.headline}</h1>
    ${Object.keys(wrong).length > 0 && html`<p class="wrong" role="alert">Please look at the marked fields.</p>`}
    <input type="hidden" name="c" value="${token}" />
    <div class="trap" aria-hidden="true"><label>Leave this empty<input type="text" name="homepage" tabindex="-1" autocomplete="off" /></label></div>
    <div class="field">
      <label for="name">Your name</label>
      <input id="name" name="name" autocomplete="name" maxlength="200" required value="${typed?.name ?? ""}" ${wrong.name ? html`aria-invalid="true" aria-describedby="name-wrong"` : null} />
      ${wrong.name ? html`<p class="wrong" id="name-wrong">${wrong.name}</p>` : null}
    </div>
    <div class="field">
      <label for="email">E-mail</label>
      <input id="email" name="email" type="email" autocomplete="email" maxlength="254" required value="${typed?.email ?? ""}" ${wrong.email ? html`aria-invalid="true" aria-describedby="email-wrong"` : null} />
      ${wrong.email ? html`<p class="wrong" id="email-wrong">${wrong.email}</p>` : null}
    </div>
    <div class="field">
      <label class="choice"><input type="checkbox" name="consent" value="yes" ${typed?.consent ? html`checked` : null} /> <span>${consentWording(ctx)} <span class="quiet small">(optional)</span></span></label>
    </div>
    <p class="quiet small">We use your address to answer you. ${givenName(advocate)} sees your name and whether it came to a first order, nothing else.</p>
    <button>Send</button>
  </form>`; // prettier-ignore
  return { title: program.headline, body };
}

/** The same to everybody. */
export const thanksPage = (ctx: Ctx): View => ({
  title: "Thank you",
  body: html`<div class="card"><h1>Thank you</h1><p>Please look into your mailbox: ${ctx.workspace.name} has written to you.</p></div>`,
}); // prettier-ignore

/** The question of the mail's link. */
export const confirmPage = (ctx: Ctx, at: string): View => ({
  title: "Please confirm",
  body: html`<div class="card"><h1>Was it you?</h1><p>Then confirm: ${consentWording(ctx)}</p>
    <form method="post" action="${at}"><button>Yes, write to me</button></form>
    <p class="quiet small">If it was not you, close this page. Nothing happens.</p></div>`,
}); // prettier-ignore

/** It is confirmed. */
export const confirmedPage = (ctx: Ctx): View => ({
  title: "Confirmed",
  body: html`<div class="card"><h1>Thank you</h1><p>It is confirmed: ${ctx.workspace.name} may write to you about offers. Every mail has a link to end it.</p></div>`,
}); // prettier-ignore

/** The advocate's own page: what to share, and what came of it. */
export async function ownPage(ctx: Ctx, advocate: Advocate, program: ReferralProgram, made: readonly ReferralTold[]): Promise<View> {
  const url = shareUrl(ctx, advocate);
  const open = program.active && !advocate.suspended_at;
  const image = `data:image/svg+xml;base64,${Buffer.from(await qrOf(url)).toString("base64")}`;
  const share = html`<p><strong>${url}</strong></p>
    <p><img src="${image}" width="180" height="180" alt="QR code of your link" /></p>
    <p class="quiet small">Opened ${advocate.click_count} ${advocate.click_count === 1 ? "time" : "times"}.</p>`;
  const body = html`<div class="card">
      <h1>Hello <bdi>${givenName(advocate)}</bdi></h1>
      ${open ? html`<p>Share your link with somebody who might like us. ${promise(ctx, program)}</p>${share}` : html`<p>We take no recommendations at the moment. What you brought already stands below.</p>`}
    </div>
    <h2>What came of it</h2>
    <div class="card">
      ${made.length === 0 ? html`<p class="quiet">Nobody has signed up yet.</p>` : html`<table><tbody>${made.map((r) => html`<tr><th scope="row"><bdi>${r.friend}</bdi></th><td>${standing(ctx, r)}</td></tr>`)}</tbody></table>`}
    </div>`;
  return { title: "Your recommendations", body };
} // prettier-ignore

function promise(ctx: Ctx, { reward_points, min_order, window_days }: ReferralProgram): string {
  if (reward_points === 0) return "";
  const { locale, currency } = ctx.workspace;
  const least = min_order > 0 ? ` of at least ${new Intl.NumberFormat(locale, { style: "currency", currency }).format(Number(toMajor(min_order, currency)))}` : ""; // prettier-ignore
  return `For every new customer whose first order${least} within ${window_days} days is paid and kept you get ${reward_points} points.`;
}

/**
 * How it stands, in the advocate's words. Who was turned away at the door stands as signed up until the time for a first order is over:
 * else this page would tell which addresses we know.
 */
function standing(ctx: Ctx, r: ReferralTold): string {
  const day = (at: Date): string => new Intl.DateTimeFormat(ctx.workspace.locale, { timeZone: ctx.workspace.time_zone, dateStyle: "long" }).format(at); // prettier-ignore
  switch (r.state) {
    case "signed_up":
      return `Signed up; their first order counts until ${day(r.expires_at)}`;
    case "qualified":
      return "First order paid; it counts once it has arrived and is kept";
    case "holding":
      return r.hold_until ? `First order paid; it counts if it is kept until ${day(r.hold_until)}` : "First order paid"; // prettier-ignore
    case "approved":
      return "Counts; your points are on their way";
    case "rewarded":
      return `${r.points} points on ${day(r.rewarded_at ?? r.joined_at)}`;
    case "clawed_back":
      return "The order came back; the points went with it";
    case "rejected":
      if (r.review !== "refused" && !r.hold_until && r.expires_at > ctx.clock()) return `Signed up; their first order counts until ${day(r.expires_at)}`; // prettier-ignore
      return r.review === "refused" ? "Does not count" : "No first order that was kept";
  }
}
