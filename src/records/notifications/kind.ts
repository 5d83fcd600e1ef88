/*
 * Words we use
 *   notification   something one of us should know, because they were named, own the record or follow it
 *   way            how a person hears of a kind: not at all, in the browser, also in the day's mail, also by mail at once
 */
export const ways = ["off", "browser", "digest", "mail"] as const;
export type Way = (typeof ways)[number];

export const kinds = {
  mentioned: { label: "Somebody mentions you", way: "digest" },
  commented: { label: "A comment on a record you own or follow", way: "browser" },
  assigned: { label: "A record becomes yours", way: "digest" },
  moved: { label: "A record you own or follow changes its status or stage", way: "browser" },
  task_due: { label: "A task of yours is due, or reminds you", way: "digest" },
  job_ended: { label: "An import or other work of yours has ended", way: "browser" },
} as const satisfies Record<string, { label: string; way: Way }>;
export type NotificationKind = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as [NotificationKind, ...NotificationKind[]];

/** When the day's mail leaves unless a person chose another hour. */
export const digestHour = 8;

/** The line a person reads in a mail: "Tom Weber mentioned you on Order 1004: can you look?" */
export function sentenceOf({
  kind,
  by_name,
  title,
  text,
}: Pick<Notification, "kind" | "by_name" | "title" | "text">): string {
  const said = text ? `: ${text}` : "";
  switch (kind) {
    case "mentioned":
      return `${by_name} mentioned you on ${title}${said}`;
    case "commented":
      return `${by_name} commented on ${title}${said}`;
    case "assigned":
      return `${by_name} gave you ${title}`;
    case "moved":
      return `${by_name} moved ${title}${said}`;
    case "task_due":
      return `Task “${title}”${said}`;
    case "job_ended":
      return `${title}${said}`;
  }
}

export interface Notification {
  id: string;
  kind: NotificationKind;
  object: string | null;
  record_id: string | null;
  title: string;
  text: string;
  path: string;
  by_name: string;
  at: Date;
  read_at: Date | null;
}
