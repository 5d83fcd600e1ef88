import { sql } from "kysely";
import { giveConsent } from "#customers";
import { isId, newId } from "#kernel/id";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import { isAddress } from "#platform/mail";
import { seal, unseal, valueOf, workspaceKey, type Ask, type PageAnswer, type PublicPage } from "#platform/pages";
import { cleanText } from "#records";
import { advocateOf, advocateWith, type Advocate } from "./advocate.ts";
import { joinFriend } from "./join.ts";
import { consentWording, confirmedPage, confirmPage, coverPage, joinPage, ownPage, thanksPage, type Typed } from "./page-views.ts"; // prettier-ignore
import { referralProgram, type ReferralProgram } from "./program.ts";
import { madeBy } from "./queries.ts";
import type { Referral } from "./referral.ts";

/*
 * What friends and advocates meet. GET changes nothing: the cover has one button, which POSTs and is what counts as a click. The
 * answer to a friend's form is the same whether we know them or not; what differs stands in a mail to that address.
 */
const gone = (): Refused => new Refused("not-found", "referral.link-unknown", "This invitation is not open. Please check that you copied all of the link, or ask your friend for a new one."); // prettier-ignore
// Nobody writes name and address in less; a page left open overnight still works.
const leastMs = 2000;
const mostMs = 86_400_000;
// A school class opens it from one network.
const perNetwork = { burst: 20, per_seconds: 600 };

interface Open {
  advocate: Advocate;
  program: ReferralProgram;
  at: string;
}

/** The invitation of that code; one that is suspended, unknown or of a programme that does not run is answered alike. */
async function openBy(ctx: Ctx, ask: Ask): Promise<Open> {
  const code = ask.params.code ?? "";
  const advocate = /^[a-z2-9]{10}$/i.test(code) ? await advocateOf(ctx, code) : null;
  const program = await referralProgram(ctx);
  if (!advocate || advocate.suspended_at || !program.active) throw gone();
  return { advocate, program, at: `/p/${workspaceKey(ctx)}/r/${advocate.code}` };
}

async function cover(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const { advocate, program, at } = await openBy(ctx, ask);
  return coverPage(ctx, advocate, program, at);
}

async function click(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const { advocate, at } = await openBy(ctx, ask);
  const id = newId();
  await inTransaction(ctx, async (tx) => {
    await sql`insert into referral_clicks (id, code_id, at) values (${id}, ${advocate.code_id}, ${tx.clock()})`.execute(tx.db); // prettier-ignore
    await sql`update referral_codes set click_count = click_count + 1 where id = ${advocate.code_id}`.execute(tx.db);
  });
  return { redirect: `${at}/join?c=${seal(ctx, "referral-click", id)}` };
}

interface Clicked {
  id: string;
  at: Date;
}

/** The click a form came from; null when it is none of this code, or a day old. */
async function clicked(ctx: Ctx, token: string, { code_id }: Advocate): Promise<Clicked | null> {
  const id = unseal(ctx, "referral-click", token);
  if (!id || !isId(id)) return null;
  const { rows } = await sql<Clicked>`select id, at from referral_clicks where id = ${id} and code_id = ${code_id}`.execute(ctx.db); // prettier-ignore
  return rows[0] && ctx.clock().getTime() - rows[0].at.getTime() < mostMs ? rows[0] : null;
}

async function form(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const { advocate, program, at } = await openBy(ctx, ask);
  const token = ask.query.c ?? "";
  if (!(await clicked(ctx, token, advocate))) return { redirect: at };
  return joinPage(ctx, advocate, program, { at, token });
}

async function join(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const { advocate, program, at } = await openBy(ctx, ask);
  const token = valueOf(ask, "c");
  const from = await clicked(ctx, token, advocate);
  if (!from) throw new Refused("invalid", "referral.expired", "This page was open for too long, or was not opened here. Please open your friend's link again."); // prettier-ignore
  const typed: Typed = { name: cleanText(valueOf(ask, "name").slice(0, 800)), email: valueOf(ask, "email").slice(0, 400), consent: valueOf(ask, "consent") === "yes", errors: {} }; // prettier-ignore
  if (typed.name.length < 2) typed.errors.name = "Please write your name.";
  if (typed.name.length > 200) typed.errors.name = "Please write a name of at most 200 letters.";
  if (typed.email.length > 254 || !isAddress(typed.email)) typed.errors.email = "Please write an e-mail address."; // prettier-ignore
  if (Object.keys(typed.errors).length > 0) return { ...joinPage(ctx, advocate, program, { at, token, typed }), status: 422 }; // prettier-ignore
  // A machine fills in what people do not see, or writes faster than they do; it is thanked and nothing comes of it.
  const machine = valueOf(ask, "homepage") !== "" || ctx.clock().getTime() - from.at.getTime() < leastMs;
  if (!machine)
    await joinFriend(ctx, program, advocate, {
      click_id: from.id, clicked_at: from.at, name: typed.name, email: typed.email, consent: typed.consent ? consentWording(ctx) : null, ip: ask.ip, user_agent: ask.userAgent.slice(0, 400),
    }); // prettier-ignore
  return { redirect: `${at}/thanks` };
}

async function thanks(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  await openBy(ctx, ask);
  return thanksPage(ctx);
}

async function own(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const id = unseal(ctx, "advocate", ask.params.token ?? "");
  const advocate = id && isId(id) ? await advocateWith(ctx, id) : null;
  if (!advocate) throw new Refused("not-found", "referral.page-unknown", "This link does not open a page. Please check that you copied all of it, or ask us for a new one."); // prettier-ignore
  return ownPage(ctx, advocate, await referralProgram(ctx), await madeBy(ctx, advocate.contact_id));
}

async function asked(ctx: Ctx, ask: Ask): Promise<Referral> {
  const id = unseal(ctx, "referral-confirm", ask.params.token ?? "");
  const { rows } = id && isId(id) ? await sql<Referral>`select * from referrals where id = ${id} and consent_wording is not null`.execute(ctx.db) : { rows: [] }; // prettier-ignore
  if (!rows[0]) throw new Refused("not-found", "referral.link-unknown", "This link confirms nothing any more.");
  return rows[0];
}

async function confirm(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const referral = await asked(ctx, ask);
  await inTransaction(ctx, async (tx) => {
    const { rows } = await sql`update referrals set confirmed_at = ${tx.clock()} where id = ${referral.id} and confirmed_at is null returning 1`.execute(tx.db); // prettier-ignore
    if (rows.length === 0) return;
    await giveConsent(tx, { contact_id: referral.friend_id, purpose: "offers", wording: referral.consent_wording, source: "A friend's invitation", evidence: "confirmed by mail", ip: ask.ip, user_agent: ask.userAgent.slice(0, 400), caused_by: referral.made_fact }); // prettier-ignore
  });
  return confirmedPage(ctx);
}

export const referralPages: readonly PublicPage[] = [
  { route: "GET /r/{code}", run: cover },
  { route: "POST /r/{code}", run: click },
  { route: "GET /r/{code}/join", run: form },
  { route: "POST /r/{code}/join", limit: perNetwork, run: join },
  { route: "GET /r/{code}/thanks", run: thanks },
  { route: "GET /advocate/{token}", run: own },
  {
    route: "GET /r-confirm/{token}",
    run: async (ctx, ask) => {
      const { confirmed_at } = await asked(ctx, ask);
      return confirmed_at ? confirmedPage(ctx) : confirmPage(ctx, `/p/${workspaceKey(ctx)}/r-confirm/${ask.params.token ?? ""}`); // prettier-ignore
    },
  },
  { route: "POST /r-confirm/{token}", run: confirm },
];
