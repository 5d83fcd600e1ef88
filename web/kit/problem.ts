/*
 * Words we use
 *   problem   the server's refusal as RFC 9457 problem JSON, thrown as an Error
 */
export interface FieldError {
  field: string;
  message: string;
}

export interface Problem extends Error {
  problem: true;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors: readonly FieldError[];
  /** What else the refusal tells: the record as it is now, who has the address, what somebody changed since. */
  more: Readonly<Record<string, unknown>>;
}

const text = (value: unknown, otherwise: string): string =>
  typeof value === "string" && value !== "" ? value : otherwise;

const isFieldError = (value: unknown): value is FieldError =>
  typeof value === "object" &&
  value !== null &&
  "field" in value &&
  typeof value.field === "string" &&
  "message" in value &&
  typeof value.message === "string";

/** The problem that an answer's body tells; anything else than problem JSON becomes one with the status only. */
export function problemOf(status: number, body: unknown): Problem {
  const told: Record<string, unknown> = typeof body === "object" && body !== null ? { ...body } : {};
  const title = text(told["title"], status === 0 ? "The server cannot be reached" : "That did not work");
  const detail = text(told["detail"], "");
  const errors = Array.isArray(told["errors"]) ? told["errors"].filter(isFieldError) : [];
  return Object.assign(new Error(detail || title), {
    problem: true as const,
    title,
    status,
    code: text(told["code"], "unknown"),
    detail,
    errors,
    more: told,
  });
}

/** Whether something thrown is a refusal of the server (or the missing network, status 0). */
export const isProblem = (thrown: unknown): thrown is Problem => thrown instanceof Error && "problem" in thrown;

/** One sentence for a person about anything thrown. */
export const sentenceOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
