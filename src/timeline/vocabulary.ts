import type { z } from "zod";
import type { FactKind } from "./fact.ts";
import { attract } from "./facts/attract.ts";
import { convert } from "./facts/convert.ts";
import { deliver } from "./facts/deliver.ts";
import { engage } from "./facts/engage.ts";
import { grow } from "./facts/grow.ts";
import { learn } from "./facts/learn.ts";

export const stages = { attract, convert, deliver, engage, grow, learn } as const;
export type CycleStage = keyof typeof stages;

/** Every kind of fact by its name. */
export const vocabulary = { ...attract, ...convert, ...deliver, ...engage, ...grow, ...learn } as const;
export type FactName = keyof typeof vocabulary;
export type PayloadOf<N extends FactName> = z.input<(typeof vocabulary)[N]["payload"]>;

const stageByName = new Map<string, CycleStage>(
  Object.entries(stages).flatMap(([stage, kinds]) =>
    Object.keys(kinds).map((name) => [name, stage as CycleStage] as const),
  ),
);

/** Whether this is a fact of the vocabulary. */
export const isFactName = (name: string): name is FactName => stageByName.has(name);

/** The stage of the cycle a fact belongs to. */
export const stageOf = (name: FactName): CycleStage => stageByName.get(name) ?? "learn";

/** The kind behind a name that comes from outside or from the table; undefined when a later version wrote it. */
export const kindOf = (name: string): FactKind | undefined => (isFactName(name) ? vocabulary[name] : undefined);
