import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Comment, CommentsApi, Follower } from "#records";
import { client, offers } from "../../../kit/client.ts";
import type { Here } from "../../../kit/here.ts";

type Said = Omit<Comment, "created_at" | "edited_at"> & { created_at: string; edited_at: string | null };
export type { Said, Follower };

/** The endpoints of comments and followers. */
export const comments = () => client<CommentsApi>("comments");

/** The comments of the record, newest first, page by page. */
export const useComments = ({ object, record_id }: Here) =>
  useInfiniteQuery({
    queryKey: ["comments", record_id],
    queryFn: async ({ pageParam }) => {
      const page = await comments().list({ object, record_id, ...(pageParam ? { before: pageParam } : {}) });
      return page as unknown as { items: Said[]; next: string | null };
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    enabled: offers("comments.list"),
  });

/** Who follows the record. */
export const useFollowers = ({ object, record_id }: Here) =>
  useQuery({
    queryKey: ["followers", record_id],
    queryFn: () => comments().followers({ object, record_id }),
    enabled: offers("comments.followers"),
  });

/** Asks again for what a comment changes. */
export const useCommentsAgain = ({ record_id }: Here) => {
  const cache = useQueryClient();
  return () =>
    Promise.all(
      ["comments", "followers", "beside"].map((key) => cache.invalidateQueries({ queryKey: [key, record_id] })),
    );
};
