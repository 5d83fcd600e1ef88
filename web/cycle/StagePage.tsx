import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { StageTold } from "#learn/loop";
import { request } from "../kit/client.ts";
import { count, percent } from "../kit/format.ts";
import { Icon } from "../kit/Icon.tsx";
import { Page } from "../kit/Page.tsx";
import { sentenceOf } from "../kit/problem.ts";
import { DueList } from "../day/DueList.tsx";
import { stageTone, useDay, type Stage } from "../day/told.ts";
import { shortDay } from "../customers/days.ts";
import { places } from "../shell/places.ts";
import "./stage.css";

interface Words {
  name: string;
  goal: string;
  figure: string;
}

const useWords = (): Record<Stage, Words> => {
  const { _ } = useLingui();
  return {
    attract: { name: _("Attract"), goal: _("Become known to the people you can help."), figure: _("new people in 28 days") },
    convert: { name: _("Convert"), goal: _("Answer quickly, and make it easy to say yes."), figure: _("leads and deals won in 28 days") },
    deliver: { name: _("Deliver"), goal: _("Hand over what was promised, on the day it was promised."), figure: _("orders delivered in 28 days") },
    engage: { name: _("Engage"), goal: _("See to it that customers get what they came for."), figure: _("cases resolved and onboardings completed in 28 days") },
    grow: { name: _("Grow"), goal: _("Give customers reasons to stay, to come back and to recommend you."), figure: _("recommendations, reviews and rewards in 28 days") },
    learn: { name: _("Learn"), goal: _("Hear what customers say, improve one thing at a time, and prove that it helped."), figure: _("answers heard and improvements told in 28 days") },
  }; // prettier-ignore
};

/** The last 26 weeks as bars; the same as a table for who cannot see them. */
const Trend = ({ told }: { told: StageTold }) => {
  const { _ } = useLingui();
  const most = Math.max(1, ...told.weeks.map((week) => week.n));
  return (
    <figure className="stage-trend">
      <div aria-hidden className="stage-bars">
        {told.weeks.map((week) => (
          <span key={week.week} style={{ blockSize: `${Math.round((100 * week.n) / most)}%` }} title={_("{n} in the week of {day}", { n: count(week.n), day: shortDay(`${week.week}T12:00:00Z`) })} />
        ))}
      </div>
      <figcaption className="quiet small">{_("The last 26 weeks")}</figcaption>
      <table className="unseen">
        <tbody>
          {told.weeks.map((week) => (
            <tr key={week.week}>
              <th scope="row">{shortDay(`${week.week}T12:00:00Z`)}</th>
              <td>{count(week.n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  ); // prettier-ignore
};

/** A stage of the cycle: its goal, how it does, what needs a hand, and its lists. */
export const StagePage = ({ stage }: { stage: Stage }) => {
  const { _ } = useLingui();
  const words = useWords()[stage];
  const asked = useQuery({
    queryKey: ["stages", stage],
    queryFn: ({ signal }) => request<StageTold>("GET /stages/{stage}", { stage }, signal),
  });
  const day = useDay({ stage });
  const told = asked.data;
  const change = told && told.before > 0 ? (told.now - told.before) / told.before : null;
  const below = places().filter((place) => place.stage === words.name);
  return (
    <Page title={words.name} padded>
      <div className="stage" data-tone={stageTone[stage]}>
        <p className="stage-goal">
          <span className="dot" /> {words.goal}
        </p>
        {asked.isError && <p role="alert">{sentenceOf(asked.error)}</p>}
        {told && (
          <section aria-label={_("How it goes")}>
            <p>
              <strong className="stage-figure number">{count(told.now)}</strong>{" "}
              {change !== null && <span className="small number">{change < 0 ? "−" : "+"}{percent(Math.abs(change))}<span className="unseen"> {_("against the 28 days before")}</span></span>}{" "}
              <span className="quiet">{words.figure}</span>
            </p>
            <Trend told={told} />
          </section>
        )}
        <nav aria-label={_("Lists of this stage")}>
          <ul className="stage-places">
            {below.map((place) => (
              <li key={place.to}>
                <Link to={place.to} className="stage-place">
                  <Icon name={place.icon} /> {_(place.label)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <section aria-label={_("What needs a hand")}>
          <h2 className="part-title">{_("What needs a hand")}</h2>
          {day.data && day.data.stages[stage] === 0 && <p className="quiet">{_("Nothing is due here.")}</p>}
          {day.data && day.data.stages[stage] > 0 && <DueList items={day.data.items} total={day.data.stages[stage]} />}
        </section>
      </div>
    </Page>
  ); // prettier-ignore
};
