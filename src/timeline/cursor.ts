/** Where a page of a list by instant and id ended, as a cursor. */
export const cursorAt = (at: Date, id: string): string =>
  Buffer.from(JSON.stringify([at.toISOString(), id])).toString("base64url");

/** The instant and id of a cursor; null for none and for one that is not ours: the first page. */
export function placeOf(cursor: string | undefined): [string, string] | null {
  if (!cursor) return null;
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as [string, string];
    return Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id) ? null : [at, id];
  } catch {
    return null;
  }
}
