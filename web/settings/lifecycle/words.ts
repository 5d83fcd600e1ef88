import type { Condition } from "#kernel/condition";
import { sentence } from "../../records/filter/words.ts";
import { ruleObject } from "./vocabulary.ts";

/** When a rule holds, as one sentence in plain words. */
export const whenWords = (node: Condition): string => sentence(ruleObject(), node);
