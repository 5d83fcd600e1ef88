/*
 * Words we use
 *   membership   the table that tells which subjects are in which segments; the module that keeps it says so here, as the
 *                records core knows no segments
 */
export interface Membership {
  table: string;
  /** The column with the subject's id. */
  subject: string;
  /** The column with the segment's id. */
  segment: string;
  /** The table of the segments themselves, with id and name. */
  named?: string;
}

const memberships = new Map<string, Membership>();

/** Lets conditions about this object ask for segments. */
export const registerMembership = (object: string, membership: Membership): void =>
  void memberships.set(object, membership);

/** Where the memberships of this object are kept; undefined when its records are in no segments. */
export const membershipOf = (object: string): Membership | undefined => memberships.get(object);
