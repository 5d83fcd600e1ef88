import { useQuery } from "@tanstack/react-query";
import type { Rule } from "#customers";
import { may } from "../kit/boot.ts";
import { request } from "../kit/client.ts";

export interface RulesTold {
  version: number;
  rules: readonly Rule[];
  note: string;
  created_by: string;
  created_at: string;
}

/** The lifecycle rules that decide now, or an earlier version of them; not asked for people who may not read them. */
export const useRules = (version?: number) =>
  useQuery({
    queryKey: ["lifecycle", "rules", version ?? "now"],
    queryFn: ({ signal }) => request<RulesTold>("GET /lifecycle/rules", version ? { version } : {}, signal),
    enabled: may("lifecycle.read"),
    staleTime: version ? Number.POSITIVE_INFINITY : 30_000,
  });
