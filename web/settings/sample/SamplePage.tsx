import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may } from "../../kit/boot.ts";
import { offers, request } from "../../kit/client.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { useJobs } from "../../shell/Tray.tsx";
import { Progress } from "../../imports/Progress.tsx";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { statusOf } from "./status.ts";

/** Loads the sample company beside one's own customers, and wipes it again; both as jobs. */
export const SamplePage = () => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [started, setStarted] = useState<string>();
  const status = useQuery({ queryKey: ["demo"], queryFn: () => request<unknown>("GET /demo") });
  const job = useJobs().find(
    (one) => one.id === started || (one.kind.startsWith("demo") && /queued|running|paused/.test(one.state)),
  );
  const under = job !== undefined && /queued|running|paused/.test(job.state);
  const start = async (what: "load" | "wipe"): Promise<void> => {
    setBusy(true);
    try {
      const answer = await request<{ job_id?: string }>(`POST /demo/${what}`);
      setStarted(answer.job_id);
      await cache.invalidateQueries();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Settings title={_("Sample company")} lead={_("2,000 invented customers with two years of plausible history through all stages, the same every time. They stand beside your own and never mix with them.")}>
      <Ask asked={status}>
        {(found) => {
          const { loaded, words } = statusOf(found);
          return (
            <div className="stack">
              <p role="status">{loaded ? _("The sample company is here. {words}", { words }) : _("The sample company is not loaded.")}</p>
              {job && <Progress job={job} />}
              <div className="line">
                {!loaded && may("imports.create") && <Button loading={busy} disabled={under} onClick={() => void start("load")}>{_("Load the sample company")}</Button>}
                {loaded && offers("demo.wipe") && <Button variant="default" loading={busy} disabled={under} onClick={() => void start("wipe")}>{_("Wipe the sample company")}</Button>}
              </div>
              {loaded && <p className="quiet small">{_("Wiping removes only what the sample brought; your own customers stay.")}</p>}
            </div>
          );
        }}
      </Ask>
    </Settings>
  ); // prettier-ignore
};
