import type { IconName } from "../kit/icons.ts";
import type { Told } from "./told.ts";

/** What happened, in a few words before the record's name; {by} is who did it. */
export const saidOf: Record<Told["kind"], string> = {
  mentioned: "{by} mentioned you on",
  commented: "{by} commented on",
  assigned: "{by} gave you",
  moved: "{by} moved",
  task_due: "Your task",
  job_ended: "Ended:",
};

export const iconOf: Record<Told["kind"], IconName> = {
  mentioned: "comment",
  commented: "comment",
  assigned: "user",
  moved: "activity",
  task_due: "check",
  job_ended: "import",
};
