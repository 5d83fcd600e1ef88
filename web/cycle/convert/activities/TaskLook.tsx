import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { may, objectOf } from "../../../kit/boot.ts";
import { useKeys } from "../../../kit/keys.ts";
import { FactList } from "../../../records/FactList.tsx";
import { andOwn } from "../../../records/record.ts";
import { pathOf } from "../../../shell/places.ts";
import { useFinishing } from "./finishing.ts";
import type { Task } from "./told.ts";

const shown = ["reason", "kind", "due_at", "remind_at", "owner_id", "contact_id", "account_id", "status", "done_at", "outcome", "created_at"]; // prettier-ignore

/** One task: why, for whom, and the key that ends it. */
export const TaskLook = ({ task, onEdit }: { task: Task; onEdit?: (() => void) | undefined }) => {
  const { _ } = useLingui();
  const object = objectOf("tasks");
  const { finish, reopen } = useFinishing();
  const mayEnd = may("tasks.update");
  const isOpen = task.status === "open";
  const end = (): void => void (isOpen ? finish(task) : reopen(task));
  useKeys(mayEnd ? [{ keys: "e", label: isOpen ? _("Done") : _("Open again"), group: _("This task"), run: end }] : []);
  if (!object) return null;
  return (
    <div className="stack">
      <div className="line">
        {mayEnd && (
          <Button onClick={end} rightSection={<kbd>E</kbd>} variant={isOpen ? "filled" : "default"}>
            {isOpen ? _("Done") : _("Open again")}
          </Button>
        )}
        {onEdit && (
          <Button variant="default" onClick={onEdit}>
            {_("Edit")}
          </Button>
        )}
        {task.about_object && task.about_id && objectOf(task.about_object) && (
          <Link className="link" to={pathOf(task.about_object, task.about_id)}>
            {_("What it is about")}
          </Link>
        )}
      </div>
      <FactList object={object} record={task} only={andOwn(object, shown)} />
    </div>
  );
};
