import { createContext, useContext } from "react";
import type { Condition } from "#kernel/condition";
import { objectOf, type DescribedObject } from "../../kit/boot.ts";

/** What the edited conditions are about, and how much of the language may be said of it. */
export interface ConditionSubject {
  object: DescribedObject;
  /** The first field condition offered. */
  fresh: Condition;
  /** Whether facts may be counted since the customer entered the stage. */
  sinceStage?: boolean;
  /** Whether facts may be asked for; as the object says unless said here. */
  facts?: boolean;
  /** Whether one may ask for segments and consent. */
  segments?: boolean;
  /** Whether fields of related records, related records, the last fact and samples may be asked for too. */
  whole?: boolean;
}

const Subject = createContext<ConditionSubject | undefined>(undefined);

/** Says what the condition editors below are about. */
export const ConditionSubjectProvider = Subject.Provider;

/** Everything that can be asked of an object's records. */
export const subjectOf = (object: DescribedObject): ConditionSubject => ({
  object,
  fresh: { field: object.fields[0]?.name ?? "created_at", op: "is_set" },
  // Only contacts are put into segments and asked for consent.
  segments: object.name === "contact",
  whole: true,
});

const nobody: DescribedObject = {
  name: "", plural: "", label: "", label_plural: "", table: "", title: "", search: [], default_sort: "", creatable: false, custom: false, related: [], fields: [],
}; // prettier-ignore

/** What the edited conditions are about. */
export const useConditionSubject = (): ConditionSubject => useContext(Subject) ?? subjectOf(objectOf("contact") ?? nobody); // prettier-ignore
