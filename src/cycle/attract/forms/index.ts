export { designSchema } from "./design.ts";
export { form, formType, type FormRow } from "./form.ts";
export type { Design, FormField, FormConsent, FormFieldType, ContactField } from "./design.ts";
export type { Answer } from "./answers.ts";
export type { SubmissionTold, SubmissionPage } from "./read.ts";
export type { FormsApi, FormTold } from "./api.ts";
export { keepPastSubmissions, type PastSubmission } from "./bulk.ts";
export { forgetForms } from "./forget.ts";
