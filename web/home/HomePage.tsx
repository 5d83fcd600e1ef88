import { useState } from "react";
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import { objectOf } from "../kit/boot.ts";
import { count, tenths } from "../kit/format.ts";
import { Page } from "../kit/Page.tsx";
import { sentenceOf } from "../kit/problem.ts";
import { Ring } from "../kit/ring/Ring.tsx";
import { FilterBar } from "../records/filter/FilterBar.tsx";
import { recordsOf } from "../records/record.ts";
import { stageWord } from "../customers/stages.tsx";
import { linkListOf, listOf, pluralOf, type SubjectKind } from "../customers/told.ts";
import { Beside } from "./Beside.tsx";
import { Controls, Countries, OwnDates } from "./Controls.tsx";
import { Doors } from "./Doors.tsx";
import { Figures } from "./Figures.tsx";
import { Weakest } from "./Weakest.tsx";
import { isStill, useCycle, type Cycle } from "./cycle.ts";
import { homeSearch, usualSpan, type HomeSearch } from "./period.ts";
import "./home.css";

const periodWords = { "30d": "in 30 days", "90d": "in 90 days", "1y": "in a year", all: "so far", own: "in these days" } as const; // prettier-ignore

const useNobody = (asked: boolean, subject: SubjectKind): boolean => {
  const plural = pluralOf(subject);
  const first = useQuery({
    queryKey: [plural, "any"],
    queryFn: () => recordsOf(plural).list({ limit: 1 }),
    enabled: asked,
  });
  return asked && first.data?.items.length === 0;
};

const Circle = ({
  cycle,
  subject,
  search,
  onAll,
}: {
  cycle: Cycle;
  subject: SubjectKind;
  search: HomeSearch;
  onAll: () => void;
}) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const open = (filter: Condition | undefined): void => void navigate(listOf(subject, filter));
  const { each, referrals, ...ends } = cycle.closing;
  // What closes the ring: how many new people each of the last step brought to the first.
  const closing = each !== null && referrals > 0 ? [{ ...ends, rate: null, median_days: null, moved: referrals, said: _("{n} new each", { n: tenths(each) }) }] : []; // prettier-ignore
  const still = isStill(cycle) && search.period !== "all";
  return (
    <>
      <div className="home-top">
        <div className="home-intro">
          <h2 className="h">{_("Where customers stand, and where they go")}</h2>
          <p className="quiet">
            {_("Arcs: who stands in each step. Between them: how many moved on {period}, and how long it took.", { period: _(periodWords[search.period ?? usualSpan]) })}
          </p>
          {still && (
            <p className="note home-still">
              {_("Nobody moved {period}.", { period: _(periodWords[search.period ?? usualSpan]) })}{" "}
              <button type="button" className="plain link" onClick={onAll}>
                {_("Show all time")}
              </button>
            </p>
          )}
        </div>
        {!still && <Weakest cycle={cycle} subject={subject} />}
      </div>
      <Ring
        height={560}
        steps={cycle.steps.map((step) => ({ ...step, name: _(step.name) }))}
        links={[...cycle.links.map((link) => ({ ...link, weakest: cycle.weak.by_rate?.link === link.key })), ...closing]}
        centre={{
          count: cycle.total,
          words: subject === "contact" ? _("people in the cycle") : _("accounts in the cycle"),
          aside: cycle.sideways.map(({ stage, count: n }) => ({ key: stage, name: _(stageWord(stage).label), count: n, tone: stageWord(stage).tone })),
          more: <Link className="link home-flow" to="/flow" search={search}>{_("See flow")} <span aria-hidden>›</span></Link>,
        }}
        onStep={(key) => open([...cycle.steps, ...cycle.sideways].find((one) => ("key" in one ? one.key : one.stage) === key)?.filter)}
        onLink={({ from, to, said }) => {
          if (said) return void navigate({ to: "/referrals" });
          const link = cycle.links.find((one) => one.from === from && one.to === to);
          if (link) void navigate(linkListOf(subject, link.list));
        }}
      />
      <Figures cycle={cycle} subject={subject} period={_(periodWords[search.period ?? usualSpan])} />
    </>
  ); // prettier-ignore
};

/** Home: the ring of the cycle for a lens, a cohort and a period, and beside it what needs a hand. */
export const HomePage = () => {
  const { _ } = useLingui();
  const search = homeSearch(useSearch({ strict: false }) as Record<string, unknown>);
  const navigate = useNavigate();
  const wide = useMediaQuery("(min-width: 1180px)", true, { getInitialValueInEffect: false });
  const [strip, setStrip] = useState<"countries" | "own">();
  const subject: SubjectKind = search.who ?? "contact";
  const object = objectOf(subject);
  const cycle = useCycle(search);
  const nobody = useNobody(cycle.data?.total === 0, subject) && subject === "contact";
  const change = (next: { [K in keyof HomeSearch]?: HomeSearch[K] | undefined }): void =>
    void navigate({ to: ".", search: { ...search, ...next } as HomeSearch });
  const controls = nobody ? null : <Controls search={search} onChange={change} onStrip={setStrip} />;
  const said = cycle.data && !nobody ? (subject === "contact" ? _("{n, plural, one {# person} other {# people}}", { n: cycle.data.total }) : _("{n, plural, one {# account} other {# accounts}}", { n: cycle.data.total })) : undefined; // prettier-ignore
  return (
    <Page title={_("The cycle")} note={<span className="number">{said}</span>} actions={wide ? controls : undefined}>
      {nobody ? (
        <Doors />
      ) : (
        <div className="home">
          <div className="home-main" aria-busy={cycle.isFetching || undefined}>
            {!wide && <div className="home-strip">{controls}</div>}
            {search.period === "own" && <OwnDates search={search} onChange={change} />}
            {strip === "countries" && <Countries search={search} onChange={change} />}
            {object && (strip === "own" || (search.cohort && strip !== "countries")) && (
              <div className="home-cohort">
                <FilterBar object={object} filter={search.cohort} onFilter={(cohort) => change({ cohort })} q="" onSearch={() => undefined} />
              </div>
            )}
            {cycle.isError && !cycle.data && (
              <div className="empty" role="alert">
                <p>{sentenceOf(cycle.error)}</p>
                <Button variant="default" onClick={() => void cycle.refetch()}>{_("Try again")}</Button>
              </div>
            )}
            {cycle.data && cycle.data.total === 0 && <p className="empty">{_("Nobody fits. Choose another period or cohort.")}</p>}
            {cycle.data && cycle.data.total > 0 && (
              <Circle cycle={cycle.data} subject={subject} search={search} onAll={() => change({ period: "all", from: undefined, until: undefined })} />
            )}
            {cycle.isPending && <p className="unseen" role="status">{_("The ring is on its way")}</p>}
          </div>
          <Beside />
          <p className="unseen" role="status">{cycle.data ? _("{n} in the ring", { n: count(cycle.data.total) }) : ""}</p>
        </div>
      )}
    </Page>
  ); // prettier-ignore
};
