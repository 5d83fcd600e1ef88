/** The text, or null for everything that is none or empty. */
export const textIn = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** How long ago in words: "12 min ago", "3 h ago", "2 days ago". */
export function agoWords(at: Date, now: Date): string {
  const minutes = Math.max(0, Math.round((now.getTime() - at.getTime()) / 60_000));
  if (minutes < 1) return "just now";
  if (minutes < 120) return `${minutes} min ago`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h ago` : `${Math.round(minutes / 1440)} days ago`;
}
