import { useQuery, useQueryClient } from "@tanstack/react-query";
import { offers, request } from "../kit/client.ts";
import { useLive, type Job } from "../kit/live.ts";

/** States in which nothing happens to a job any more by itself. */
export const over = new Set(["done", "completed", "failed", "cancelled"]);

/** The truth about every job in the background: asked once, then kept by live events. */
export const useJobs = (): readonly Job[] => {
  const cache = useQueryClient();
  const { data } = useQuery({
    queryKey: ["jobs"],
    queryFn: ({ signal }) => request<{ items: Job[] }>("GET /jobs", {}, signal),
    enabled: offers("jobs.list"),
  });
  useLive("job", (job) => {
    cache.setQueryData<{ items: Job[] }>(["jobs"], (known) => ({
      items: [job, ...(known?.items ?? []).filter((other) => other.id !== job.id)],
    }));
  });
  return data?.items ?? [];
};
