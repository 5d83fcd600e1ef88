import { sql } from "kysely";
import { designSchema, formType, keepPastSubmissions, type Answer, type PastSubmission } from "#attract/forms";
import { newId } from "#kernel/id";
import { logConsents, type ConsentInput } from "#customers";
import type { Tx } from "#platform/context";
import { createRecord } from "#records";
import type { FactInput } from "#timeline";
import { chanceOf } from "./company/chance.ts";
import { sample } from "./sample.ts";

const wording = "Please send me the Northwind letter once a month. I can leave it at any time.";
const consents = [{ purpose: "newsletter", wording, required: false }];
const name = { key: "name", contact: "name", type: "text", label: "Name", required: true } as const;
const email = { key: "email", contact: "email", type: "email", label: "E-mail", required: true } as const;
const phone = { key: "phone", contact: "phone", type: "phone", label: "Phone" } as const;
const company = { key: "account_name", contact: "account_name", type: "text", label: "Company" } as const;
const choice = (key: string, label: string, choices: string[]) => ({ key, type: "choice", label, choices }) as const;
const amount = choice("q1", "How many jars do you need in a year?", ["Up to 100", "100 to 1,000", "More than 1,000"]);

// By the names that the stories tell.
const samples = [
  { key: "price-list", name: "Ask for a price list", intro: "Tell us who you are; the list comes within a working day.", fields: [name, email, company, amount], consents },
  { key: "sample-box", name: "Sample box", intro: "Six jars, three lids, no obligation.", fields: [name, email, { ...phone }, choice("q1", "What do you preserve?", ["Fruit", "Vegetables", "Meat and fish", "All of it"])], consents },
  { key: "trade-account", name: "Trade account", intro: "For shops, kitchens and makers.", fields: [name, email, company, phone, amount], consents: [] },
  { key: "call-me-back", name: "Call me back", intro: "We call on working days between 9 and 17 h.", fields: [name, { ...email, required: false }, { ...phone, required: true }, choice("q1", "When?", ["In the morning", "In the afternoon"])], consents: [] },
  { key: "friend", name: "A friend's invitation", intro: "Somebody who likes us thought of you.", fields: [name, email, choice("q1", "What are you looking for?", ["Jars", "Lids", "Something for the kitchen", "Just looking"])], consents },
  { key: "northwind-letter", name: "Northwind letter", title: "The Northwind letter", intro: "Once a month: what is in season, and what to put it in.", opens_lead: false, fields: [email, { ...name, required: false }], consents: [{ ...consents[0]!, required: true }] },
]; // prettier-ignore

/** Writes the sample's forms; one whose key the company uses already is left out. */
export async function writeForms(tx: Tx): Promise<void> {
  const { rows } = await sql<{ key: string }>`select key from forms`.execute(tx.db);
  for (const { fields, consents: asked, key, ...values } of samples)
    if (!rows.some((r) => r.key === key))
      await createRecord(tx, formType, {
        ...values,
        key,
        double_opt_in: true,
        source: "the website",
        design: designSchema.parse({ fields, consents: asked }),
        external_ids: { [sample]: key },
      });
}

async function formIds(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string; id: string }>`
    select external_id as key, record_id as id from external_ids where object = 'form' and system = ${sample}`.execute(tx.db); // prettier-ignore
  return new Map(rows.map((r) => [samples.find((s) => s.key === r.key)!.name, r.id]));
}

/** The facts of a chunk, those of a form with the ids of the form and of the submission they tell of. */
export async function withForms(tx: Tx, facts: readonly FactInput[]): Promise<FactInput[]> {
  const ids = await formIds(tx);
  return facts.map((f) => {
    if (f.name !== "form.submitted") return f;
    const payload = f.payload as { form: string };
    const form_id = ids.get(payload.form);
    return form_id ? { ...f, payload: { ...payload, form_id, submission_id: newId() } } : f;
  });
}

const touches: Record<string, Pick<PastSubmission, "utm_source" | "utm_medium" | "utm_campaign" | "referrer">> = {
  "a search engine": { utm_source: "search", utm_medium: "organic", referrer: "https://search.example/" },
  "social media": { utm_source: "photos", utm_medium: "social", utm_campaign: "Harvest week" },
  "the newsletter": { utm_source: "newsletter", utm_medium: "email", utm_campaign: "Spring jars" },
  "a magazine": { utm_source: "magazine", utm_medium: "print", utm_campaign: "Pantry reset" },
};

interface Sender {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  source: string;
  account: string | null;
}

function answersOf(form: string, sender: Sender): Answer[] {
  const { fields } = samples.find((s) => s.name === form)!;
  const known: Record<string, string | null> = { name: sender.name, email: sender.email, phone: sender.phone, account_name: sender.account }; // prettier-ignore
  return fields.flatMap((field): Answer[] => {
    const value = "choices" in field ? chanceOf(`${sender.name} ${form}`).pick(field.choices) : known[field.key];
    return value ? [{ key: field.key, label: field.label, value }] : [];
  });
}

/** Writes the submissions that the chunk's facts tell of, and what its readers agreed to. */
export async function writeSubmissions(tx: Tx, facts: readonly FactInput[]): Promise<void> {
  const sent = facts.filter((f) => f.name === "form.submitted" && "form_id" in f.payload);
  const { rows } = await sql<Sender>`
    select c.id, c.name, c.email, c.phone, c.source, a.name as account from contacts c left join accounts a on a.id = c.account_id
     where c.id = any(${sent.map((f) => f.contact_id!)})`.execute(tx.db);
  const senders = new Map(rows.map((r) => [r.id, r]));
  const past = sent.map((f): PastSubmission => {
    const { form, form_id, submission_id } = f.payload as { form: string; form_id: string; submission_id: string };
    const sender = senders.get(f.contact_id!)!;
    return { ...touches[sender.source], id: submission_id, form_id, contact_id: sender.id, submitted_at: f.occurred_at!, answers: answersOf(form, sender), fact_id: f.id ?? null, spam: null };
  }); // prettier-ignore
  await keepPastSubmissions(tx, past);
  for (const [name, status] of [
    ["newsletter.subscribed", "given"],
    ["newsletter.unsubscribed", "withdrawn"],
  ] as const)
    // prettier-ignore
    await logConsents(tx, status, facts.filter((f) => f.name === name).map(saidIn), { facts: false });
}

const saidIn = ({ name: fact, contact_id, occurred_at }: FactInput): ConsentInput => ({
  contact_id: contact_id!,
  purpose: "newsletter",
  source: fact === "newsletter.subscribed" ? "Form “Northwind letter”" : "link in a mail",
  wording: fact === "newsletter.subscribed" ? wording : null,
  evidence: fact === "newsletter.subscribed" ? "confirmed by the link in a mail" : null,
  at: occurred_at!,
});

/** Some machines found the forms, too. */
export async function writeSpam(tx: Tx, today: Date): Promise<void> {
  const ids = [...(await formIds(tx)).values()];
  const past = ids.slice(0, 3).flatMap((form_id, i) =>
    ["filled in the field that people do not see", "has 12 links"].map((spam, n): PastSubmission => ({
      id: newId(),
      form_id,
      contact_id: null,
      submitted_at: new Date(today.getTime() - (1 + i * 2 + n * 5) * 86_400_000),
      answers: [{ key: "name", label: "Name", value: "Best prices online" }, { key: "email", label: "E-mail", value: `offer${i}${n}@bulk.example` }],
      fact_id: null,
      spam,
    })),
  ); // prettier-ignore
  await keepPastSubmissions(tx, past);
}
