import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { JobsApi } from "#platform/jobs";
import { may } from "../kit/boot.ts";
import { client } from "../kit/client.ts";
import { count } from "../kit/format.ts";
import { sentenceOf } from "../kit/problem.ts";
import { tell } from "../kit/notes.ts";
import { Failures } from "./Failures.tsx";
import type { Import } from "./told.ts";

/** An import that was cancelled or failed: why, what is here already, and how to go on. */
export const Stopped = ({ one, onAgain }: { one: Import; onAgain: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const retry = async (): Promise<void> => {
    setBusy(true);
    try {
      await client<JobsApi>("jobs").retry({ id: one.job_id ?? "" });
      await cache.invalidateQueries({ queryKey: ["imports"] });
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="import import-page">
      <div>
        <h2 className="h">{one.state === "cancelled" ? _("The import was cancelled") : _("The import stopped")}</h2>
        {one.reason && (
          <p role="alert" className="bad">
            <bdi>{one.reason}</bdi>
          </p>
        )}
        <p className="quiet number">
          {one.done > 0
            ? _("It was at row {done}. What was written stays; going on continues there, and nothing is written twice.", { done: count(one.done) })
            : _("Nothing was written.")}
        </p>
      </div>
      {may("imports.create") && (
        <div className="line">
          <Button loading={busy} onClick={() => void retry()}>{_("Go on")}</Button>
          <Button variant="default" onClick={onAgain}>{_("Change the columns and begin anew")}</Button>
        </div>
      )}
      <Failures one={one} />
    </div>
  ); // prettier-ignore
};
