import { useState } from "react";
import { Button, SegmentedControl } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { count, money } from "../../../kit/format.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { Ask } from "../../../settings/Ask.tsx";
import { wired } from "../wire.ts";
import { ThemeForm } from "./ThemeForm.tsx";
import { Sparkline } from "./Trend.tsx";
import { themes, useThemesLive, type Line } from "./told.ts";
import "../learn.css";

const Row = ({ line }: { line: Line }) => {
  const { _ } = useLingui();
  return (
    <tr>
      <th scope="row">
        <Link className="link" to="/themes/$id" params={{ id: line.id }}><bdi>{line.name}</bdi></Link>
        {line.rise && <span className="chip" data-tone="amber"><span className="dot" /> {_("rising")}</span>}
        {line.insights > 0 && <span className="quiet small"> {_("{n, plural, one {# insight} other {# insights}}", { n: line.insights })}</span>}
      </th>
      <td><Sparkline trend={line.trend} tone={line.rise ? "amber" : undefined} /></td>
      <td className="number">{count(line.people)}</td>
      <td className="number">{count(line.mentions)}</td>
      <td className="number">{line.rate === null ? "—" : count(line.rate)}</td>
      <td className="number">{money(line.stake.refunded + line.stake.returned)}</td>
      <td className="number">{money(line.stake.lost)}</td>
      <td className="number">{money(line.stake.customers)}</td>
    </tr>
  );
}; // prettier-ignore

const Lines = ({ lines }: { lines: readonly Line[] }) => {
  const { _ } = useLingui();
  return (
    <div className="learn-scroll" tabIndex={0} role="region" aria-label={_("Themes")}>
      <table className="learn-table wide">
        <thead>
          <tr>
            <th scope="col">{_("Theme")}</th>
            <th scope="col">{_("Trend")}</th>
            <th scope="col" className="number">{_("People")}</th>
            <th scope="col" className="number">{_("Mentions")}</th>
            <th scope="col" className="number">{_("Per 100 orders")}</th>
            <th scope="col" className="number">{_("Refunded, returned")}</th>
            <th scope="col" className="number">{_("Lost deals")}</th>
            <th scope="col" className="number">{_("They pay a year")}</th>
          </tr>
        </thead>
        <tbody>{lines.map((line) => <Row key={line.id} line={line} />)}</tbody>
      </table>
    </div>
  ); // prettier-ignore
};

const spans = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
];

/** What customers raise again and again, with its trend and the money at stake. */
export const ThemesPage = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const [days, setDays] = useState("90");
  const [adding, setAdding] = useState(false);
  const mayAdd = may("themes.create");
  useThemesLive();
  useKeys(mayAdd ? [{ keys: "c", label: _("New theme"), group: _("This list"), run: () => setAdding(true) }] : []);
  const asked = useQuery({ queryKey: ["themes", "figures", days], queryFn: () => wired(themes().figures({ days })), placeholderData: (before) => before });
  const add = mayAdd && <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>{_("New theme")}</Button>;
  const note = asked.data && <span className="number">{_("{n, plural, one {# order} other {# orders}} in the time", { n: asked.data.orders })}</span>;
  return (
    <Page title={_("Themes")} note={note} padded actions={
      <>
        <SegmentedControl aria-label={_("How far back")} value={days} onChange={setDays} data={spans.map((s) => ({ value: s.value, label: _(s.label) }))} />
        {may("themes.delete") && <Link className="to-trash quiet" to="/themes/trash" aria-label={_("The trash")} title={_("The trash")}><Icon name="trash" /></Link>}
        {add}
      </>
    }>
      <Ask asked={asked}>
        {({ items }) => items.length === 0 ? (
          <div className="empty">
            <p>{_("What customers raise again and again stands here: as a case, a return, a refund, a lost deal, or in their own words.")}</p>
            {add}
          </div>
        ) : <Lines lines={items} />}
      </Ask>
      {adding && <ThemeForm onClose={() => setAdding(false)} onSaved={(id) => void navigate({ to: "/themes/$id", params: { id } })} />}
    </Page>
  );
}; // prettier-ignore
