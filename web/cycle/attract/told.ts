import { useEffect, useRef } from "react";
import { useQueryClient } from "@tanstack/react-query";
import type { SegmentsApi, SegmentTold } from "#attract/audience";
import { client } from "../../kit/client.ts";
import { useLive } from "../../kit/live.ts";

/** A segment as JSON brings it. */
export type Told = Pick<SegmentTold, "id" | "version" | "name" | "description" | "kind" | "active" | "condition" | "member_count" | "job_id"> & { built_at: string | null; deleted_at: string | null }; // prettier-ignore

/** The endpoints of segments. */
export const segments = () => client<SegmentsApi>("segments");

// A build tells of thousands of members in a second; the screen asks again at most this often, in milliseconds.
const pace = 1000;

/** Keeps what is shown of segments true while members come and go and jobs work. */
export function useSegmentsLive(): void {
  const cache = useQueryClient();
  const clock = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(clock.current), []);
  const refresh = (): void => {
    clock.current ??= setTimeout(() => {
      clock.current = undefined;
      void cache.invalidateQueries({ queryKey: ["segments"] });
      void cache.invalidateQueries({ queryKey: ["contacts"] });
    }, pace);
  };
  useLive("fact", ({ name }) => name.startsWith("segment.") && refresh());
  useLive("job", ({ kind }) => kind.startsWith("segments.") && refresh());
}
