import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { request } from "../kit/client.ts";
import { count } from "../kit/format.ts";
import { Icon } from "../kit/Icon.tsx";
import { sentenceOf } from "../kit/problem.ts";
import { useJobs } from "../shell/jobs.ts";
import { Progress } from "./Progress.tsx";
import type { Import } from "./told.ts";

/** Takes everything an import did back, as one act: what it made goes to the trash, what it changed is as it was; what somebody changed since stays. */
export const UndoImport = ({ one }: { one: Import }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [job, setJob] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  const under = useJobs().find((each) => each.id === job);
  const undo = async (): Promise<void> => {
    setBusy(true);
    setFailed("");
    try {
      setJob((await request<{ job_id: string }>("POST /jobs/{id}/undo", { id: one.job_id })).job_id);
      await cache.invalidateQueries({ queryKey: ["jobs"] });
    } catch (thrown) {
      setFailed(sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  if (failed) return <p role="alert" className="note" data-tone="red">{failed}</p>;
  if (under?.state === "done")
    return <p role="status">{under.failed > 0 ? _("Taken back, but for {n} that somebody changed since", { n: count(under.failed) }) : _("This import is taken back")}</p>;
  if (under) return <Progress job={under} />;
  return (
    <Button variant="default" loading={busy} leftSection={<Icon name="undo" size={14} />} onClick={() => void undo()}>
      {_("Undo this import")}
    </Button>
  );
}; // prettier-ignore
