import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { count } from "../../../kit/format.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { shortDay } from "../../../customers/days.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { wired } from "../wire.ts";
import { improvements, type Line } from "./told.ts";
import { relative } from "./words.ts";
import "../learn.css";

// Columns from left to right: what is to come, what runs, what came of it.
const columns: readonly { label: string; holds: (line: Line) => boolean }[] = [
  { label: "Draft", holds: (line) => line.state === "draft" },
  { label: "Running", holds: (line) => line.state === "running" },
  { label: "Worked", holds: (line) => line.verdict === "worked" },
  { label: "No effect", holds: (line) => line.verdict === "no_effect" },
  { label: "Worse", holds: (line) => line.verdict === "worse" },
  { label: "Too early", holds: (line) => line.verdict === "too_early" },
  { label: "Stopped", holds: (line) => line.state === "stopped" },
];

const Card = ({ line }: { line: Line }) => {
  const { _ } = useLingui();
  const effect = line.last?.effect;
  const [a, b] = line.last?.arms ?? [];
  return (
    <Link className="learn-card" to="/improvements/$id" params={{ id: line.id }}>
      <strong><bdi>{line.name}</bdi></strong>
      {line.insight && <p className="quiet small clip">{line.insight}</p>}
      {effect && relative(effect) && <p className="number">{relative(effect)}</p>}
      {a && b && line.verdict && <p className="quiet small number">{_("n = {a} against {b}", { a: count(a.n), b: count(b.n) })}</p>}
      <p className="quiet small">
        {line.design === "before_after" && <>{_("observational")} · </>}
        {line.state === "review" && <>{_("to be decided")} · </>}
        {line.review_at && line.state === "running" && _("review {when}", { when: shortDay(line.review_at) })}
        {line.review_at && line.state !== "running" && line.state !== "draft" && _("reviewed {when}", { when: shortDay(line.review_at) })}
      </p>
    </Link>
  );
}; // prettier-ignore

/** What is changed because of what was learnt, by what came of it. */
export const ImprovementsPage = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const mayAdd = may("improvements.create");
  useKeys(mayAdd ? [{ keys: "c", label: _("New improvement"), group: _("This list"), run: () => void navigate({ to: "/improvements/new" }) }] : []);
  const asked = useQuery({ queryKey: ["improvements", "board"], queryFn: () => wired(improvements().board({})) });
  const add = mayAdd && <Button leftSection={<Icon name="plus" size={14} />} renderRoot={(props) => <Link {...props} to="/improvements/new" />}>{_("New improvement")}</Button>;
  const trash = may("improvements.delete") && <Link className="to-trash quiet" to="/improvements/trash" aria-label={_("The trash")} title={_("The trash")}><Icon name="trash" /></Link>;
  const items = asked.data?.items ?? [];
  const known = items.filter((one) => one.verdict !== null && one.verdict !== "too_early");
  const note = items.length > 0 && <span className="number">{_("{proved} of {finished} proved an effect", { proved: known.filter((one) => one.verdict === "worked").length, finished: known.length })}</span>;
  const shown = columns.map((column) => ({ ...column, lines: items.filter((line) => column.holds(line)) })).filter((column) => column.lines.length > 0);
  return (
    <Page title={_("Improvements")} note={note} padded actions={<>{trash}{add}</>}>
      <Ask asked={asked}>
        {() => items.length === 0 ? (
          <div className="empty">
            <p>{_("What you change because of an insight stands here, with how you will know whether it worked.")}</p>
            {add}
          </div>
        ) : (
          <div className="learn-board" tabIndex={0} role="region" aria-label={_("Improvements")}>
            {shown.map(({ label, lines }) => (
              <section key={label} aria-label={_(label)}>
                <h2 className="part-title">{_(label)} <span className="quiet number">{lines.length}</span></h2>
                {lines.map((line) => <Card key={line.id} line={line} />)}
              </section>
            ))}
          </div>
        )}
      </Ask>
    </Page>
  );
}; // prettier-ignore
