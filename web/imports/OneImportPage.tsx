import { useEffect, useState } from "react";
import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may } from "../kit/boot.ts";
import { useConnection } from "../kit/live.ts";
import { Page } from "../kit/Page.tsx";
import { useJobs } from "../shell/jobs.ts";
import { Ask } from "../settings/Ask.tsx";
import { Columns } from "./Columns.tsx";
import { Stopped } from "./Stopped.tsx";
import { Result } from "./Result.tsx";
import { Under } from "./Under.tsx";
import { imports, isOpen, type Import } from "./told.ts";
import { stateWords } from "./words.ts";
import "./imports.css";

/** The import as it stands now: the server's last word, with the job's live progress on top. */
const useImport = (id: string) => {
  const cache = useQueryClient();
  const connection = useConnection();
  const asked = useQuery({
    queryKey: ["imports", id],
    queryFn: ({ signal }) => imports.get(id, signal),
    // Live events tell the progress; without them it is asked for.
    refetchInterval: (query) =>
      query.state.data && isOpen(query.state.data) ? (connection === "open" ? 10_000 : 1500) : false,
  });
  const job = useJobs().find((one) => one.id === asked.data?.job_id);
  const over =
    job !== undefined &&
    asked.data !== undefined &&
    isOpen(asked.data) &&
    !isOpen({ state: job.state as Import["state"] });
  useEffect(() => {
    if (over) void cache.invalidateQueries({ queryKey: ["imports"] });
  }, [over, cache]);
  return { asked, job };
};

const Body = ({ one, job, onAgain, again }: { one: Import; job: ReturnType<typeof useJobs>[number] | undefined; onAgain: (again: boolean) => void; again: boolean }) => {
  const { _ } = useLingui();
  if (one.state === "uploaded" || again) {
    if (!may("imports.create")) return <p className="empty">{_("This file was sent, but not imported yet.")}</p>;
    return <Columns one={one} onStarted={() => onAgain(false)} />;
  }
  if (isOpen(one)) return <Under one={one} job={job} />;
  if (one.state === "done") return <Result one={one} onAgain={() => onAgain(true)} />;
  return <Stopped one={one} onAgain={() => onAgain(true)} />;
}; // prettier-ignore

/** One import: its columns and what they become, its progress, its result. */
export const OneImportPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const { asked, job } = useImport(id);
  const [again, setAgain] = useState(false);
  const one = asked.data;
  // A list of jobs that is older than the answer knows nothing of it.
  const state = one ? stateWords(isOpen(one) && job ? job.state : one.state) : undefined;
  const note = state && one?.state !== "uploaded" && (
    <span className="chip" data-tone={state.tone}>
      <span className="dot" />
      {_(state.label)}
    </span>
  );
  const back = (
    <Link to="/import" className="link">
      {_("All imports")}
    </Link>
  );
  return (
    <Page title={one?.file_name ?? _("Import")} note={note} actions={back}>
      <Ask asked={asked}>{(found) => <Body one={found} job={job} again={again} onAgain={setAgain} />}</Ask>
    </Page>
  );
};
