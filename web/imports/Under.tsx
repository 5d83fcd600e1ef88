import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import type { Job } from "../kit/live.ts";
import { Progress } from "./Progress.tsx";
import type { Import } from "./told.ts";

/** An import under way; it goes on while the person does something else. */
export const Under = ({ one, job }: { one: Import; job: Job | undefined }) => {
  const { _ } = useLingui();
  // The list of jobs may be older than the import's own answer.
  const live = job && job.done >= one.done ? job : { id: one.job_id ?? "", state: one.state, done: one.done, total: one.total, failed: one.failed, reason: one.reason }; // prettier-ignore
  return (
    <div className="import import-page">
      <div>
        <h2 className="h">{_("The file is being imported")}</h2>
        <p className="quiet">
          {_("You can leave this page: the import goes on, and Activity at the bottom left shows how far it is.")}
        </p>
      </div>
      <Progress job={live} />
      <p>
        <Link to="/contacts" className="link">
          {_("See the customers as they come in")}
        </Link>
      </p>
    </div>
  );
};
