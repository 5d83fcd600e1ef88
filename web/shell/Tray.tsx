import { Popover } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { offers, request } from "../kit/client.ts";
import { useLive, type Job } from "../kit/live.ts";
import { Icon } from "../kit/Icon.tsx";
import { count } from "../kit/format.ts";

const over = new Set(["done", "completed", "failed", "cancelled"]);
const toneOf = (job: Job) => (job.state === "failed" ? "red" : over.has(job.state) ? "green" : "blue");

const words: Record<string, string> = {
  waiting: "Waiting",
  queued: "Waiting",
  running: "Running",
  active: "Running",
  paused: "Paused",
  done: "Done",
  completed: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
};

const JobLine = ({ job }: { job: Job }) => {
  const { _ } = useLingui();
  const share = job.total ? Math.min(100, Math.round((100 * job.done) / job.total)) : 0;
  const amount = job.total
    ? _("{done} of {total}", { done: count(job.done), total: count(job.total) })
    : count(job.done);
  return (
    <li className="tray-job" data-tone={toneOf(job)}>
      <div className="line">
        <span className="dot" />
        <bdi className="fill clip">{job.title}</bdi>
        <span className="small quiet">{_(words[job.state] ?? job.state)}</span>
      </div>
      {!over.has(job.state) && job.total !== null && (
        <div
          className="tray-bar"
          role="progressbar"
          aria-label={job.title}
          aria-valuenow={share}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <i style={{ inlineSize: `${share}%` }} />
        </div>
      )}
      <p className="small quiet number">
        {amount}
        {job.failed > 0 && ` · ${_("{n} failed", { n: count(job.failed) })}`}
      </p>
      {job.reason && (
        <p className="small">
          <bdi>{job.reason}</bdi>
        </p>
      )}
    </li>
  );
};

/** The truth about every job in the background: asked once, then kept by live events. */
export const useJobs = (): readonly Job[] => {
  const cache = useQueryClient();
  const { data } = useQuery({
    queryKey: ["jobs"],
    queryFn: ({ signal }) => request<{ items: Job[] }>("GET /jobs", {}, signal),
    enabled: offers("jobs.list"),
  });
  useLive("job", (job) => {
    cache.setQueryData<{ items: Job[] }>(["jobs"], (known) => ({
      items: [job, ...(known?.items ?? []).filter((other) => other.id !== job.id)],
    }));
  });
  return data?.items ?? [];
};

/** The activity tray in the navigation. */
export const Tray = () => {
  const { _ } = useLingui();
  const jobs = useJobs();
  const running = jobs.filter((job) => !over.has(job.state)).length;
  return (
    <Popover position="top-start" width={320}>
      <Popover.Target>
        <button type="button" className="nav-item" title={_("Activity")}>
          <Icon name="activity" />
          <span className="nav-word fill">{_("Activity")}</span>
          {running > 0 && (
            <span className="nav-count">
              {running}
              <span className="unseen"> {_("running")}</span>
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        {jobs.length === 0 && (
          <p className="quiet">{_("Nothing is running. Imports and other long work show here, with what they did.")}</p>
        )}
        <ul>
          {jobs.slice(0, 8).map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
};
