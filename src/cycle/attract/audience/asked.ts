/** Contacts to be judged, by segment; each with the fact that asks for it. */
export type Asked = Map<string, Map<string, string | null>>;

/** Adds a contact to those to be judged for the segment. */
export function ask(asked: Asked, segment: string, contact_id: string, fact: string | null): void {
  const known = asked.get(segment) ?? new Map<string, string | null>();
  asked.set(segment, known.set(contact_id, fact));
}
