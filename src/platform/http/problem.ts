import { z } from "zod";
import { Refused, type FieldProblem, type RefusalKind } from "#kernel/refusal";

/** RFC 9457 problem details, plus a stable code and the wrong fields. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: FieldProblem[];
  [more: string]: unknown;
}

// The only place that knows status codes.
const statusOf: Record<RefusalKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  stale: 412,
  "too-large": 413,
  "too-many": 429,
  unavailable: 503,
};

const titles: Record<number, string> = {
  400: "The request is malformed",
  401: "Please sign in",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  412: "Somebody else changed it",
  413: "Too large",
  415: "Unsupported media type",
  422: "Please check the input",
  429: "Too many requests",
  500: "Something went wrong",
  503: "Not available now",
};

const problem = (status: number, code: string, detail: string, more: Partial<Problem> = {}): Problem => ({
  type: `https://rondo.example/problems/${code}`,
  title: titles[status] ?? "Error",
  status,
  code,
  detail,
  ...more,
});

interface PgError {
  code: string;
  constraint?: string;
  column?: string;
}
const isPg = (e: unknown): e is PgError =>
  typeof e === "object" && e !== null && /^[0-9A-Z]{5}$/.test(String((e as { code?: unknown }).code));

const away = (): Problem =>
  problem(503, "database.away", "The database does not answer at this moment; please try again.");

// What the driver throws when there is no server to give a code of its own; its words are all it gives.
const lostWords =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/;
const isLost = (e: unknown): boolean =>
  e instanceof Error &&
  (lostWords.test(e.message) ||
    ("syscall" in e &&
      (e.syscall === "connect" || e.syscall === "read") &&
      "code" in e &&
      ["ECONNREFUSED", "ECONNRESET"].includes(String(e.code))));

/** What a unique index means to a person; a constraint that is not listed is answered in general words. */
const uniqueWords: Record<string, { field: string; message: string }> = {
  contacts_by_email: { field: "email", message: "Another contact has this e-mail address." },
  products_by_sku: { field: "sku", message: "Another product has this SKU." },
  orders_by_number: { field: "number", message: "Another order has this number." },
};

/** The answer to an error; null when it is a fault of ours, to be logged and answered 500. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Refused)
    return problem(statusOf[error.kind], error.code, error.message, {
      ...error.detail,
      ...(error.fields.length ? { errors: error.fields } : {}),
    });
  if (error instanceof z.ZodError) return fromZod(error);
  if (isPg(error)) return fromPg(error);
  if (isLost(error)) return away();
  const status = (error as { statusCode?: unknown }).statusCode;
  if (typeof status === "number" && status >= 400 && status < 500)
    return problem(status, codeOf(status), (error as Error).message);
  return null;
}

const codeOf = (status: number): string => (titles[status] ?? "error").toLowerCase().replaceAll(" ", "-");

function fromZod(error: z.ZodError): Problem {
  const errors = error.issues
    .slice(0, 50)
    .flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => ({ field: [...issue.path, key].join("."), message: "There is no such field here." }))
        : [{ field: issue.path.join("."), message: issue.message }],
    );
  return problem(
    422,
    "input.invalid",
    errors
      .map((e) => `${e.field || "input"}: ${e.message}`)
      .join("; ")
      .slice(0, 1000),
    { errors },
  );
}

function fromPg(error: PgError): Problem | null {
  if (error.code === "23505") {
    const words = uniqueWords[error.constraint ?? ""];
    return problem(
      409,
      "record.exists",
      words?.message ?? "There is already a record with this value.",
      words ? { errors: [words] } : {},
    );
  }
  if (error.code === "23503")
    return problem(409, "record.linked", "The record it points to is not there, or others still point to it.");
  // Class 22: a date that no calendar has, a number beyond its column, text that is no UTF-8.
  if (error.code.startsWith("22") || error.code === "23514" || error.code === "23502")
    return problem(422, "input.invalid", "A value cannot be stored as it is written.");
  if (error.code.startsWith("40") || error.code === "55P03")
    return problem(
      503,
      "database.busy",
      "Others changed the same records at this moment; nothing was saved. Please try again.",
    );
  if (error.code.startsWith("08") || error.code.startsWith("57P") || error.code === "53300") return away();
  if (error.code === "57014") return problem(503, "query.cancelled", "The question took too long and was stopped.");
  if (error.code === "53100") return problem(503, "disk.full", "The server's disk is full; nothing was saved.");
  return null;
}

/** The answer to a fault of ours; the reference is in the log beside the stack. */
export const faultProblem = (reference: string): Problem =>
  problem(500, "fault", `It is our fault, and it is logged under ${reference}.`, { reference });
