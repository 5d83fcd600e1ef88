import type { ObjectDescription } from "#records";

/** The text, or null for everything that is none or empty. */
export const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** Labels of the changed fields as a sentence says them: "e-mail, job title". Columns without a label are ours and stay unsaid. */
export const changedWords = (object: ObjectDescription, changed: readonly string[]): string[] => [
  ...object.fields.filter((f) => changed.includes(f.name)).map((f) => f.label[0]!.toLowerCase() + f.label.slice(1)),
  ...(changed.includes("custom") ? ["custom fields"] : []),
];
