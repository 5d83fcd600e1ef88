import { useQuery, useQueryClient } from "@tanstack/react-query";
import { offers, request } from "../kit/client.ts";
import { askAgain, useLive } from "../kit/live.ts";

/** How much the person has not read, kept up as it happens. */
export const useUnread = (): number => {
  const cache = useQueryClient();
  useLive("notification", () => askAgain(cache, ["notifications"]));
  const { data } = useQuery({
    queryKey: ["notifications", "unread"],
    queryFn: () => request<{ unread: number }>("GET /notifications/unread"),
    enabled: offers("notifications.unread"),
  });
  return data?.unread ?? 0;
};
