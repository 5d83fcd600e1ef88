import type { Rec } from "../records/record.ts";

/** A record's field as text; `otherwise` when it is no text. */
export const textIn = (record: Rec | undefined, field: string, otherwise = ""): string => {
  const value = record?.[field];
  return typeof value === "string" && value !== "" ? value : otherwise;
};

/** A record's field as a number; 0 when it is none. Money comes in minor units. */
export const figureIn = (record: Rec, field: string): number => {
  const value = record[field];
  return typeof value === "number" || typeof value === "string" ? Number(value) || 0 : 0;
};
