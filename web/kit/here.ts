import { useRouterState } from "@tanstack/react-router";
import { may, objectOf } from "./boot.ts";

/*
 * Words we use
 *   here   the record whose page is open, and which part of what lies beside it is shown: "/orders/018f…#files"
 */
export interface Here {
  object: string;
  plural: string;
  record_id: string;
  part: BesidePart | undefined;
}
export const besideParts = ["comments", "files", "tags", "history"] as const;
export type BesidePart = (typeof besideParts)[number];

const address = /^\/([a-z-]+|custom\/[a-z][a-z0-9]*)\/([0-9a-f]{8}-[0-9a-f-]{27})$/;

/** The record at an address; undefined for lists, settings, and records this person may not read. */
export function recordAt(path: string, hash = ""): Here | undefined {
  const [, plural = "", record_id = ""] = address.exec(path) ?? [];
  const object = objectOf(plural.replaceAll("-", "_"));
  if (!object || !may(`${object.plural}.read`)) return undefined;
  const part = besideParts.find((one) => one === hash);
  return { object: object.name, plural: object.plural, record_id, part };
}

/** The record whose page is open. */
export function useRecordHere(): Here | undefined {
  const { path, hash } = useRouterState({
    select: ({ location }) => ({ path: location.pathname, hash: location.hash }),
    structuralSharing: true,
  });
  return recordAt(path, hash);
}
