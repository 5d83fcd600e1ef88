import { useState } from "react";
import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordForm } from "../../../kit/form/RecordForm.tsx";
import { recordsOf } from "../../../records/record.ts";
import { Changes } from "../../../records/history/Changes.tsx";
import { Ask } from "../../../settings/Ask.tsx";
import { TaskLook } from "./TaskLook.tsx";
import type { Task } from "./told.ts";
import "../../../customers/customers.css";
import "./activities.css";

/** One task, with who changed what. */
export const TaskPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const object = objectOf("tasks");
  const [editing, setEditing] = useState(false);
  const asked = useQuery({
    queryKey: ["tasks", "one", id],
    queryFn: ({ signal }) => recordsOf("tasks").get(id, signal),
  });
  if (!object) return null;
  const back = (
    <Link to="/tasks" className="link">
      {_(object.label_plural)}
    </Link>
  );
  const title = asked.data ? (asked.data as unknown as Task).title : _(object.label);
  return (
    <Page title={title} note={back}>
      <Ask asked={asked}>
        {(found) => (
          <div className="task-page">
            <TaskLook task={found as unknown as Task} onEdit={may("tasks.update") ? () => setEditing(true) : undefined} />
            <section aria-labelledby="changes">
              <h2 className="part-title" id="changes">{_("Changes")}</h2>
              <Changes plural="tasks" object={object} record={found} />
            </section>
            {editing && <RecordForm object={object} record={found} onClose={() => setEditing(false)} />}
          </div>
        )}
      </Ask>
    </Page>
  ); // prettier-ignore
};
