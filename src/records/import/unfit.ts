import { z } from "zod";
import { Refused } from "#kernel/refusal";
import type { Unfit } from "./importer.ts";

// A field's own parts (the city of an address) are of no column; those of one of several lines are.
function fieldAt([first, second, ...more]: readonly PropertyKey[]): string | null {
  if (first === undefined) return null;
  if (first === "custom") return `custom.${String(second)}`;
  return typeof second === "number" && more.length > 0 ? [first, second, ...more].map(String).join(".") : String(first);
}

/** Why a record was refused, as its row is told it; undefined for a fault. */
export function whyUnfit(error: unknown): Unfit | undefined {
  if (error instanceof z.ZodError) {
    const first = error.issues[0]!;
    return { field: fieldAt(first.path), code: "value-invalid", message: first.message };
  }
  if (error instanceof Refused)
    return { field: error.fields?.[0]?.field ?? null, code: error.code, message: error.message };
  // A value that another record holds: the database's word where the module did not ask before.
  if ((error as { code?: unknown }).code === "23505")
    return { field: null, code: "taken", message: "another record has the same value where only one may" };
  return undefined;
}
