import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { count } from "../kit/format.ts";
import { sentenceOf } from "../kit/problem.ts";
import { DueList } from "../day/DueList.tsx";
import { useDay } from "../day/told.ts";
import { JustHappened } from "./JustHappened.tsx";

// What fits beside the ring; the rest has its own page.
const shown = 10;

/** Beside the ring: what is due over all stages, and what happens right now. */
export const Beside = () => {
  const { _ } = useLingui();
  const day = useDay();
  return (
    <div className="beside">
      <section aria-label={_("My day")}>
        <header className="line beside-head">
          <h2 className="fill">
            <Link to="/my-day">{_("My day")}</Link>
          </h2>
          {day.data && (
            <span className="quiet small">
              {_("{n} due", { n: count(day.data.total) })} <span className="wide-only">· <kbd>J</kbd> <kbd>K</kbd> {_("to move")} · <kbd>E</kbd> {_("to do")}</span>
            </span>
          )}
        </header>
        {day.isError && <p className="quiet beside-none">{sentenceOf(day.error)}</p>}
        {day.data && day.data.total === 0 && <p className="quiet beside-none">{_("Nothing is due.")}</p>}
        {day.data && <DueList items={day.data.items.slice(0, shown)} total={day.data.total} />}
      </section>
      <JustHappened />
    </div>
  ); // prettier-ignore
};
