import type { FormsApi, FormTold, FormField, SubmissionTold } from "#attract/forms";
import { client } from "../../../kit/client.ts";
import type { Sent } from "../../../customers/told.ts";

/** A form and a submission as JSON brings them. */
export type Told = Pick<FormTold, "id" | "version" | "key" | "name" | "title" | "intro" | "design" | "opens_lead" | "double_opt_in" | "thanks" | "redirect" | "source" | "campaign" | "origins" | "active" | "submission_count" | "url"> & { deleted_at: string | null }; // prettier-ignore
export type Submission = Sent<SubmissionTold>;
export type Field = FormField;
/** A consent as it is edited; its version is the server's. */
export interface Consent {
  purpose: FormTold["design"]["consents"][number]["purpose"];
  wording: string;
  required: boolean;
}

/** The endpoints of forms. */
export const forms = () => client<FormsApi>("forms");

interface Offered {
  contact: NonNullable<Field["contact"]>;
  type: Field["type"];
  label: string;
}

/** Fields of a contact that a form may ask for, as the server's design.ts names them. */
export const contactFields: readonly Offered[] = [
  { contact: "email", type: "email", label: "E-mail" },
  { contact: "name", type: "text", label: "Name" },
  { contact: "given_name", type: "text", label: "Given name" },
  { contact: "family_name", type: "text", label: "Family name" },
  { contact: "phone", type: "phone", label: "Phone" },
  { contact: "account_name", type: "text", label: "Company" },
  { contact: "job_title", type: "text", label: "Job title" },
  { contact: "city", type: "text", label: "City" },
];

export const typeWords: Record<Field["type"], string> = {
  text: "Short answer",
  long_text: "Long answer",
  email: "E-mail address",
  phone: "Phone number",
  choice: "One of several answers",
  checkbox: "Checkbox",
};

/** A key for a question of the form's own: q1, q2, the first that is free. */
export function freshKey(fields: readonly Field[]): string {
  for (let n = 1; ; n += 1) if (!fields.some((field) => field.key === `q${n}`)) return `q${n}`;
}

/** A key for addresses out of a name: "Price list" is price-list. */
export const keyOf = (name: string): string =>
  name.normalize("NFKD").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 60); // prettier-ignore
