import type { Tx } from "#platform/context";
import { recordAll, type FactInput } from "#timeline";
import type { SendRow } from "./send.ts";

type Told = Pick<SendRow, "id" | "kind" | "source" | "source_id" | "contact_id" | "account_id" | "caused_by"> & {
  subject: string;
};

const about = (s: Told) => ({
  contact_id: s.contact_id,
  account_id: s.account_id,
  caused_by: s.caused_by,
  campaign_id: s.source === "campaign" ? s.source_id : null,
});
const payloadOf = (s: Told) => ({
  send_id: s.id,
  kind: s.kind,
  source: s.source,
  source_id: s.source_id,
  subject: s.subject.slice(0, 300),
});

/** A mail left; the server took it. */
export const sentFact = (s: Told): FactInput => ({ ...about(s), name: "mail.sent", payload: payloadOf(s) });

/** A mail was held back or refused, and why. */
export const stoppedFact = (name: "mail.held" | "mail.rejected", s: Told, code: string, reason: string): FactInput => ({
  ...about(s),
  name,
  payload: { ...payloadOf(s), code, reason: reason.slice(0, 500) },
});

/** Records these facts as Rondo's own doing. */
export const tellAll = (tx: Tx, facts: readonly FactInput[]): Promise<string[]> => recordAll(tx, facts);
