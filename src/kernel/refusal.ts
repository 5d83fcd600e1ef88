/*
 * Words we use
 *   refusal   the domain says no: an expected answer, not a fault; the HTTP layer turns it into a status and problem JSON
 *   field     the dotted path of the input that is wrong ("lines.0.quantity")
 */
export type RefusalKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "stale"
  | "too-large"
  | "too-many"
  | "unavailable";

export interface FieldProblem {
  field: string;
  message: string;
}

/** Thrown to say no. `code` is stable and machine-readable, `message` is plain words for a person. */
export class Refused extends Error {
  readonly kind: RefusalKind;
  readonly code: string;
  readonly fields: FieldProblem[];
  readonly detail: Record<string, unknown>;
  constructor(
    kind: RefusalKind,
    code: string,
    message: string,
    more: { fields?: FieldProblem[]; detail?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = "Refused";
    this.kind = kind;
    this.code = code;
    this.fields = more.fields ?? [];
    this.detail = more.detail ?? {};
  }
}

/** Refuses one field of the input. */
export const invalid = (field: string, message: string, code = "field.invalid"): Refused =>
  new Refused("invalid", code, message, { fields: [{ field, message }] });

/** Refuses because the record is not there, or may not be seen: both answer alike. */
export const notFound = (what: string): Refused =>
  new Refused("not-found", `${what}.not-found`, `There is no such ${what}.`);
