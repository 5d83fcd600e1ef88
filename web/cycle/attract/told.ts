import { useQueryClient } from "@tanstack/react-query";
import type { SegmentsApi, SegmentTold } from "#attract/audience";
import { client } from "../../kit/client.ts";
import { askAgain, useLive } from "../../kit/live.ts";

/** A segment as JSON brings it. */
export type Told = Pick<SegmentTold, "id" | "version" | "name" | "description" | "kind" | "kept_by" | "active" | "condition" | "member_count" | "job_id"> & { built_at: string | null; deleted_at: string | null }; // prettier-ignore

/** The endpoints of segments. */
export const segments = () => client<SegmentsApi>("segments");

/** Keeps what is shown of segments true while members come and go and jobs work. */
export function useSegmentsLive(): void {
  const cache = useQueryClient();
  const refresh = (): void => askAgain(cache, ["segments"], ["contacts"]);
  useLive("fact", ({ name }) => name.startsWith("segment.") && refresh());
  useLive("job", ({ kind }) => kind.startsWith("segments.") && refresh());
}
