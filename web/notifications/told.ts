import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { Notification, NotificationsApi } from "#records";
import { client } from "../kit/client.ts";

export type Told = Omit<Notification, "at" | "read_at"> & { at: string; read_at: string | null };

/** The endpoints of notifications. */
export const notifications = () => client<NotificationsApi>("notifications");

/** The person's notifications, newest first. */
export const useNotifications = (unread: boolean) =>
  useInfiniteQuery({
    queryKey: ["notifications", "list", unread],
    queryFn: async ({ pageParam }) => {
      const asked = { unread: String(unread), ...(pageParam ? { before: pageParam } : {}) };
      return (await notifications().list(asked)) as unknown as { items: Told[]; next: string | null; unread: number };
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });

/** Marks as read or unread, all when none is named; answers which were. */
export const useMarking = () => {
  const cache = useQueryClient();
  const mark = async (read: boolean, ids?: readonly string[]): Promise<readonly string[]> => {
    if (ids?.length === 0) return [];
    const marked = await notifications().read({ read, ...(ids ? { ids: [...ids] } : {}) });
    await cache.invalidateQueries({ queryKey: ["notifications"] });
    return marked.ids;
  };
  return mark;
};
