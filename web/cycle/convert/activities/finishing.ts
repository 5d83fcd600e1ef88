import { useLingui } from "@lingui/react";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { tasks, useAgain, type Task } from "./told.ts";

/** Says that tasks are done, or opens one again; both can be taken back. */
export const useFinishing = () => {
  const { _ } = useLingui();
  const again = useAgain();
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
    await again();
  };
  return {
    finish: (task: Pick<Task, "id" | "title">) =>
      attempt(async () => {
        await tasks().finish({ id: task.id });
        done(_("“{title}” is done", { title: task.title }), () => tasks().reopen({ id: task.id }).then(again));
      }),
    reopen: (task: Pick<Task, "id" | "title">) =>
      attempt(async () => {
        await tasks().reopen({ id: task.id });
        done(_("“{title}” is open again", { title: task.title }), () => tasks().finish({ id: task.id }).then(again));
      }),
  };
};
