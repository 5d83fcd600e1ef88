import { sql } from "kysely";
import { consentOf, type ConsentStatus, type Purpose } from "#customers";
import type { Ctx } from "#platform/context";
import { isAddress } from "#platform/mail";
import { heldCodes, type HeldCode, type SendKind } from "./send.ts";
import { suppressedOf } from "./suppress.ts";

export interface Asking {
  id: string;
  kind: SendKind;
  purpose: Purpose;
  contact_id: string | null;
  address: string | null;
}

export type Verdict = { address: string; account_id: string | null } | { code: HeldCode; reason: string };

export const heldBack = (code: HeldCode, reason?: string): { code: HeldCode; reason: string } => ({
  code,
  reason: reason ?? heldCodes[code],
});

interface Person {
  id: string;
  email: string | null;
  account_id: string | null;
  deleted_at: Date | null;
}

/** Who of these may be written to at this moment, the budget aside: somebody there, with an address that takes mail, who agreed. */
export async function gate(ctx: Ctx, asking: readonly Asking[]): Promise<Map<string, Verdict>> {
  const contacts = [...new Set(asking.flatMap((a) => a.contact_id ?? []))];
  const { rows } = await sql<Person>`select id, email, account_id, deleted_at from contacts where id = any(${contacts})`.execute(ctx.db);
  const people = new Map(rows.map((r) => [r.id, r]));
  const addressOf = (a: Asking): string | null => a.address ?? (a.contact_id ? (people.get(a.contact_id)?.email ?? null) : null);
  const suppressed = await suppressedOf(ctx, [...new Set(asking.flatMap((a) => addressOf(a) ?? []))]);
  const said = new Map<string, ConsentStatus>();
  for (const purpose of new Set(asking.filter((a) => a.kind !== "service").map((a) => a.purpose)))
    for (const [id, status] of await consentOf(ctx, contacts, purpose)) said.set(`${id} ${purpose}`, status);
  return new Map(asking.map((a) => {
    const person = a.contact_id ? people.get(a.contact_id) : undefined;
    return [a.id, verdictOf(a, person, addressOf(a), suppressed, said.get(`${a.contact_id} ${a.purpose}`))] as const;
  }));
} // prettier-ignore

function verdictOf(
  a: Asking,
  person: Person | undefined,
  address: string | null,
  suppressed: Awaited<ReturnType<typeof suppressedOf>>,
  said: ConsentStatus | undefined,
): Verdict {
  if (person?.deleted_at) return heldBack("trashed");
  if (!address || !isAddress(address)) return heldBack("no-address");
  const stop = suppressed.get(address.toLowerCase());
  if (stop && (stop.scope === "all" || a.kind !== "service"))
    return heldBack("suppressed", `${heldCodes.suppressed}: ${stop.why}`.slice(0, 500));
  if (a.kind === "marketing" && said !== "given") return heldBack(said === "withdrawn" ? "withdrawn" : "no-consent");
  // A question that nobody has confirmed is no yes, and it may stand after a no: anybody can send a form in another's name.
  if (a.kind === "relationship" && said === "withdrawn") return heldBack("withdrawn");
  if (a.kind === "relationship" && said === "pending") return heldBack("no-consent");
  return { address, account_id: person?.account_id ?? null };
}
