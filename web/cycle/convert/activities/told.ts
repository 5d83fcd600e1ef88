import { useQueryClient } from "@tanstack/react-query";
import type { CallsApi, MailsApi, NotesApi, TasksApi } from "#convert/activities";
import { client } from "../../../kit/client.ts";
import type { Pointed, Rec } from "../../../records/record.ts";

export interface Task extends Rec {
  version: number;
  title: string;
  kind: string;
  reason: string | null;
  status: "open" | "done";
  due_at: string | null;
  done_at: string | null;
  outcome: string | null;
  contact_id: string | null;
  contact?: Pointed | null;
  account_id: string | null;
  account?: Pointed | null;
  owner_id: string | null;
  owner?: Pointed | null;
  about_object: string | null;
  about_id: string | null;
}

export const tasks = () => client<TasksApi>("tasks");
export const notes = () => client<NotesApi>("notes");
export const calls = () => client<CallsApi>("calls");
export const mails = () => client<MailsApi>("mails");

/** Asks again for what a written note, a call or a task changes on screen. */
export const useAgain = () => {
  const cache = useQueryClient();
  return (): Promise<unknown> =>
    Promise.all(
      ["tasks", "entries", "timeline", "leads", "due"].map((key) => cache.invalidateQueries({ queryKey: [key] })),
    );
};
