import { useState } from "react";
import { Button, Tooltip } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { may } from "../kit/boot.ts";
import { offers } from "../kit/client.ts";
import { count, money, percent, roughly } from "../kit/format.ts";
import { linkListOf, listOf, type SubjectKind } from "../customers/told.ts";
import type { Cycle } from "./cycle.ts";
import { TargetDialog } from "./TargetDialog.tsx";

const useNames = (cycle: Cycle) => {
  const { _ } = useLingui();
  const nameOf = (key: string): string => _(cycle.steps.find((step) => step.key === key)?.name ?? key);
  return (link: { from: string; to: string }): string => `${nameOf(link.from)} → ${nameOf(link.to)}`;
};

/** What is done about the weakest link: the people before it, an improvement aimed at it, its target. */
const Doing = ({ cycle, subject, link }: { cycle: Cycle; subject: SubjectKind; link: Cycle["links"][number] }) => {
  const { _ } = useLingui();
  const [open, setOpen] = useState(false);
  const step = cycle.steps.find((one) => one.key === link.from);
  const doing = cycle.doing.filter((one) => one.link === link.key);
  return (
    <>
      {doing.map((one) => (
        <p key={one.id}>
          {_("Being improved:")} <Link className="link" to="/improvements/$id" params={{ id: one.id }}><bdi>{one.title}</bdi></Link>
        </p>
      ))}
      <div className="line">
        {step && (
          <Button variant="default" renderRoot={(props) => <Link {...props} {...listOf(subject, step.filter)} />}>
            {subject === "contact" ? _("{n, plural, one {# person} other {# people}}", { n: link.stuck }) : _("{n, plural, one {# account} other {# accounts}}", { n: link.stuck })}
          </Button>
        )}
        {offers("insights.create") && may("insights.create") && (
          <Button variant="default" renderRoot={(props) => <Link {...props} to="/insights/new" search={{ about: "link", lens: cycle.lens.key, from: link.from, to: link.to }} />}>
            {_("Improve this")}
          </Button>
        )}
        {may("loop.update") && <Button variant="subtle" onClick={() => setOpen(true)}>{_("Target…")}</Button>}
      </div>
      {open && <TargetDialog cycle={cycle} link={link} onClose={() => setOpen(false)} />}
    </>
  );
}; // prettier-ignore

/** The link that falls furthest below its target, what it costs, and the link before which most money stands still. */
export const Weakest = ({ cycle, subject }: { cycle: Cycle; subject: SubjectKind }) => {
  const { _ } = useLingui();
  const named = useNames(cycle);
  const linkOf = (key: string | undefined) => cycle.links.find((one) => one.key === key);
  const { by_rate, by_money } = cycle.weak;
  const link = linkOf(by_rate?.link);
  const costly = linkOf(by_money?.link);
  if (!link || !by_rate)
    return (
      <aside className="note weakest" aria-label={_("Weakest link")}>
        <h2 className="weakest-title quiet">{_("Weakest link")}</h2>
        <p className="quiet">{cycle.targets.length > 0 ? _("Every link with a target meets it.") : _(cycle.weakest.why)}</p>
      </aside>
    );
  const stake = link.yearly_each === null ? 0 : Math.round(link.stuck * link.yearly_each);
  const where = cycle.stuck_at && link.from === cycle.stuck_at.step ? _(" at “{step}”", { step: cycle.stuck_at.title }) : "";
  return (
    <aside className="note weakest" data-tone="red" aria-label={_("Weakest link")}>
      <h2 className="weakest-title">{_("Weakest link")}</h2>
      <p>
        {named(link)}: <Link className="strong" {...linkListOf(subject, link.list)}>{percent(link.rate ?? 0)}</Link>{" "}
        {by_rate.target === null ? _("move on; no target is set yet.") : _("against a target of {target}.", { target: percent(by_rate.target) })}{" "}
        <Tooltip multiline maw={300} label={_("Who stands there and did not move on, times what those who moved on pay in a year ({each} on average).", { each: money(Math.round(link.yearly_each ?? 0)) })}>
          <span tabIndex={0}>
            {stake > 0 ? _("{n} customers worth {amount} a year are stuck{where}.", { n: count(link.stuck), amount: roughly(stake), where }) : _("{n} customers are stuck{where}.", { n: count(link.stuck), where })}
          </span>
        </Tooltip>
      </p>
      {costly && by_money && costly.key !== link.key && (
        <p className="small">
          {_("By money: {link}, {amount} a year before it.", { link: named(costly), amount: roughly(by_money.at_stake) })}
        </p>
      )}
      <Doing cycle={cycle} subject={subject} link={link} />
    </aside>
  );
}; // prettier-ignore
