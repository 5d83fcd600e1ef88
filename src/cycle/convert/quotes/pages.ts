import { isIP } from "node:net";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { seal, unseal, valueOf, workspaceKey, type Ask, type PageAnswer, type PublicPage } from "#platform/pages";
import { cleanText, listReasons } from "#records";
import { acceptVersion, declineVersion, openVersion } from "./answer.ts";
import { coverPage, declinePage, endedPage, fullPage, type Typed } from "./page-views.ts";
import { paperOf } from "./paper.ts";
import { shownOf, type Shown } from "./shown.ts";

/*
 * What a customer meets at /q/{token}, the token being sealed for one version.
 *
 * GET changes nothing, so that mail scanners and previews may follow the link: it shows a cover with one button. The button POSTs, which is
 * what counts as opened; from then on GET shows the lines, and the two answers.
 */
const gone = (): Refused => new Refused("not-found", "quote.link-unknown", "This link does not open a quote. Please check that you copied all of it, or ask us for a new one."); // prettier-ignore

async function shownBy(ctx: Ctx, ask: Ask): Promise<Shown> {
  const version = unseal(ctx, "quote", ask.params.token ?? "");
  const shown = version && /^[0-9a-f-]{36}$/.test(version) ? await shownOf(ctx, version) : null;
  if (!shown) throw gone();
  return shown;
}

const pathOf = (ctx: Ctx, versionId: string, more = ""): string => `/p/${workspaceKey(ctx)}/q/${seal(ctx, "quote", versionId)}${more}`; // prettier-ignore
const waits = (shown: Shown): boolean => shown.standing === "sent" || shown.standing === "viewed";

async function read(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const shown = await shownBy(ctx, ask);
  const at = pathOf(ctx, shown.version_id);
  if (waits(shown)) return shown.opened ? fullPage(ctx, shown, at) : coverPage(ctx, shown, at);
  const next = shown.standing === "replaced" && shown.now_version_id ? pathOf(ctx, shown.now_version_id) : null;
  return endedPage(ctx, shown, at, next);
}

async function open(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const shown = await shownBy(ctx, ask);
  if (waits(shown)) await openVersion(ctx, shown.version_id);
  return { redirect: pathOf(ctx, shown.version_id) };
}

async function accept(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const shown = await shownBy(ctx, ask);
  const at = pathOf(ctx, shown.version_id);
  // Whoever pressed twice, or looks at an old page, sees how it stands.
  if (!waits(shown)) return { redirect: at };
  const typed: Typed = { name: cleanText(valueOf(ask, "name").slice(0, 800)), agreed: valueOf(ask, "agreed") === "yes", errors: {} }; // prettier-ignore
  if (typed.name.length < 2) typed.errors.name = "Please write your name.";
  if (typed.name.length > 200) typed.errors.name = "Please write a name of at most 200 letters.";
  if (!typed.agreed) typed.errors.agreed = "Please confirm that you accept the quote.";
  if (Object.keys(typed.errors).length > 0) return { ...fullPage(ctx, shown, at, typed), status: 422 };
  const ip = isIP(ask.ip) ? ask.ip : "";
  await acceptVersion(ctx, shown.version_id, { by: typed.name, via: "page", ip, user_agent: ask.userAgent.slice(0, 400) }); // prettier-ignore
  return { redirect: at };
}

async function askWhy(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const shown = await shownBy(ctx, ask);
  if (!waits(shown)) return { redirect: pathOf(ctx, shown.version_id) };
  return declinePage(shown, pathOf(ctx, shown.version_id), await listReasons(ctx, "lost"), {});
}

async function decline(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const shown = await shownBy(ctx, ask);
  const at = pathOf(ctx, shown.version_id);
  if (!waits(shown)) return { redirect: at };
  const reasons = await listReasons(ctx, "lost");
  const words = cleanText(valueOf(ask, "words").slice(0, 4000));
  const chosen = reasons.find((reason) => reason.id === valueOf(ask, "reason"));
  const wrong = words.length > 1000 ? "Please keep it to 1,000 letters." : !chosen && !words ? "Please choose a reason or write one." : ""; // prettier-ignore
  if (wrong) return { ...declinePage(shown, at, reasons, { words, reason: chosen?.id, wrong }), status: 422 };
  await declineVersion(ctx, shown.version_id, { reason_id: chosen?.id, words, via: "page" });
  return { redirect: at };
}

async function paper(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const shown = await shownBy(ctx, ask);
  // What was withdrawn is not handed out any more; what was agreed or replaced stays the customer's to keep.
  if (shown.standing === "withdrawn") throw new Refused("conflict", "quote.withdrawn", "This quote was withdrawn.");
  const file = await paperOf(ctx, shown.content, { at: shown.sent_at, version_id: shown.version_id });
  return { file, type: "application/pdf", name: `${shown.content.number}.pdf` };
}

/** The pages of quotes; a forged, cut or unknown link is answered alike. */
export const quotePages: readonly PublicPage[] = [
  { route: "GET /q/{token}", run: read },
  { route: "POST /q/{token}", run: open },
  { route: "POST /q/{token}/accept", run: accept },
  { route: "GET /q/{token}/decline", run: askWhy },
  { route: "POST /q/{token}/decline", run: decline },
  // Writing a PDF is the dearest thing a stranger with a link can ask for.
  { route: "GET /q/{token}/pdf", limit: { burst: 30, per_seconds: 600 }, run: paper },
];
