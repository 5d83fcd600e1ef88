import { useLingui } from "@lingui/react";
import type { RunTold } from "#grow/retention";
import { shortDay } from "../../../customers/days.ts";

/** What became of a run, in a word and its colour. */
export const useOutcome = () => {
  const { _ } = useLingui();
  return (run: Pick<RunTold, "outcome" | "ends_at">) =>
    run.outcome === "saved" ? { tone: "green", said: _("ordered again") }
    : run.outcome === "lost" ? { tone: "gray", said: _("did not order") }
    : { tone: "amber", said: _("until {day}", { day: shortDay(String(run.ends_at)) }) }; // prettier-ignore
};
