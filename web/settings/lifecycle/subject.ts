import { createContext, useContext } from "react";
import type { Condition } from "#kernel/condition";
import type { DescribedObject } from "../../kit/boot.ts";
import { ruleObject } from "./vocabulary.ts";

/** What the edited conditions are about: what rules know of a customer's past unless a page says otherwise. */
export interface ConditionSubject {
  object: DescribedObject;
  /** The first field condition offered. */
  fresh: Condition;
  /** Whether facts may be counted since the customer entered the stage. */
  sinceStage: boolean;
  /** Whether one may ask for other segments. */
  segments: boolean;
}

const Subject = createContext<ConditionSubject | undefined>(undefined);

/** Says what the condition editors below are about. */
export const ConditionSubjectProvider = Subject.Provider;

/** What the edited conditions are about. */
export const useConditionSubject = (): ConditionSubject =>
  useContext(Subject) ?? {
    object: ruleObject(),
    fresh: { field: "stage_since", op: "older_than", value: { n: 30, unit: "day" } },
    sinceStage: true,
    segments: false,
  };
