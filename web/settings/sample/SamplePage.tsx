import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "../../kit/client.ts";
import { count } from "../../kit/format.ts";
import { useLive } from "../../kit/live.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { useJobs } from "../../shell/jobs.ts";
import { Progress } from "../../imports/Progress.tsx";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";

interface Sample {
  state: "absent" | "loading" | "loaded" | "wiping";
  job_id?: string;
  customers: number;
}

const words: Readonly<Record<Sample["state"], string>> = {
  absent: "The sample company is not here.",
  loading: "The sample company is on its way: {n} customers so far.",
  loaded: "The sample company is here, with {n} customers.",
  wiping: "The sample company is being wiped.",
};

const Under = ({ id }: { id: string }) => {
  const job = useJobs().find((one) => one.id === id);
  return job ? <Progress job={job} /> : null;
};

/** Loads the sample company beside one's own customers, and wipes it again; both as jobs. */
export const SamplePage = () => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const again = () => cache.invalidateQueries({ queryKey: ["demo"] });
  const sample = useQuery({
    queryKey: ["demo"],
    queryFn: () => request<Sample>("GET /demo"),
    refetchInterval: (query) => (query.state.data?.state.endsWith("ing") ? 3000 : false),
  });
  useLive("job", (job) => {
    if (job.id === sample.data?.job_id && /done|failed|cancelled/.test(job.state)) void cache.invalidateQueries();
  });
  const start = async (what: "load" | "wipe"): Promise<void> => {
    setBusy(true);
    try {
      await request(`POST /demo/${what}`);
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    } finally {
      setBusy(false);
      await again();
    }
  };
  const lead = _(
    "2,000 invented customers with two years of plausible history through all stages, the same every time. They stand beside your own.",
  );
  return (
    <Settings title={_("Sample company")} lead={lead}>
      <Ask asked={sample}>
        {({ state, job_id, customers }) => (
          <div className="stack">
            <p role="status">{_(words[state], { n: count(customers) })}</p>
            {job_id && <Under id={job_id} />}
            <div className="line">
              {state === "absent" && (
                <Button loading={busy} onClick={() => void start("load")}>
                  {_("Load the sample company")}
                </Button>
              )}
              {state === "loaded" && (
                <Button variant="default" loading={busy} onClick={() => void start("wipe")}>
                  {_("Wipe the sample company")}
                </Button>
              )}
            </div>
            {state === "loaded" && (
              <p className="quiet small">
                {_("Wiping removes only what the sample brought; your own customers stay.")}
              </p>
            )}
          </div>
        )}
      </Ask>
    </Settings>
  );
};
