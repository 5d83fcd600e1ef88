import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Due } from "#kernel/due";
import { may } from "../kit/boot.ts";
import { offers, request } from "../kit/client.ts";
import { askAgain, useLive } from "../kit/live.ts";

/*
 * Words we use
 *   due   something a person should do now, with its reason and the one act that does it
 */
export type Stage = Due["stage"];
export interface Day {
  items: readonly Due[];
  total: number;
  stages: Record<Stage, number>;
}
export interface DayAsked {
  mine?: boolean;
  stage?: Stage;
  contact_id?: string;
  account_id?: string;
}

/** The colour of each stage of the cycle. */
export const stageTone: Record<Stage, string> = {
  attract: "violet",
  convert: "blue",
  deliver: "teal",
  engage: "green",
  grow: "amber",
  learn: "pink",
};

/** What is due, kept up with what happens elsewhere. */
export const useDay = (asked: DayAsked = {}) => {
  const cache = useQueryClient();
  useLive("fact", () => askAgain(cache, ["my-day"]));
  return useQuery({
    queryKey: ["my-day", asked],
    queryFn: ({ signal }) => request<Day>("GET /my-day", asked, signal),
    enabled: offers("myDay.get") && may("contacts.read"),
    // Time alone makes things due.
    refetchInterval: 60_000,
  });
};
