const place = (key: string): string => `rondo.draft.${key}`;

/** What was typed into a form before the page was left or reloaded; kept for this tab. */
export function readDraft(key: string): Record<string, unknown> | undefined {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(place(key)) ?? "null");
    return typeof found === "object" && found !== null && !Array.isArray(found) ? { ...found } : undefined;
  } catch {
    return undefined;
  }
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? { ...value } : {};

/** The draft of a record's form: what was typed, and what the records it points to are called. */
export function draftIn(key: string): { changed: Record<string, unknown>; titles: Record<string, string> } {
  const found = readDraft(key);
  const titles = Object.entries(object(found?.["titles"])).filter((entry): entry is [string, string] => typeof entry[1] === "string"); // prettier-ignore
  return { changed: object(found?.["changed"]), titles: Object.fromEntries(titles) };
}

/** What the records are called that a kept draft points to, without those that are given now. */
export const titlesBut = (given: Record<string, unknown>, titles: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(titles).filter(([name]) => !(name in given)));

/** Keeps what is being typed; forgets it when there is nothing. */
export function keepDraft(key: string, values: Record<string, unknown> | undefined): void {
  try {
    if (values && Object.keys(values).length > 0) sessionStorage.setItem(place(key), JSON.stringify(values));
    else sessionStorage.removeItem(place(key));
  } catch {
    // A full or forbidden storage costs the draft, not the form.
  }
}
