import { Popover } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { offers, request } from "../kit/client.ts";
import type { LatePopUp } from "../kit/Late.tsx";
import type { Job } from "../kit/live.ts";
import { count } from "../kit/format.ts";
import { boot, may } from "../kit/boot.ts";
import { tell } from "../kit/notes.ts";
import { over } from "./jobs.ts";
import { sentenceOf } from "../kit/problem.ts";

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

// What a person may do with a job in that state; the server has the last word.
const actsOf: Record<string, readonly ["pause" | "resume" | "cancel" | "retry", string][]> = {
  queued: [["cancel", "Cancel"]],
  running: [["pause", "Pause"], ["cancel", "Cancel"]],
  paused: [["resume", "Go on"], ["cancel", "Cancel"]],
  failed: [["retry", "Try again"]],
  cancelled: [["retry", "Try again"]],
}; // prettier-ignore

// What these kinds changed can be taken back by another job, and what they left as it was is a file.
const changing = new Set(["records.bulk", "records.undo", "import"]);

const JobActs = ({ job }: { job: Job }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const act = useMutation({
    mutationFn: (verb: string) => request(`POST /jobs/{id}/${verb}`, { id: job.id }),
    onError: (error) => tell(sentenceOf(error), { tone: "bad" }),
    onSettled: () => cache.invalidateQueries({ queryKey: ["jobs"] }),
  });
  const undo = changing.has(job.kind) && (job.state === "done" || job.state === "cancelled") && job.done > job.failed;
  const acts = may("jobs.manage") ? [...(actsOf[job.state] ?? []), ...(undo ? [["undo", "Undo"] as const] : [])] : [];
  return acts.map(([verb, word]) => (
    <button
      key={verb}
      type="button"
      className="plain link small"
      disabled={act.isPending}
      onClick={() => act.mutate(verb)}
    >
      {_(word)}
    </button>
  ));
};

/** Consumers of the timeline that cannot go on, and why; nothing when all is well. */
const Stuck = () => {
  const { _ } = useLingui();
  const { data } = useQuery({
    queryKey: ["status", "consumers"],
    queryFn: ({ signal }) =>
      request<{ items: { name: string; failure: string | null }[] }>("GET /status/consumers", {}, signal),
    enabled: offers("status.consumers") && may("jobs.read"),
  });
  const failing = (data?.items ?? []).filter((one) => one.failure !== null);
  return failing.map((one) => (
    <p key={one.name} className="small tray-job" data-tone="red" role="alert">
      <span className="dot" /> {_("“{name}” cannot go on; it is tried again by itself.", { name: one.name })}{" "}
      <bdi>{one.failure}</bdi>
    </p>
  ));
};

/** The file that an export wrote, for whoever asked for it, as long as it is kept. */
const JobFile = ({ job }: { job: Job }) => {
  const { _ } = useLingui();
  if (job.kind !== "export" || !job.result?.["file"] || job.created_by !== boot().me?.id) return null;
  return (
    <a className="link" href={`/api/v1/exports/${job.id}/file`} download>
      {_("Download")}
    </a>
  );
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
        {amount} <JobFile job={job} /> <JobActs job={job} />
        {job.failed > 0 && ` · ${_("{n} failed", { n: count(job.failed) })}`}
        {job.failed > 0 && job.kind.startsWith("records.") && (
          <>
            {" "}
            <a className="link" href={`/api/v1/jobs/${job.id}/left-out.csv`} download>
              {_("Which, and why (CSV)")}
            </a>
          </>
        )}
      </p>
      {job.reason && (
        <p className="small">
          <bdi>{job.reason}</bdi>
        </p>
      )}
    </li>
  );
};

/** What runs and what came of it, at the tray's button. */
const TrayList = ({ jobs, target, ...open }: { jobs: readonly Job[] } & LatePopUp) => {
  const { _ } = useLingui();
  return (
    <Popover position="top-start" width={320} {...open}>
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown>
        <Stuck />
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

export default TrayList;
