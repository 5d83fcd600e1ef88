import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Loop } from "#learn/loop";
import { workspace } from "../kit/boot.ts";
import { request } from "../kit/client.ts";
import type { Sent } from "../customers/told.ts";
import { cohortOf, instantsOf, type HomeSearch } from "./period.ts";

export type Cycle = Sent<Loop>;
export type FigureKey = keyof Cycle["totals"];
/** A figure of the period and of the equally long one before it. */
export type Figure = Cycle["totals"][FigureKey];

/** The ring for what the address asks, up to now; the old one stays on screen while another is on its way. */
export const useCycle = (search: HomeSearch) =>
  useQuery({
    queryKey: ["cycle", search],
    queryFn: ({ signal }) => request<Cycle>("GET /loop", askOf(search, new Date()), signal),
    placeholderData: keepPreviousData,
  });

/** What is asked of the server for an address at an instant. */
export function askOf(search: HomeSearch, now: Date) {
  const period = instantsOf(search, workspace().time_zone, now);
  const cohort = cohortOf(search, period);
  const lens = search.lens ?? workspace().lens;
  return { subject: search.who ?? "contact", ...period, ...(lens ? { lens } : {}), ...(cohort ? { cohort } : {}) };
}

/** Whether nothing moved in the period although customers stand in the ring. */
export const isStill = (cycle: Cycle): boolean =>
  cycle.total > 0 &&
  cycle.links.every((link) => link.moved === 0) &&
  cycle.steps.every((step) => step.came === 0 && step.left === 0);

/** The change against the former period as a share; null when there was nothing before to compare with. */
export const changeOf = ({ now, before }: Figure): number | null => (before <= 0 ? null : (now - before) / before);
