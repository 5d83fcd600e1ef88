import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLive } from "../../kit/live.ts";
import { jobOf } from "./api.ts";

// Live events tell of progress; asking again at this pace covers a lost connection, in milliseconds.
const pace = 1500;
const over = new Set(["done", "failed", "cancelled"]);

/** A background job until it is over; asks nothing without an id. */
export function useJob(id: string | undefined) {
  const cache = useQueryClient();
  useLive("job", (job) => {
    if (job.id === id) void cache.invalidateQueries({ queryKey: ["job", id] });
  });
  return useQuery({
    queryKey: ["job", id],
    queryFn: ({ signal }) => jobOf(id ?? "", signal),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && over.has(state.data.state) ? false : pace),
  });
}
