/*
 * Every page and endpoint that a stranger meets, and what proves of each that it is the same twice, and over when it is over. A new
 * one without a line here fails test/public.test.ts, which tries the rest (oversize, malformed, forged, foreign) on each of them.
 */

/** A test by its file and its title, or in words why there is nothing to prove. */
export type Proof = readonly [file: string, title: string] | string;

export interface PublicLine {
  /** The kind of seal in its address; "code" and "key" are no seals but words. */
  by: string;
  /** How many ids the seal holds. */
  ids?: 1 | 2;
  twice: Proof;
  expired: Proof;
  /** Answers everybody alike, known or not, with this status instead of 404. */
  alike?: number;
  /** Tells a program of a refusal in an answer that a script on another site can read: 200 and `sent: false`. */
  readable?: true;
}

const reads = "it only reads";
const quotes = "src/cycle/convert/quotes/pages.test.ts";
const mails = "src/cycle/attract/channels/pages/pages.test.ts";
const forms = "src/cycle/attract/forms/forms.test.ts";
const friends = "src/cycle/grow/advocacy/pages.test.ts";
const feedback = "src/cycle/learn/feedback/feedback.test.ts";
const start = "src/cycle/engage/onboarding/pages.test.ts";
const cases = "src/cycle/engage/support/page.test.ts";
const signIn = "src/platform/auth/sign-in/sign-in.test.ts";
const people = "src/platform/auth/people/people.test.ts";
const ended: Proof = [quotes, "expired, withdrawn, changed and replaced quotes each say so, and accept nothing"];
const accepted: Proof = [
  quotes,
  "Ana opens the quote by a button, reads lines and totals, accepts by name, and keeps the PDF",
];
const oneClick: Proof = [mails, "one click in the mail program ends it, as a form and as multipart, however often"];
const forever = "whoever has the mail may leave or choose at any time: the law knows no end of it";
const sevenDays: Proof = [forms, "a page left open too long keeps what was typed; a link works for seven days"];
const friendOnce: Proof = [friends, "one page sent twice, or by twenty at once, is one friend with one mail"];
const friendOld: Proof = [
  friends,
  "forged, foreign, old, oversize, empty and machine-made requests are refused or lead to nothing",
];
const confirmedOnce: Proof = [friends, "what is ticked counts only when its mail is confirmed, once"];
const closed: Proof = [forms, "a form that is closed or gone is not there, and its key stays taken"];
const caseOver: Proof = [cases, "a forged, foreign or outlived link is nothing, and says nothing"]; // prettier-ignore

/** The public pages by their route, under /p/{workspace}. */
export const publicPages: Readonly<Record<string, PublicLine>> = {
  "GET /o/{file}": { by: "open", twice: "opens are kept raw and judged later", expired: "a picture says nothing", alike: 200 },
  "GET /t/{token}": { by: "click", ids: 2, twice: [mails, "a link leads where the mail's link led and nowhere else; a person's click is a fact, once a link"], expired: forever },
  "GET /u/{token}": { by: "unsubscribe", twice: reads, expired: forever },
  "POST /u/{token}": { by: "unsubscribe", twice: oneClick, expired: forever },
  "GET /preferences/{token}": { by: "preferences", twice: reads, expired: forever },
  "POST /preferences/{token}": { by: "preferences", twice: [mails, "the preference centre shows what is so and saves what is ticked"], expired: forever },
  "GET /f/{key}": { by: "key", twice: reads, expired: closed },
  "POST /f/{key}": { by: "key", twice: [forms, "the same page sent twenty times at once is one submission, one contact, one fact, one mail"], expired: sevenDays, readable: true },
  "GET /f/{key}/thanks": { by: "key", twice: reads, expired: closed },
  "GET /f/{key}/stamp": { by: "key", twice: reads, expired: closed },
  "GET /f-confirm/{token}": { by: "form-confirm", twice: reads, expired: sevenDays },
  "POST /f-confirm/{token}": { by: "form-confirm", twice: [forms, "a stranger sends a form: she is a contact, it is a fact, and her consent counts once she clicked in the mail"], expired: sevenDays },
  "GET /q/{token}": { by: "quote", twice: reads, expired: ended },
  "POST /q/{token}": { by: "quote", twice: accepted, expired: ended },
  "POST /q/{token}/accept": { by: "quote", twice: accepted, expired: ended },
  "GET /q/{token}/decline": { by: "quote", twice: reads, expired: ended },
  "POST /q/{token}/decline": { by: "quote", twice: [quotes, "she declines with a reason of ours, in her own words"], expired: ended },
  "GET /q/{token}/pdf": { by: "quote", twice: reads, expired: ended },
  "GET /i/{token}": { by: "invoice", twice: reads, expired: "an invoice stays the customer's to read" },
  "GET /i/{token}/pdf": { by: "invoice", twice: reads, expired: "an invoice stays the customer's to read" },
  "GET /start/{token}": { by: "start", twice: reads, expired: [start, "a forged, cut or foreign link, our steps and steps by fact are answered alike; what has ended says so"] },
  "POST /start/{token}/steps/{key}": { by: "start", twice: [start, "Cleo is mailed her link, sees what we do, answers and marks her steps done; twenty presses count once"], expired: [start, "a forged, cut or foreign link, our steps and steps by fact are answered alike; what has ended says so"] },
  "GET /cases/{token}": { by: "case", ids: 2, twice: reads, expired: caseOver },
  "POST /cases/{token}": { by: "case", ids: 2, twice: ["src/cycle/engage/support/page.test.ts", "the page shows what the customer may read, as text, and looking at it changes nothing"], expired: caseOver },
  "GET /r/{code}": { by: "code", twice: reads, expired: friendOld },
  "POST /r/{code}": { by: "code", twice: "each press is a click of its own; it gives nothing", expired: friendOld },
  "GET /r/{code}/join": { by: "code", twice: reads, expired: friendOld },
  "POST /r/{code}/join": { by: "code", twice: friendOnce, expired: friendOld },
  "GET /r/{code}/thanks": { by: "code", twice: reads, expired: friendOld },
  "GET /advocate/{token}": { by: "advocate", twice: reads, expired: friendOld },
  "GET /r-confirm/{token}": { by: "referral-confirm", twice: reads, expired: confirmedOnce },
  "POST /r-confirm/{token}": { by: "referral-confirm", twice: confirmedOnce, expired: confirmedOnce },
  "GET /loyalty/{token}": { by: "loyalty", twice: reads, expired: "the points are theirs as long as they are a member" },
  "POST /loyalty/{token}/redeem": { by: "loyalty", twice: ["src/cycle/grow/loyalty/pages.test.ts", "a member sees points, days and the reward by a link, takes it once however often the button is pressed, and no other link opens"], expired: "the points are theirs as long as they are a member" },
  "GET /s/{token}": { by: "survey", twice: reads, expired: [feedback, "forged, cut, foreign, unsent, expired and malformed: each is refused clearly, the unknown all in the same words"] },
  "POST /s/{token}": { by: "survey", twice: [feedback, "whoever opens the link, a mail gateway too, records nothing; sent twenty times at once it is one answer and one case"], expired: [feedback, "forged, cut, foreign, unsent, expired and malformed: each is refused clearly, the unknown all in the same words"] },
}; // prettier-ignore

/** The endpoints that ask for no sign-in, by their route under /api/v1. */
export const publicEndpoints: Readonly<Record<string, Omit<PublicLine, "by" | "ids">>> = {
  "GET /session": { twice: reads, expired: [signIn, "a session that is used lives on, one that is not ends after fourteen days"] },
  "POST /session": { twice: [signIn, "a wrong password and an unknown address get the same answer; then the door stays shut for a while"], expired: "a password has no end" },
  "DELETE /session": { twice: "who is out stays out", expired: [signIn, "signing in sets one strict cookie, signing out ends the session on the server too"] },
  "POST /session/forgot": { twice: [signIn, "a link for a new password is too old after an hour, and asking again and again is refused"], expired: [signIn, "a link for a new password is too old after an hour, and asking again and again is refused"] },
  "POST /session/reset": { twice: [signIn, "a forgotten password is replaced once by a mailed link, and every session ends"], expired: [signIn, "a link for a new password is too old after an hour, and asking again and again is refused"] },
  "POST /session/first-run": { twice: [signIn, "two first runs at once make one owner and one company"], expired: [signIn, "two first runs at once make one owner and one company"] },
  "GET /session/invitation": { twice: reads, expired: [people, "invited again, the first link stops working; taken back or too old, no link works"] },
  "POST /session/accept-invitation": { twice: [people, "an invitation is mailed, shows who invites, and is accepted once"], expired: [people, "invited again, the first link stops working; taken back or too old, no link works"] },
  "GET /boot": { twice: reads, expired: "it is the product's own, and nobody's" },
  "GET /openapi.json": { twice: reads, expired: "it is the product's own, and nobody's" },
}; // prettier-ignore
