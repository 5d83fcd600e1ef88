export const lifetimes = [
  { days: "30", label: "30 days" },
  { days: "90", label: "90 days" },
  { days: "365", label: "A year" },
  { days: "never", label: "Until it is ended" },
] as const;

const day = 86_400_000; // ms

/** The instant a key made now stops working; null for one that is ended by hand. */
export const expiryOf = (lasts: string, now: Date): string | null => {
  const days = Number(lasts);
  return Number.isInteger(days) && days > 0 ? new Date(now.getTime() + days * day).toISOString() : null;
};
