import type { Ctx } from "#platform/context";
import { html, type Html } from "#platform/pages";
import { pathOf } from "./path.ts";
import type { FieldProblem } from "#kernel/refusal";
import type { FormConsent, FormField } from "./design.ts";
import type { FormRow } from "./form.ts";
import { stampOf } from "./stamp.ts";
import { touchFields, type Touch } from "./touch.ts";

export interface Drawn {
  typed?: Readonly<Record<string, string>>;
  problems?: readonly FieldProblem[];
  expired?: boolean;
  touch: Touch;
}

// What browsers fill in by themselves (WHATWG autofill).
const autofill: Record<string, string> = {
  name: "name", given_name: "given-name", family_name: "family-name", email: "email", phone: "tel", account_name: "organization", job_title: "organization-title", city: "address-level2",
}; // prettier-ignore

const inputType = { text: "text", email: "email", phone: "tel" } as const;

const fewChoices = 6; // up to so many are shown at once

/** The form as a page shows it; it works without a script. */
export function drawForm(ctx: Ctx, form: FormRow, drawn: Drawn): Html {
  const said = (field: string): string => drawn.typed?.[field] ?? "";
  const wrong = (field: string): string => drawn.problems?.find((p) => p.field === field)?.message ?? "";
  return html`<div class="card">
    <h1>${form.title ?? form.name}</h1>
    ${paragraphs(form.intro)}
    ${drawn.expired && html`<p class="wrong" role="alert">This page was open for a long time. Everything you wrote is still here: please send it again.</p>`}
    ${!drawn.expired && (drawn.problems?.length ?? 0) > 0 && html`<p class="wrong" role="alert">Please look at the marked fields.</p>`}
    <form method="post" action="${pathOf(ctx, `/f/${form.key}`)}">
      <input type="hidden" name="stamp" value="${stampOf(ctx, form.id)}" />
      ${touchFields.map((name) => drawn.touch[name] && html`<input type="hidden" name="${name}" value="${drawn.touch[name]}" />`)}
      <div class="trap" aria-hidden="true">
        <label>Leave this empty<input type="text" name="homepage" tabindex="-1" autocomplete="off" /></label>
      </div>
      ${form.design.fields.map((field) => drawField(field, said(field.key), wrong(field.key)))}
      ${form.design.consents.map((consent) => drawConsent(consent, said(`consent_${consent.purpose}`), wrong(`consent_${consent.purpose}`)))}
      <button type="submit">Send</button>
    </form>
  </div>`;
} // prettier-ignore

/** A text of several lines as paragraphs. */
export const paragraphs = (text: string | null): Html[] =>
  (text ?? "").split(/\n+/).filter(Boolean).map((p) => html`<p>${p}</p>`); // prettier-ignore

function drawField(field: FormField, said: string, wrong: string): Html {
  const id = `f-${field.key}`;
  const about = [field.help && `${id}-help`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  const notes = html`${field.help && html`<p class="quiet small" id="${id}-help">${field.help}</p>`}${wrong && html`<p class="wrong small" id="${id}-wrong">${wrong}</p>`}`;
  const name = html`${field.label}${field.required ? "" : html` <span class="quiet small">(optional)</span>`}`;
  const same = html`name="${field.key}" ${field.required && html`required`} ${about && html`aria-describedby="${about}"`} ${wrong && html`aria-invalid="true"`}`;
  if (field.type === "checkbox")
    return html`<div class="field"><label class="choice"><input type="checkbox" value="yes" ${same} ${said && html`checked`} /><span>${name}</span></label>${notes}</div>`;
  if (field.type === "choice" && (field.choices?.length ?? 0) <= fewChoices)
    return html`<fieldset><legend>${name}</legend>${field.choices!.map((choice) => html`<label class="choice"><input type="radio" value="${choice}" ${same} ${said === choice && html`checked`} /><span>${choice}</span></label>`)}${notes}</fieldset>`;
  if (field.type === "choice")
    return html`<div class="field"><label for="${id}">${name}</label><select id="${id}" ${same}><option value=""></option>${field.choices!.map((choice) => html`<option ${said === choice && html`selected`}>${choice}</option>`)}</select>${notes}</div>`;
  if (field.type === "long_text")
    return html`<div class="field"><label for="${id}">${name}</label><textarea id="${id}" rows="5" maxlength="5000" ${same}>${said}</textarea>${notes}</div>`;
  const fills = field.contact ? autofill[field.contact] : undefined;
  return html`<div class="field"><label for="${id}">${name}</label><input id="${id}" type="${inputType[field.type]}" maxlength="254" value="${said}" ${fills && html`autocomplete="${fills}"`} ${same} />${notes}</div>`;
} // prettier-ignore

const drawConsent = (consent: FormConsent, said: string, wrong: string): Html =>
  html`<div class="field"><label class="choice"><input type="checkbox" name="consent_${consent.purpose}" value="${consent.version}" ${consent.required && html`required`} ${said && html`checked`} /><span>${consent.wording}</span></label>${wrong && html`<p class="wrong small">${wrong}</p>`}</div>`; // prettier-ignore
