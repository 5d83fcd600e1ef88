import { useLingui } from "@lingui/react";
import { Icon } from "../kit/Icon.tsx";
import { Late } from "../kit/Late.tsx";
import { over, useJobs } from "./jobs.ts";

const fetchList = () => import("./TrayList.tsx");

/** The activity tray in the navigation. */
export const Tray = () => {
  const { _ } = useLingui();
  const jobs = useJobs();
  const running = jobs.filter((job) => !over.has(job.state)).length;
  return (
    <Late
      jobs={jobs}
      near={fetchList}
      button={(act) => (
        <button type="button" className="nav-item" title={_("Activity")} aria-haspopup="dialog" {...act}>
          <Icon name="activity" />
          <span className="nav-word fill">{_("Activity")}</span>
          {running > 0 && (
            <span className="nav-count">
              {running}
              <span className="unseen"> {_("running")}</span>
            </span>
          )}
        </button>
      )}
    />
  );
};
