import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Condition } from "../../src/kernel/condition/condition.ts";
import type { Tone } from "../../src/records/object.ts";
import { workspace } from "../kit/boot.ts";
import { request } from "../kit/client.ts";
import { cohortOf, instantsOf, type HomeSearch } from "./period.ts";

/** A number and the condition that lists the customers behind it. */
export interface Counted {
  count: number;
  filter: Condition;
}
export interface CycleStep extends Counted {
  key: string;
  name: string;
  tone: Tone;
  came: number;
  left: number;
}
export interface CycleLink {
  from: string;
  to: string;
  moved: number;
  base: number;
  rate: number | null;
  median_days: number | null;
  filter: Condition;
}
export interface Figure {
  value: number;
  before: number | null;
}
export interface Cycle {
  lens: { key: string; name: string };
  steps: readonly CycleStep[];
  links: readonly CycleLink[];
  sideways: Record<"at_risk" | "lapsed" | "won_back", Counted>;
  total: number;
  weakest: { from: string; to: string; why: string } | { from: null; to: null; why: string } | null;
  totals: { identified: Figure; paid_base: Figure; moves: Figure; repeat: Figure };
}
export interface LensTold {
  key: string;
  name: string;
  steps: readonly { key: string; name: string; stages: readonly string[]; acts?: readonly string[] }[];
}

/** All lenses of the workspace, in their order. */
export const useLenses = () =>
  useQuery({
    queryKey: ["lenses"],
    queryFn: ({ signal }) => request<{ items: readonly LensTold[] }>("GET /lenses", {}, signal),
    staleTime: 300_000,
  });

/** The ring for what the address asks; the old one stays on screen while another is on its way. */
export function useCycle(search: HomeSearch) {
  const period = instantsOf(search, workspace().time_zone, new Date());
  const ask = {
    lens: search.lens ?? workspace().lens,
    subject: search.who ?? "contact",
    ...period,
    ...withCohort(search, period),
  };
  return useQuery({
    queryKey: ["cycle", search],
    queryFn: ({ signal }) => request<Cycle>("GET /ring", ask, signal),
    placeholderData: keepPreviousData,
  });
}

const withCohort = (search: HomeSearch, period: { from: string; until: string }) => {
  const cohort = cohortOf(search, period);
  return cohort ? { cohort } : {};
};
