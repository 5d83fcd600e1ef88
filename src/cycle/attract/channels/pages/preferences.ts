import { consentOf, giveConsent, withdrawConsent, type ConsentStatus, type Purpose } from "#customers";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { html, type Ask, type PageAnswer, type PublicPage } from "#platform/pages";
import { Refused } from "#kernel/refusal";
import { maskedAddress } from "../send.ts";
import { asThem, mailedBy, proofOf, type Mailed } from "./whose.ts";

interface Choice {
  purpose: Purpose;
  words: string;
  /** Sent unless they say no; the others only when they say yes. */
  unlessNo: boolean;
}

const choices: readonly Choice[] = [
  { purpose: "newsletter", words: "News: what is new, now and then", unlessNo: false },
  { purpose: "offers", words: "Personal offers", unlessNo: false },
  { purpose: "surveys", words: "Questions about how we did", unlessNo: true },
];

type Said = Map<Purpose, ConsentStatus | undefined>;

async function saidBy(ctx: Ctx | Tx, contact: string): Promise<Said> {
  const said: Said = new Map();
  for (const { purpose } of choices) said.set(purpose, (await consentOf(ctx, [contact], purpose)).get(contact));
  return said;
}

const isOn = (c: Choice, said: Said): boolean =>
  said.get(c.purpose) === "given" || (c.unlessNo && said.get(c.purpose) === undefined);

const chosen = (m: Mailed, said: Said, saved: boolean): PageAnswer => ({
  title: "What you get from us",
  body: html`<div class="card">
    <h1>What you get from us</h1>
    ${saved && html`<p class="good" role="status">Saved.</p>`}
    <p>${maskedAddress(m.address)}</p>
    <form method="post">
      <fieldset>
        <legend>Write to me about</legend>
        ${choices.map((c) => html`<label class="choice"><input type="checkbox" name="get" value="${c.purpose}" ${isOn(c, said) ? html`checked` : ""} />${c.words}</label>`)}
      </fieldset>
      <p class="quiet small">Mails about your own orders and questions always reach you.</p>
      <button name="act" value="save">Save</button>
    </form>
    <form method="post"><input type="hidden" name="act" value="none" /><p></p><button class="plain">Stop all of these</button></form>
  </div>`,
}); // prettier-ignore

async function ofCustomer(ctx: Ctx, ask: Ask): Promise<Mailed & { contact_id: string }> {
  const m = await mailedBy(ctx, "preferences", ask.params.token!);
  if (!m.contact_id) throw new Refused("not-found", "link.not-found", "There is no such link.");
  return { ...m, contact_id: m.contact_id };
}

/** Where a customer says what they want to be written to about. */
export const preferencePages: readonly PublicPage[] = [
  {
    route: "GET /preferences/{token}",
    run: async (ctx, ask) => {
      const m = await ofCustomer(ctx, ask);
      return chosen(m, await saidBy(ctx, m.contact_id), false);
    },
  },
  {
    route: "POST /preferences/{token}",
    run: async (ctx, ask) => {
      const m = await ofCustomer(ctx, ask);
      const wanted = new Set(ask.form.act?.at(-1) === "none" ? [] : (ask.form.get ?? []));
      return inTransaction(asThem(ctx, m), async (tx) => {
        const before = await saidBy(tx, m.contact_id);
        for (const c of choices) {
          const said = {
            contact_id: m.contact_id,
            purpose: c.purpose,
            source: "preference page",
            caused_by: m.fact_id,
            ...proofOf(ask),
          };
          if (wanted.has(c.purpose) && !isOn(c, before)) await giveConsent(tx, { ...said, wording: c.words });
          if (!wanted.has(c.purpose) && isOn(c, before)) await withdrawConsent(tx, said);
        }
        return chosen(m, await saidBy(tx, m.contact_id), true);
      });
    },
  },
];
