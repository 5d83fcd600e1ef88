import { useRef, useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { request } from "../../kit/client.ts";
import { Icon } from "../../kit/Icon.tsx";
import { sentenceOf } from "../../kit/problem.ts";
import { Progress } from "../../imports/Progress.tsx";
import { useJobs } from "../../shell/jobs.ts";
import { Settings } from "../Settings.tsx";

const Under = ({ id }: { id: string }) => {
  const { _ } = useLingui();
  const job = useJobs().find((one) => one.id === id);
  if (!job) return null;
  if (job.state === "done")
    return (
      <div className="line" role="status">
        <p className="fill">{_("Everything is back.")}</p>
        <Button onClick={() => window.location.assign("/")}>{_("Open it")}</Button>
      </div>
    );
  return job.state === "failed" ? <p role="alert" className="note" data-tone="red"><bdi>{job.reason}</bdi></p> : <Progress job={job} />;
}; // prettier-ignore

/** The whole company as one file: taken out by its owner, and brought back into an empty one. */
export const WholePage = () => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [job, setJob] = useState<string>();
  const [failed, setFailed] = useState("");
  const send = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setBusy(true);
    setFailed("");
    try {
      const form = new FormData();
      form.append("file", file, file.name);
      setJob((await request<{ job_id: string }>("POST /workspace/restore", form)).job_id);
      await cache.invalidateQueries({ queryKey: ["jobs"] });
    } catch (thrown) {
      setFailed(sentenceOf(thrown));
    } finally {
      setBusy(false);
      if (input.current) input.current.value = ""; // the same file again is a new choice
    }
  };
  return (
    <Settings title={_("Take everything along")} lead={_("The whole company as one file: to keep, to move, to bring back.")}>
      <div className="stack">
        <section className="stack" aria-labelledby="out">
          <h2 className="h" id="out">{_("Take it out")}</h2>
          <p className="quiet">{_("Every record, its history and every setting, as it is at this instant. Passwords, API keys and the bytes of attached files are not in the file.")}</p>
          <div className="line">
            <Button component="a" href="/api/v1/workspace/export" download leftSection={<Icon name="download" size={14} />}>{_("Download the file")}</Button>
          </div>
        </section>
        <section className="stack" aria-labelledby="back">
          <h2 className="h" id="back">{_("Bring one back")}</h2>
          <p className="quiet">{_("Into a company that has no customers yet. All of it comes, or nothing; colleagues who are new here ask for a password when they sign in.")}</p>
          <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
          {job && <Under id={job} />}
          <div className="line">
            <Button variant="default" loading={busy} onClick={() => input.current?.click()}>{_("Choose the file")}</Button>
          </div>
          <input ref={input} type="file" hidden aria-label={_("File of a company")} accept=".gz" onChange={(event) => void send(event.currentTarget.files?.[0])} />
        </section>
      </div>
    </Settings>
  );
}; // prettier-ignore
