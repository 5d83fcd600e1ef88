import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { html, type Ask, type PageAnswer, type PublicPage } from "#platform/pages";
import { pathOf } from "./path.ts";
import { confirm, lookAt } from "./confirm.ts";
import { drawForm, paragraphs } from "./draw.ts";
import { embedScript } from "./embed.ts";
import { openForm } from "./read.ts";
import type { FormRow } from "./form.ts";
import { stampOf } from "./stamp.ts";
import { submit } from "./submit.ts";
import { touchOfForm, touchOfVisit } from "./touch.ts";

// A school class or a fair stand sends from one network.
const perNetwork = { burst: 20, per_seconds: 600 };
const scriptFor = 300; // seconds a browser keeps the script

const json = (value: unknown): PageAnswer => ({
  file: JSON.stringify(value),
  type: "application/json; charset=utf-8",
  open: true,
});

const wantsJson = (ask: Ask): boolean => String(ask.headers["accept"] ?? "").includes("application/json");

/** GET: the form, or with ".js" after its key the script that draws it into a page of the company's own. */
async function show(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const asked = ask.params["key"]!;
  const script = asked.endsWith(".js");
  const form = await openForm(ctx, script ? asked.slice(0, -3) : asked);
  if (script)
    return { file: embedScript(ctx, form), type: "text/javascript; charset=utf-8", keep: scriptFor, open: true };
  return page(form, { body: drawForm(ctx, form, { touch: touchOfVisit(ask) }) });
}

const page = (form: FormRow, more: { body: PageContentBody; status?: number }): PageAnswer => ({
  title: form.title ?? form.name,
  embeddable: true,
  ...more,
});
type PageContentBody = ReturnType<typeof drawForm>;

async function take(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  if (wantsJson(ask)) return takeAsJson(ctx, ask);
  const form = await openForm(ctx, ask.params["key"]!);
  const outcome = await submit(ctx, form, ask);
  if (outcome.sent) return { redirect: pathOf(ctx, `/f/${form.key}/thanks`) };
  const { typed, problems } = outcome.answered;
  return page(form, {
    status: 422,
    body: drawForm(ctx, form, { typed, problems, expired: outcome.expired, touch: touchOfForm(ask) }),
  });
}

// The script on another site can read the answer only when it is open, so a refusal is an answer, too.
async function takeAsJson(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  try {
    const form = await openForm(ctx, ask.params["key"]!);
    const outcome = await submit(ctx, form, ask);
    if (outcome.sent) return json({ sent: true, thanks: thanksOf(form), redirect: form.redirect });
    return json({
      sent: false,
      stamp: stampOf(ctx, form.id),
      detail: outcome.expired ? "This page was open for a long time. Please send it again." : "Please look at the marked fields.",
      errors: outcome.answered.problems,
    }); // prettier-ignore
  } catch (error) {
    if (error instanceof Refused) return json({ sent: false, code: error.code, detail: error.message, errors: [] });
    throw error;
  }
}

/** What is said when a form was sent: the same to everybody. */
function thanksOf(form: FormRow): string {
  const usual = form.opens_lead ? "Thank you. We will answer you soon." : "Thank you.";
  const mail =
    form.double_opt_in && form.design.consents.length > 0
      ? "\nIf you asked for mails from us, please look into your mailbox: one mail asks you to confirm."
      : "";
  return (form.thanks ?? usual) + mail;
}

async function thanks(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const form = await openForm(ctx, ask.params["key"]!);
  const on = form.redirect && html`<p><a class="button" href="${form.redirect}" target="_top" rel="noopener">Go on</a></p>`;
  return page(form, { body: html`<div class="card"><h1>${form.title ?? form.name}</h1>${paragraphs(thanksOf(form))}${on}</div>` });
} // prettier-ignore

async function stamp(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  return json({ stamp: stampOf(ctx, (await openForm(ctx, ask.params["key"]!)).id) });
}

async function askConfirm(ctx: Ctx, ask: Ask): Promise<PageAnswer> {
  const token = ask.params["token"]!;
  const { company, purposes, confirmed } = await lookAt(ctx, token);
  if (confirmed) return confirmedPage(company, purposes);
  const body = html`<div class="card"><h1>Was it you?</h1><p>Then ${company} may write to you: ${purposes.join(", ")}.</p>
    <form method="post" action="${pathOf(ctx, `/f-confirm/${token}`)}"><button type="submit">Yes, write to me</button></form>
    <p class="quiet small">If it was not you, close this page. Nothing happens.</p></div>`;
  return { title: "Please confirm", body };
} // prettier-ignore

const confirmedPage = (company: string, purposes: readonly string[]): PageAnswer => ({
  title: "Confirmed",
  body: html`<div class="card"><h1>Thank you</h1><p>It is confirmed: ${company} may write to you (${purposes.join(", ")}). Every mail has a link to end it.</p></div>`,
}); // prettier-ignore

export const formPages: readonly PublicPage[] = [
  { route: "GET /f/{key}", run: show },
  { route: "POST /f/{key}", limit: perNetwork, run: take },
  { route: "GET /f/{key}/thanks", run: thanks },
  { route: "GET /f/{key}/stamp", run: stamp },
  { route: "GET /f-confirm/{token}", run: askConfirm },
  {
    route: "POST /f-confirm/{token}",
    run: async (ctx, ask) => {
      const { company, purposes } = await confirm(ctx, ask.params["token"]!, ask);
      return confirmedPage(company, purposes);
    },
  },
];
