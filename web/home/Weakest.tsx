import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { count, percent } from "../kit/format.ts";
import { daysWords } from "../kit/ring/Ring.tsx";
import { listOf, type SubjectKind } from "../customers/told.ts";
import type { Cycle } from "./cycle.ts";

/** The link of the ring that loses most: what it means, how many it is about, and the people who stand before it. */
export const Weakest = ({ cycle, subject }: { cycle: Cycle; subject: SubjectKind }) => {
  const { _ } = useLingui();
  const { weakest } = cycle;
  const link = cycle.links.find((one) => one.key === weakest.link);
  const step = link && cycle.steps.find((one) => one.key === link.from);
  const to = link && cycle.steps.find((one) => one.key === link.to);
  if (!link || !step || !to)
    return (
      <aside className="note weakest" aria-label={_("Weakest link")}>
        <h2 className="weakest-title quiet">{_("Weakest link")}</h2>
        <p className="quiet">{_(weakest.why)}</p>
      </aside>
    );
  const stuck = Math.max(0, link.base - link.moved);
  return (
    <aside className="note weakest" data-tone="red" aria-label={_("Weakest link")}>
      <h2 className="weakest-title">{_("Weakest link")}</h2>
      <p>
        {_(step.name)} <span className="toward">→</span> {_(to.name)}:{" "}
        <strong>{link.rate === null ? "–" : percent(link.rate)}</strong>{" "}
        {_("moved on. Of {base} who stood in “{step}” in this period, {stuck} have not.", {
          base: count(link.base),
          step: _(step.name),
          stuck: count(stuck),
        })}{" "}
        {link.median_days !== null && _("Who moves takes {days} in the middle.", { days: daysWords(link.median_days) })}
      </p>
      <div className="line">
        <Button variant="default" renderRoot={(props) => <Link {...props} {...listOf(subject, step.filter)} />}>
          {subject === "contact"
            ? _("{n, plural, one {# person} other {# people}} there now", { n: step.count })
            : _("{n, plural, one {# account} other {# accounts}} there now", { n: step.count })}
        </Button>
      </div>
    </aside>
  );
};
