import { useState } from "react";
import { Button, SegmentedControl } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { count } from "../kit/format.ts";
import { Page } from "../kit/Page.tsx";
import { sentenceOf } from "../kit/problem.ts";
import { DueList } from "./DueList.tsx";
import { stageTone, useDay, type Stage } from "./told.ts";

const stages = Object.keys(stageTone) as Stage[];

/** What the address of the page may say. */
export function daySearch(search: Record<string, unknown>): { stage?: Stage } {
  const stage = stages.find((one) => one === search["stage"]);
  return stage ? { stage } : {};
}

/** My day: all that is due over the stages of the cycle, the most pressing first. */
export const DayPage = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const { stage } = daySearch(useSearch({ strict: false }) as Record<string, unknown>);
  const [mine, setMine] = useState("all");
  const day = useDay({ mine: mine === "mine", ...(stage ? { stage } : {}) });
  const words = { attract: _("Attract"), convert: _("Convert"), deliver: _("Deliver"), engage: _("Engage"), grow: _("Grow"), learn: _("Learn") }; // prettier-ignore
  const shown = stage ? (day.data?.stages[stage] ?? 0) : (day.data?.total ?? 0);
  const whose = <SegmentedControl size="xs" value={mine} onChange={setMine} data={[{ value: "all", label: _("All") }, { value: "mine", label: _("Mine and nobody's") }]} aria-label={_("Whose")} />; // prettier-ignore
  return (
    <Page title={_("My day")} note={<span className="quiet">{_("{n} due", { n: count(shown) })} · <kbd>J</kbd> <kbd>K</kbd> {_("to move")} · <kbd>E</kbd> {_("to do")} · <kbd>L</kbd> {_("later")}</span>} actions={whose}>
      <div className="day">
        <ul className="day-stages" aria-label={_("Stages")}>
          {stages.map((one) => (
            <li key={one}>
              <button type="button" className="chip" data-tone={stageTone[one]} aria-pressed={one === stage} onClick={() => void navigate({ to: "/my-day", search: one === stage ? {} : { stage: one } })}>
                <span className="dot" /> {words[one]} <span className="number quiet">{count(day.data?.stages[one] ?? 0)}</span>
              </button>
            </li>
          ))}
        </ul>
        {day.isError && (
          <div className="empty" role="alert">
            <p>{sentenceOf(day.error)}</p>
            <Button variant="default" onClick={() => void day.refetch()}>{_("Try again")}</Button>
          </div>
        )}
        {day.data && shown === 0 && <p className="empty">{_("Nothing is due. Leads to answer, promises to keep and customers to win back stand here when their time comes.")}</p>}
        {day.data && <DueList key={stage ?? "all"} items={day.data.items} total={shown} />}
      </div>
    </Page>
  ); // prettier-ignore
};
