import { Refused } from "#kernel/refusal";
import type { Row } from "#records";

/** Refuses when somebody changed the opportunity since the caller saw it; says how it is now. */
export function requireVersion(row: Row, version: number | undefined): void {
  if (version === undefined || version === row.version) return;
  throw new Refused("stale", "record.stale", "Somebody changed this opportunity since you opened it.", {
    detail: { current: { ...row } },
  });
}
