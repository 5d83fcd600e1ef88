// Titles of records that conditions point to, as this browser has seen them: a condition holds only their ids.
const titles = new Map<string, string>();

/** Keeps a record's title for sentences. */
export const rememberTitle = (id: string, title: string): void => void titles.set(id, title);

/** A record's title; undefined while it is not known. */
export const titleKnown = (id: unknown): string | undefined => (typeof id === "string" ? titles.get(id) : undefined);
