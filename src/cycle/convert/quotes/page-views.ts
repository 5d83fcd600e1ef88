import type { Ctx } from "#platform/context";
import { html, type Html } from "#platform/pages";
import type { Reason } from "#records";
import type { Shown } from "./shown.ts";
import { wordsOf, type QuoteWords } from "./words.ts";

/** A page as the frame takes it. */
interface View {
  title: string;
  body: Html;
  status?: number;
}
/** What was typed into the form of acceptance, and what is wrong with it. */
export interface Typed {
  name: string;
  agreed: boolean;
  errors: { name?: string; agreed?: string };
}

const lines = (text: string): Html => html`${text.split("\n").map((line, i) => [i > 0 ? html`<br />` : null, line])}`;
const titleOf = (shown: Shown): string => `Quote ${shown.content.number}`;

const summary = (shown: Shown, words: QuoteWords): Html => html`
  <p class="quiet">${shown.content.subject ? html`${shown.content.subject}<br />` : null}for <bdi>${shown.content.to.name ?? shown.content.to.account ?? "you"}</bdi></p>
  <p><strong>${words.total}</strong> · valid until ${words.valid_until}</p>`; // prettier-ignore

/** Before it was opened: what it is, and the button that opens it. */
export function coverPage(ctx: Ctx, shown: Shown, at: string): View {
  const body = html`<div class="card">
    <h1>${titleOf(shown)}</h1>
    ${summary(shown, wordsOf(ctx, shown.content))}
    <form method="post" action="${at}"><button>Open the quote</button></form>
  </div>`;
  return { title: titleOf(shown), body };
}

// Two columns: a phone of 360 px shows lines and sums whole.
const table = (words: QuoteWords): Html =>
  html`<table>
    <thead>
      <tr>
        <th scope="col">What</th>
        <th scope="col" class="number">Total</th>
      </tr>
    </thead>
    <tbody>
      ${words.rows.map(
        (row) =>
          html`<tr>
            <td>
              <bdi>${lines(row.description)}</bdi><br />
              <span class="quiet small"
                >${row.quantity} × ${row.price}${row.discount ? `, less ${row.discount}` : ""}</span
              >
            </td>
            <td class="number">${row.total}</td>
          </tr>`,
      )}
    </tbody>
    <tfoot>
      ${words.sums.map(
        (sum) =>
          html`<tr>
            <th scope="row">${sum.label}</th>
            <td class="number">${sum.strong ? html`<strong>${sum.value}</strong>` : sum.value}</td>
          </tr>`,
      )}
    </tfoot>
  </table>`;

const told = (ctx: Ctx, shown: Shown): Html => html`
  ${shown.content.intro ? html`<p>${lines(shown.content.intro)}</p>` : null} ${table(wordsOf(ctx, shown.content))}
  ${shown.content.terms ? html`<h2>Terms</h2><p class="small">${lines(shown.content.terms)}</p>` : null}
  ${shown.content.from.address ? html`<p class="quiet small">${shown.content.from.name}<br />${lines(shown.content.from.address)}</p>` : null}`; // prettier-ignore

/** The quote with its lines, and the form that accepts it. */
export function fullPage(ctx: Ctx, shown: Shown, at: string, typed?: Typed): View {
  const wrong = typed?.errors ?? {};
  const body = html`<div class="card">
      <h1>${titleOf(shown)}</h1>
      ${summary(shown, wordsOf(ctx, shown.content))} ${told(ctx, shown)}
      <p><a href="${at}/pdf">Download as PDF</a></p>
    </div>
    <h2 id="accept">Accept</h2>
    <form class="card" method="post" action="${at}/accept" novalidate>
      <div class="field">
        <label for="name">Your name</label>
        <input id="name" name="name" autocomplete="name" maxlength="200" required value="${typed?.name ?? ""}" ${wrong.name ? html`aria-invalid="true" aria-describedby="name-wrong"` : null} />
        ${wrong.name ? html`<p class="wrong" id="name-wrong">${wrong.name}</p>` : null}
      </div>
      <div class="field">
        <label class="choice"><input type="checkbox" name="agreed" value="yes" required ${typed?.agreed ? html`checked` : null} ${wrong.agreed ? html`aria-invalid="true" aria-describedby="agreed-wrong"` : null} /> <span>I accept this quote${shown.content.terms ? " and its terms" : ""} and order what it lists.</span></label>
        ${wrong.agreed ? html`<p class="wrong" id="agreed-wrong">${wrong.agreed}</p>` : null}
      </div>
      <p class="quiet small">We keep your name, the time, your network address and what exactly you accepted.</p>
      <button>Accept for ${wordsOf(ctx, shown.content).total}</button>
    </form>
    <p><br /><a href="${at}/decline">Decline the quote</a></p>`; // prettier-ignore
  return { title: titleOf(shown), body };
}

/** Why not? */
export function declinePage(
  shown: Shown,
  at: string,
  reasons: readonly Reason[],
  typed: { words?: string; reason?: string | undefined; wrong?: string },
): View {
  const body = html`<form class="card" method="post" action="${at}/decline">
    <h1>Decline quote ${shown.content.number}</h1>
    ${typed.wrong ? html`<p class="wrong" role="alert">${typed.wrong}</p>` : null}
    <fieldset>
      <legend>What is the reason?</legend>
      ${reasons.map((r) => html`<label class="choice"><input type="radio" name="reason" value="${r.id}" ${typed.reason === r.id ? html`checked` : null} /> ${r.label}</label>`)}
    </fieldset>
    <div class="field">
      <label for="words">Anything you want to tell us</label>
      <textarea id="words" name="words" rows="4" maxlength="1000">${typed.words ?? ""}</textarea>
    </div>
    <div class="row"><button>Decline the quote</button> <a class="button" href="${at}">Back to the quote</a></div>
  </form>`; // prettier-ignore
  return { title: `Decline quote ${shown.content.number}`, body };
}

const moment = (ctx: Ctx, at: Date | null): string =>
  at ? new Intl.DateTimeFormat(ctx.workspace.locale, { dateStyle: "long", timeStyle: "short", timeZone: ctx.workspace.time_zone }).format(at) : ""; // prettier-ignore

/** How a quote stands that waits for no answer any more. */
export function endedPage(ctx: Ctx, shown: Shown, at: string, next: string | null): View {
  const { heading, text } = endOf(ctx, shown);
  const keep = shown.standing === "accepted" || shown.standing === "declined";
  const body = html`<div class="card">
      <h1>${heading}</h1>
      <p>${text}</p>
      ${next ? html`<p><a class="button" href="${next}">Open the new version</a></p>` : null}
      ${keep ? html`<p><a href="${at}/pdf">Download as PDF</a></p>` : null}
    </div>
    ${keep ? html`<h2>What it said</h2><div class="card">${told(ctx, shown)}</div>` : null}`; // prettier-ignore
  return { title: titleOf(shown), body };
}

function endOf(ctx: Ctx, shown: Shown): { heading: string; text: string } {
  const quote = titleOf(shown);
  switch (shown.standing) {
    case "accepted":
      return { heading: "Thank you", text: `${quote} was accepted by ${shown.accepted_by ?? ""} on ${moment(ctx, shown.accepted_at)}. We take care of the rest.` }; // prettier-ignore
    case "declined":
      return { heading: `${quote} was declined`, text: "Thank you for telling us. If anything changes, just answer our mail." }; // prettier-ignore
    case "expired":
      return { heading: `${quote} has expired`, text: `It was valid until ${wordsOf(ctx, shown.content).valid_until}. Ask us and we make you a new one.` }; // prettier-ignore
    case "replaced":
      return { heading: `${quote} was replaced`, text: "There is a newer version of this quote." };
    case "revising":
      return { heading: `${quote} is being changed`, text: "We are working on a new version and send it to you as soon as it is ready." }; // prettier-ignore
    case "draft":
    case "sent":
    case "viewed":
    case "withdrawn":
      return { heading: `${quote} was withdrawn`, text: "It is no longer on offer. Please ask us if you have a question." }; // prettier-ignore
  }
}
