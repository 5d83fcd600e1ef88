import { objectOf } from "../kit/boot.ts";
import { offers, request } from "../kit/client.ts";

const record = /^\/([a-z_-]+|custom\/[a-z][a-z0-9]*)\/([0-9a-f-]{36})$/;

/** Remembers that a record's page was opened, so that search shows it first; that this failed is nobody's concern. */
export function noteVisit(path: string): void {
  const [, plural, id] = record.exec(path) ?? [];
  const object = plural && objectOf(plural.replaceAll("-", "_"));
  if (!object || !offers("visits.note")) return;
  void request("POST /visits", { object: object.name, id }).catch(() => undefined);
}
