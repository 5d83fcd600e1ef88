import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { count, money } from "../../../kit/format.ts";
import { useKeys } from "../../../kit/keys.ts";
import { tell } from "../../../kit/notes.ts";
import { Page } from "../../../kit/Page.tsx";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { shortDay } from "../../../customers/days.ts";
import { factLabel } from "../../../records/filter/fact-words.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { wired } from "../wire.ts";
import { Rising } from "./Rising.tsx";
import { Stake } from "./Stake.tsx";
import { ThemeForm } from "./ThemeForm.tsx";
import { TrendTable } from "./Trend.tsx";
import { themes, useThemesLive, type Seen, type Theme } from "./told.ts";
import "../learn.css";

const days = 90;

const Mentions = ({ id }: { id: string }) => {
  const { _ } = useLingui();
  const asked = useInfiniteQuery({
    queryKey: ["themes", "mentions", id],
    queryFn: ({ pageParam }) => wired(themes().mentions({ id, limit: 30, ...(pageParam ? { cursor: pageParam } : {}) })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
  const all = asked.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label={_("Who said it")}>
      <h2 className="part-title">{_("Who said it")}</h2>
      {asked.data && all.length === 0 && <p className="quiet">{_("Nobody yet.")}</p>}
      <ul className="said">
        {all.map((one) => (
          <li key={one.fact_id} className="line">
            <span className="fill">
              {one.said ? <q>{one.said}</q> : factLabel(one.name)}{" "}
              {one.contact_id && <Link className="link" to="/contacts/$id" params={{ id: one.contact_id }}><bdi>{one.contact}</bdi></Link>}{" "}
              <span className="quiet small">{factLabel(one.name)}</span>
            </span>
            <span className="quiet small number">{shortDay(one.occurred_at)}</span>
          </li>
        ))}
      </ul>
      {asked.hasNextPage && <Button variant="default" loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>{_("More")}</Button>}
    </section>
  );
}; // prettier-ignore

const Figures = ({ theme, seen }: { theme: Theme; seen: Seen }) => {
  const { _ } = useLingui();
  return (
    <div className="learn-columns">
      <div className="stack">
        {seen.rise && <Rising rise={seen.rise} name={theme.name} />}
        <p className="lead">
          {_("{people, plural, one {# customer} other {# customers}}, {mentions, plural, one {# mention} other {# mentions}} on {orders, plural, one {# order} other {# orders}} in {days} days", { people: seen.people, mentions: seen.mentions, orders: seen.orders, days })}
          {seen.rate !== null && <span className="quiet"> · {_("{rate} per 100 orders", { rate: count(seen.rate) })}</span>}
        </p>
        <section aria-label={_("Over time")}>
          <h2 className="part-title">{_("Over time")}</h2>
          <TrendTable trend={seen.trend} />
        </section>
        <Mentions id={theme.id} />
      </div>
      <aside className="stack">
        <section aria-label={_("At stake")}>
          <h2 className="part-title line"><span className="fill">{_("At stake")}</span><span className="number">{money(seen.at_stake)}</span></h2>
          <Stake stake={seen.stake} />
        </section>
        <section aria-label={_("Products")}>
          <h2 className="part-title">{_("Products")}</h2>
          {seen.products.length === 0 && <p className="quiet">{_("No product is named.")}</p>}
          <ul>
            {seen.products.map((one) => (
              <li key={one.product_id}>
                <Link className="side-line line" to="/products/$id" params={{ id: one.product_id }}>
                  <bdi className="fill clip">{one.name}</bdi>
                  <span className="quiet small number">{_("{n} of {orders, plural, one {# order} other {# orders}}", { n: count(one.mentions), orders: one.orders })}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
        <section aria-label={_("Insights")}>
          <h2 className="part-title">{_("Insights")}</h2>
          {seen.insights.length === 0 && <p className="quiet">{_("Nobody has drawn one from it yet.")}</p>}
          <ul>
            {seen.insights.map((one) => (
              <li key={one.id}><Link className="side-line line" to="/insights/$id" params={{ id: one.id }}><bdi className="fill clip">{one.name}</bdi></Link></li>
            ))}
          </ul>
        </section>
      </aside>
    </div>
  );
}; // prettier-ignore

const useTrash = (theme: Theme | undefined) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const again = () => cache.invalidateQueries({ queryKey: ["themes"] });
  return async (): Promise<void> => {
    if (!theme) return;
    const { id, name } = theme;
    try {
      await themes().trash({ id });
      done(_("{name} moved to the trash", { name }), () => themes().restore({ id }).then(again));
      void again();
      void navigate({ to: "/themes" });
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
};

/** One theme: what belongs to it, how it goes, what it costs, who said it. */
export const ThemePage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const [editing, setEditing] = useState(false);
  const asked = useQuery({ queryKey: ["themes", "one", id], queryFn: () => wired(themes().get({ id })) });
  const seen = useQuery({ queryKey: ["themes", "seen", id], queryFn: () => wired(themes().seen({ id, days })) });
  useThemesLive();
  const theme = asked.data;
  const trash = useTrash(theme);
  const mayEdit = may("themes.update") && theme !== undefined && !theme.deleted_at;
  useKeys(mayEdit ? [{ keys: "e", label: _("Edit"), group: _("This theme"), run: () => setEditing(true) }] : []);
  return (
    <Page title={theme?.name ?? _("Theme")} padded note={<Link to="/themes" className="link">{_("Themes")}</Link>} actions={theme && <>
      {may("themes.delete") && !theme.deleted_at && <Button variant="default" onClick={() => void trash()}>{_("Move to the trash")}</Button>}
      {mayEdit && <Button variant="default" onClick={() => setEditing(true)}>{_("Edit")}</Button>}
      {may("insights.create") && !theme.deleted_at && <Button renderRoot={(props) => <Link {...props} to="/insights/new" search={{ about: "theme", theme_id: id }} />}>{_("Make an insight")}</Button>}
    </>}>
      <Ask asked={asked}>
        {(found) => (
          <>
            {found.description && <p>{found.description}</p>}
            {found.deleted_at && <p className="note" data-tone="amber">{_("This theme is in the trash.")}</p>}
            {found.job_id && <p className="quiet" role="status">{_("Its mentions are being found.")}</p>}
            <Ask asked={seen}>{(figures) => <Figures theme={found} seen={figures} />}</Ask>
            {editing && <ThemeForm theme={found} onClose={() => setEditing(false)} />}
          </>
        )}
      </Ask>
    </Page>
  );
}; // prettier-ignore
