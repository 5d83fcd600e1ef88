import type { customFieldsApi, DefinedType, Field, FieldDefinition, Rollup } from "#records";
import { client } from "../../kit/client.ts";

/** The endpoints of fields of one's own. */
export const customFields = () => client<typeof customFieldsApi>("customFields");
export const fieldsKey = ["custom-fields"] as const;

/** A definition as the server tells it. */
export type Told = Omit<FieldDefinition, "retired_at"> & { retired_at: string | Date | null };

/** What a type is called. */
export const typeWords: Record<DefinedType, string> = {
  text: "Text", long_text: "Long text", number: "Number", money: "Money", date: "Date", datetime: "Date and time", boolean: "Yes or no", choice: "Choice", choices: "Several choices", address: "Address", relations: "Links to several records",
  email: "E-mail", phone: "Phone", url: "Web address", relation: "Link to a record", user: "Colleague", file: "File", formula: "Formula", rollup: "Rollup of related records",
}; // prettier-ignore

/** What is typed into the dialog. */
export interface Draft {
  label: string;
  type: DefinedType;
  help: string;
  required: boolean;
  preset: unknown;
  choices: NonNullable<FieldDefinition["choices"]>;
  to_object: string | null;
  fast: boolean;
  unique: boolean;
  formula: string;
  rollup: Rollup;
}

/** Which types have choices, and which point to records. */
export const hasChoices = (type: DefinedType): boolean => type === "choice" || type === "choices";
export const isLink = (type: DefinedType): boolean => type === "relation" || type === "relations";
const neverFast: readonly DefinedType[] = ["long_text", "url", "address", "choices", "relations", "file", "rollup"];
/** Whether Rondo works the field out, so that nobody fills it in. */
export const isWorkedOut = (type: DefinedType): type is "formula" | "rollup" => type === "formula" || type === "rollup";
/** Which can be made fast to filter and sort, and which can be held to stand only once. */
export const mayBeFast = (type: DefinedType): boolean => !neverFast.includes(type);
export const mayBeUnique = (type: DefinedType): boolean => ["text", "number", "email", "phone"].includes(type);

/** The dialog's first state. */
export const draftOf = (field: Told | undefined): Draft => ({
  label: field?.label ?? "",
  type: field?.type ?? "text",
  help: field?.help ?? "",
  required: field?.required ?? false,
  preset: field?.preset ?? null,
  choices: field?.choices ?? [],
  to_object: field?.to_object ?? null,
  fast: field !== undefined && field.fast !== "off",
  unique: field !== undefined && field.uniqueness !== "off",
  formula: field?.formula ?? "",
  rollup: field?.rollup ?? { related: "", figure: "count", reach: "viewer" },
});

/** The field as an input draws it, for its preset. */
export const presetField = (draft: Draft, label: string): Field => ({
  name: "preset",
  label,
  type: isWorkedOut(draft.type) ? "text" : draft.type,
  choices: draft.choices
    .filter((choice) => choice.label.trim() !== "" && !choice.removed)
    .map((c) => ({ ...c, value: c.value || c.label })),
  ...(draft.to_object ? { to: draft.to_object } : {}),
});

/** What may change later, as the server takes it. */
export const changeOf = (draft: Draft) => ({
  label: draft.label,
  help: draft.help.trim() === "" ? null : draft.help,
  required: draft.required && !isWorkedOut(draft.type),
  preset: draft.preset ?? null,
  ...(draft.type === "formula" ? { formula: draft.formula } : {}),
  ...(draft.type === "rollup" ? { rollup: draft.rollup } : {}),
  choices: hasChoices(draft.type)
    ? draft.choices.map(({ value, ...rest }) => ({ ...rest, ...(value ? { value } : {}) }))
    : null,
  fast: draft.fast && mayBeFast(draft.type),
  unique: draft.unique && mayBeUnique(draft.type),
});
