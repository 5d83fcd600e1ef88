import { useNavigate } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { offers, request } from "../kit/client.ts";
import { say } from "../kit/i18n.ts";
import { askAgain, useLive } from "../kit/live.ts";
import { tell } from "../kit/notes.ts";
import { saidOf } from "./words.ts";

/** How much the person has not read, kept up as it happens. */
export const useUnread = (): number => {
  const cache = useQueryClient();
  const navigate = useNavigate();
  useLive("notification", ({ kind, title, text, path }) => {
    askAgain(cache, ["notifications"]);
    // A reminder that only raises a number is seen too late.
    if (kind === "task_due")
      tell(`${say(saidOf[kind])} ${title} ${say(text)}`, { open: () => void navigate({ to: path }) });
  });
  const { data } = useQuery({
    queryKey: ["notifications", "unread"],
    queryFn: () => request<{ unread: number }>("GET /notifications/unread"),
    enabled: offers("notifications.unread"),
  });
  return data?.unread ?? 0;
};
