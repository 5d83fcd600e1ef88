import { objectOf } from "../../kit/boot.ts";
import { say } from "../../kit/i18n.ts";
import { scopeWords, verbWords, type OwnRole, type Verb } from "./access.ts";

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const labelOf = (plural: string): string => say(objectOf(plural)?.label_plural ?? plural);
const verbs = Object.keys(verbWords) as Verb[];

/** What the one role may do with records where the other may do something else: "Contacts: See All, Edit Own". */
export function grantWords(grants: OwnRole["grants"], other: OwnRole["grants"]): string {
  const plurals = [...new Set([...Object.keys(grants), ...Object.keys(other)])];
  return plurals
    .flatMap((plural) => {
      const of = (all: OwnRole["grants"], verb: Verb) => all[plural]?.[verb] ?? "none";
      const differing = verbs.filter((verb) => of(grants, verb) !== of(other, verb));
      if (differing.length === 0) return [];
      return [
        `${labelOf(plural)}: ${differing.map((verb) => `${say(verbWords[verb])} ${say(scopeWords[of(grants, verb)])}`).join(", ")}`,
      ];
    })
    .join("; ");
}

/** Which fields the one role may see or edit, of objects where the other may see or edit others. */
export function fieldWords(fields: OwnRole["fields"], other: OwnRole["fields"]): string {
  const plurals = [...new Set([...Object.keys(fields), ...Object.keys(other)])];
  return plurals
    .filter((plural) => !same(fields[plural], other[plural]))
    .map((plural) => {
      const object = objectOf(plural);
      const named = Object.keys(fields[plural] ?? {}).map((name) => say(object?.fields.find((f) => f.name === name)?.label ?? name)); // prettier-ignore
      return `${labelOf(plural)}: ${fields[plural] ? named.join(", ") : say("All")}`;
    })
    .join("; ");
}
