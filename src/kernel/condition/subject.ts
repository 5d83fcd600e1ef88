/*
 * Words we use
 *   subject   what a condition is judged on, already read from the database
 *   fields    flat, by the path a condition uses: "email", "account.name", "custom.tier"
 *             text, ids, choices: string; numbers and money (minor units): number; date: "YYYY-MM-DD"; datetime: Date; custom: its JSON value
 *   facts     what happened to the subject, withdrawn facts left out, ascending by (occurred_at, id)
 *   segments  ids of the segments it is in, of those that were asked for
 *   consents  purposes it has given consent to, of those that were asked for
 *   related   live (not trashed) records by the relation's name
 */
export interface FactSeen {
  id: string;
  name: string;
  occurred_at: Date;
  payload: Record<string, unknown>;
}

export interface Subject {
  id: string;
  fields: Record<string, unknown>;
  facts: readonly FactSeen[];
  related: Record<string, readonly Subject[]>;
  segments?: ReadonlySet<string>;
  consents?: ReadonlySet<string>;
}
