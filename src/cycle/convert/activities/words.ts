/** The text, or null for everything that is none or empty. */
export const textIn = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
