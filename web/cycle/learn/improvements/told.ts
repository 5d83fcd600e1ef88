import type { ImprovementLine, ImprovementsApi, ImprovementTold, Plan, Result } from "#learn/improvement";
import { client } from "../../../kit/client.ts";
import type { Wire } from "../wire.ts";

export type Improvement = Wire<ImprovementTold>;
export type Line = Wire<ImprovementLine>;
export type { Plan, Result };

/** The endpoints of improvements. */
export const improvements = () => client<ImprovementsApi>("improvements");

/** Reads which insight a new improvement belongs to. */
export const newImprovementSearch = (search: Record<string, unknown>): { insight?: string } => {
  const { insight } = search;
  return typeof insight === "string" && /^[0-9a-f-]{36}$/.test(insight) ? { insight } : {};
};
