import { isId, newId } from "#kernel/id";
import { toMajor } from "#kernel/money";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { html, unseal, valueOf, workspaceKey, type Ask, type Html, type PublicPage } from "#platform/pages";
import { memberOf, type MemberTold } from "./member.ts";
import { linkKind, pagePath, type Movement } from "./queries.ts";
import { redeemReward } from "./voucher.ts";

const gone = (): Refused => new Refused("not-found", "loyalty.link-unknown", "This link does not open a points account. Please check that you copied all of it, or ask us for a new one."); // prettier-ignore

/** A forged link, and one of somebody who is no member any more, look the same. */
async function opened(ctx: Ctx, ask: Ask): Promise<MemberTold> {
  const id = unseal(ctx, linkKind, ask.params.token ?? "");
  const member = id && isId(id) ? await memberOf(ctx, { member: id }) : null;
  if (!member) throw gone();
  return member;
}

const pathOf = (ctx: Ctx, member: MemberTold): string => `/p/${workspaceKey(ctx)}${pagePath(ctx, member.id)}`;

/** How the workspace writes figures, days and money. */
const written = ({ workspace: w }: Ctx) => {
  const figure = new Intl.NumberFormat(w.locale);
  const date = new Intl.DateTimeFormat(w.locale, { timeZone: w.time_zone, dateStyle: "long" });
  return {
    points: (n: number): string => `${figure.format(n)} ${n === 1 ? "point" : "points"}`,
    day: (at: Date): string => date.format(at),
    // Points end at midnight: the day that one names is the day before.
    lastDay: (at: Date): string => date.format(new Date(at.getTime() - 1)),
    money: (amount: number, currency: string): string => new Intl.NumberFormat(w.locale, { style: "currency", currency }).format(Number(toMajor(amount, currency))), // prettier-ignore
  };
};
type Written = ReturnType<typeof written>;

/** What a movement means to the member, and the points it moved for them. */
function lineOf(m: Movement): { said: string; points: number } {
  const of = m.number ? ` · order ${m.number}` : m.reason ? ` · ${m.reason}` : "";
  if (m.kind === "earned") return { said: `Earned, not yet spendable${of}`, points: m.pending };
  if (m.kind === "activated") return { said: m.debt > 0 ? `Became spendable, ${m.debt} repaid what was owed` : "Became spendable", points: m.available }; // prettier-ignore
  if (m.kind === "spent") return { said: `Spent${of}`, points: m.available };
  if (m.kind === "captured") return { said: `Voucher used${of}`, points: 0 };
  if (m.kind === "restored") return { said: m.expired > 0 ? `Came back, ${m.expired} had expired` : "Came back", points: m.available }; // prettier-ignore
  if (m.kind === "expired") return { said: "Expired", points: m.available };
  return { said: `Taken back${of}${m.debt < 0 ? `, ${-m.debt} are owed` : ""}`, points: m.issued };
}

const tierPart = (m: MemberTold, w: Written): Html => html`
  ${m.tier && html`<p>You are <b>${m.tier}</b>${m.evaluate_at && html`, at least until ${w.day(m.evaluate_at)}`}.</p>`}
  ${m.next && html`<p class="quiet">${m.next.missing > 0 ? html`${w.points(m.next.missing)} more make you ${m.next.tier}.` : ""}</p>`}`; // prettier-ignore

const rewardPart = (m: MemberTold, w: Written, at: string, once: string): Html => html`
  <h2>${m.reward.name} over ${w.money(m.reward.amount, m.reward.currency)} for ${w.points(m.reward.points)}</h2>
  ${
    !m.active ? html`<p>The programme is paused.</p>`
    : m.debt < 0 ? html`<p>${w.points(-m.debt)} are owed for goods that came back; your next points repay them first.</p>`
    : m.reward.missing > 0 ? html`<p>${w.points(m.reward.missing)} are missing.</p>`
    : html`<form method="post" action="${at}/redeem"><input type="hidden" name="once" value="${once}" /><button>Take it for ${w.points(m.reward.points)}</button></form>`
  }
  ${m.vouchers.map((v) => v.state === "issued" && html`<p>Your voucher over ${w.money(v.amount, v.currency)}: <b>${v.code}</b><br /><span class="quiet small">Name it with your next order${v.until && html`, by ${w.day(v.until)}`}.</span></p>`)}`; // prettier-ignore

const history = (m: MemberTold, w: Written): Html => html`
  <h2>What happened</h2>
  ${m.movements.length === 0 && html`<p class="quiet">Nothing yet.</p>`}
  <div class="scroll">
    <table>
      <thead>
        <tr><th>Day</th><th>What</th><th class="number">Points</th></tr>
      </thead>
      <tbody>
        ${m.movements.slice(0, 50).map((one) => {
          const { said, points } = lineOf(one);
          return html`<tr><td>${w.day(one.at)}</td><td><bdi>${said}</bdi></td><td class="number">${points > 0 ? `+${points}` : points === 0 ? "" : String(points)}</td></tr>`;
        })}
      </tbody>
    </table>
  </div>`; // prettier-ignore

const bodyOf = (m: MemberTold, w: Written, at: string): Html => html`<div class="card">
  <h1>${w.points(m.available)}</h1>
  ${m.debt < 0 && html`<p class="wrong">${w.points(-m.debt)} are owed.</p>`}
  ${m.coming.slice(0, 5).map((c) => html`<p>${w.points(c.points)} more from ${w.day(c.at)}.</p>`)}
  ${m.expiring && html`<p>${w.points(m.expiring.points)} can be spent until ${w.lastDay(m.expiring.at)}; then they expire.</p>`}
  ${tierPart(m, w)} ${rewardPart(m, w, at, newId())} ${history(m, w)}
</div>`; // prettier-ignore

/** A member's own page, by its link: what they have, until when, and the reward. Looking changes nothing. */
export const loyaltyPages: readonly PublicPage[] = [
  {
    route: "GET /loyalty/{token}",
    run: async (ctx, ask) => {
      const member = await opened(ctx, ask);
      return { title: member.program, body: bodyOf(member, written(ctx), pathOf(ctx, member)) };
    },
  },
  {
    route: "POST /loyalty/{token}/redeem",
    run: async (ctx, ask) => {
      const member = await opened(ctx, ask);
      const once = valueOf(ask, "once");
      if (!isId(once)) throw new Refused("invalid", "form.incomplete", "Please go back, load the page again and press the button once more."); // prettier-ignore
      await redeemReward(ctx, { contact_id: member.contact_id, key: `page:${member.id}:${once.toLowerCase()}` });
      return { redirect: pathOf(ctx, member) };
    },
  },
];
