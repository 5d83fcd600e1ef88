import { useState } from "react";
import { Button, SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { objectOf } from "../../kit/boot.ts";
import { count } from "../../kit/format.ts";
import { Page } from "../../kit/Page.tsx";
import { sentenceOf } from "../../kit/problem.ts";
import { linkListOf, type SubjectKind } from "../../customers/told.ts";
import { FilterBar } from "../../records/filter/FilterBar.tsx";
import { Countries, OwnDates, WhomAndWhen } from "../Controls.tsx";
import { homeSearch, type HomeSearch } from "../period.ts";
import { FlowTable } from "./FlowTable.tsx";
import { Sankey } from "./Sankey.tsx";
import { useFlow } from "./told.ts";
import "../../kit/ring/ring.css";
import "../home.css";
import "./flow.css";

/** The flow: from which stage to which everybody went in the period, the ways sideways and back included. */
export const FlowPage = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const search = homeSearch(useSearch({ strict: false }) as Record<string, unknown>);
  const subject: SubjectKind = search.who ?? "contact";
  const object = objectOf(subject);
  const flow = useFlow(search);
  const broad = useMediaQuery("(min-width: 720px)", true, { getInitialValueInEffect: false });
  const wide = useMediaQuery("(min-width: 1180px)", true, { getInitialValueInEffect: false });
  const [as, setAs] = useState<string>();
  const [stayed, setStayed] = useState("all");
  const [strip, setStrip] = useState<"countries" | "own">();
  const change = (next: { [K in keyof HomeSearch]?: HomeSearch[K] | undefined }): void =>
    void navigate({ to: ".", search: { ...search, ...next } as HomeSearch });
  // A picture of bands needs room; on a phone the table says the same.
  const table = !broad || as === "table";
  const all = flow.data?.flows ?? [];
  const ways = stayed === "moved" ? all.filter((way) => way.stood !== way.stands) : all;
  const moved = all.reduce((sum, way) => sum + (way.stood === way.stands ? 0 : way.count), 0);
  const controls = <WhomAndWhen search={search} onChange={change} onStrip={setStrip} />;
  return (
    <Page title={_("The flow")} note={flow.data && <span className="quiet number">{_("{moved} of {n} changed their stage", { moved: count(moved), n: count(flow.data.total) })}</span>} actions={wide ? controls : undefined}>
      <div className="flow" aria-busy={flow.isFetching || undefined}>
        {!wide && <div className="home-strip">{controls}</div>}
        {search.period === "own" && <OwnDates search={search} onChange={change} />}
        {strip === "countries" && <Countries search={search} onChange={change} />}
        {object && (strip === "own" || (search.cohort && strip !== "countries")) && (
          <div className="home-cohort">
            <FilterBar object={object} filter={search.cohort} onFilter={(cohort) => change({ cohort })} q="" onSearch={() => undefined} />
          </div>
        )}
        <div className="line flow-top">
          <p className="quiet fill">{_("Left: the stage in which everybody stood when the period began. Right: where they stand at its end. A band leads to its people.")}</p>
          <SegmentedControl size="xs" value={stayed} onChange={setStayed} aria-label={_("Who is drawn")} data={[{ value: "all", label: _("Everybody") }, { value: "moved", label: _("Who moved") }]} />
          {broad && <SegmentedControl size="xs" value={table ? "table" : "picture"} onChange={setAs} aria-label={_("Drawn as")} data={[{ value: "picture", label: _("Picture") }, { value: "table", label: _("Table") }]} />}
          <Link className="link" to="/" search={search}>{_("The ring")}</Link>
        </div>
        {flow.isError && !flow.data && (
          <div className="empty" role="alert">
            <p>{sentenceOf(flow.error)}</p>
            <Button variant="default" onClick={() => void flow.refetch()}>{_("Try again")}</Button>
          </div>
        )}
        {flow.data && ways.length === 0 && <p className="empty">{all.length === 0 ? _("Nobody fits. Choose another period or cohort.") : _("Nobody changed their stage. Choose a longer period.")}</p>}
        {ways.length > 0 && (table ? <FlowTable ways={ways} subject={subject} /> : <Sankey ways={ways} onWay={(way) => void navigate(linkListOf(subject, way.list))} />)}
        {flow.isPending && <p className="unseen" role="status">{_("The flow is on its way")}</p>}
      </div>
    </Page>
  );
}; // prettier-ignore
