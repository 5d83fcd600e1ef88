import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { JobsApi } from "#platform/jobs";
import { may } from "../kit/boot.ts";
import { client } from "../kit/client.ts";
import { count, percent } from "../kit/format.ts";
import type { Job } from "../kit/live.ts";
import { tell } from "../kit/notes.ts";
import { sentenceOf } from "../kit/problem.ts";
import { stateWords } from "./words.ts";

type Told = Pick<Job, "id" | "state" | "done" | "total" | "failed" | "reason">;

/** How far a job is, with pause, go on and cancel. */
export const Progress = ({ job }: { job: Told }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const move = async (verb: "pause" | "resume" | "cancel"): Promise<void> => {
    setBusy(true);
    try {
      await client<JobsApi>("jobs")[verb]({ id: job.id });
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    } finally {
      setBusy(false);
      await Promise.all(["imports", "jobs", "demo"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
    }
  };
  const share = job.total ? Math.min(1, job.done / job.total) : 0;
  const paused = job.state === "paused";
  const open = paused || job.state === "queued" || job.state === "running";
  return (
    <div className="progress">
      <div className="tray-bar" role="progressbar" aria-label={_("Progress")} aria-valuenow={Math.round(share * 100)} aria-valuemin={0} aria-valuemax={100}>
        <i style={{ inlineSize: `${share * 100}%` }} />
      </div>
      <p className="line number">
        <span className="progress-share">{job.total ? percent(share) : _(stateWords(job.state).label)}</span>
        <span className="quiet">
          {job.total ? _("{done} of {total} rows", { done: count(job.done), total: count(job.total) }) : _("{n} rows read", { n: count(job.done) })}
          {job.failed > 0 && ` · ${_("{n} not imported", { n: count(job.failed) })}`}
          {paused && ` · ${_("paused")}`}
        </span>
      </p>
      {open && may("jobs.manage") && (
        <div className="line">
          {paused ? (
            <Button loading={busy} onClick={() => void move("resume")}>{_("Go on")}</Button>
          ) : (
            <Button variant="default" loading={busy} onClick={() => void move("pause")}>{_("Pause")}</Button>
          )}
          <Button variant="default" disabled={busy} onClick={() => void move("cancel")}>{_("Cancel")}</Button>
        </div>
      )}
      {job.reason && <p role="alert"><bdi>{job.reason}</bdi></p>}
    </div>
  ); // prettier-ignore
};
