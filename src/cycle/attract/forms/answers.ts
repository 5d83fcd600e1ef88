import { isAddress } from "#platform/mail";
import { cleanText } from "#records";
import type { FieldProblem } from "#kernel/refusal";
import type { Ask } from "#platform/pages";
import type { Design, FormField } from "./design.ts";

export interface Answer {
  key: string;
  label: string;
  value: string;
}

export interface Answered {
  answers: Answer[];
  /** Purpose and the version of the wording that was ticked. */
  consents: { purpose: string; version: number }[];
  problems: FieldProblem[];
  /** As typed, for the form to be shown again. */
  typed: Record<string, string>;
}

// Letters of an answer.
const longest = { text: 200, long_text: 5000, email: 254, phone: 60, choice: 300, checkbox: 3 } as const;

const phone = /^[+\d][\d\s()./-]{4,}$/;

function problemOf(field: FormField, value: string): string | undefined {
  if (value === "") return field.required ? "Please fill this in." : undefined;
  if (value.length > longest[field.type]) return `Please write at most ${longest[field.type]} letters.`;
  if (field.type === "email" && !(isAddress(value) && /\.[^.@]+$/.test(value)))
    return "This does not look like an e-mail address.";
  if (field.type === "phone" && !phone.test(value)) return "This does not look like a phone number.";
  if (field.type === "choice" && !field.choices?.includes(value)) return "Please choose one of the answers.";
  return undefined;
}

const last = (ask: Ask, name: string): string => ask.form[name]?.at(-1) ?? "";

function valueIn(ask: Ask, field: FormField): string {
  const raw = cleanText(last(ask, field.key).slice(0, 20_000));
  if (field.type === "checkbox") return raw === "" || raw === "no" ? "" : "yes";
  return field.type === "long_text" ? raw : raw.replace(/\s+/g, " ");
}

/** What was sent, question by question, and what is wrong with it. Fields that the form does not ask for are not listened to. */
export function answersOf(design: Design, ask: Ask): Answered {
  const typed: Record<string, string> = {};
  const answers: Answer[] = [];
  const problems: FieldProblem[] = [];
  for (const field of design.fields) {
    const value = valueIn(ask, field);
    typed[field.key] = value;
    const message = problemOf(field, value);
    if (message) problems.push({ field: field.key, message });
    if (value !== "") answers.push({ key: field.key, label: field.label, value });
  }
  const consents: Answered["consents"] = [];
  for (const consent of design.consents) {
    const name = `consent_${consent.purpose}`;
    const ticked = last(ask, name).trim();
    typed[name] = ticked;
    if (ticked !== "" && ticked !== "no") {
      // The page says which wording it showed: it may have been changed since.
      const shown = /^\d{1,6}$/.test(ticked) ? Number(ticked) : consent.version;
      consents.push({ purpose: consent.purpose, version: Math.min(Math.max(1, shown), consent.version) });
    } else if (consent.required) problems.push({ field: name, message: "Please agree to go on." });
  }
  return { answers, consents, problems, typed };
}
