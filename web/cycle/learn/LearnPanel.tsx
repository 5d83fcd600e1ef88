import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../kit/boot.ts";
import { offers } from "../../kit/client.ts";
import type { PanelProps } from "../../customers/panels.tsx";
import { shortDay } from "../../customers/days.ts";
import { improvements } from "./improvements/told.ts";
import { insights } from "./insights/told.ts";
import { wired } from "./wire.ts";

/** What became of what a contact told us: the insights they belong to, what is tried with them, what they heard of. */
export const LearnPanel = ({ contactId }: PanelProps) => {
  const { _ } = useLingui();
  const id = contactId ?? "";
  const raised = useQuery({ queryKey: ["insights", "of", id], queryFn: () => wired(insights().of({ id })), enabled: id !== "" && offers("insights.of") && may("insights.read") });
  const tried = useQuery({ queryKey: ["improvements", "of", id], queryFn: () => wired(improvements().of({ id })), enabled: id !== "" && offers("improvements.of") && may("improvements.read") });
  const [of, at] = [raised.data?.items ?? [], tried.data?.items ?? []];
  if (of.length + at.length === 0) return null;
  return (
    <section aria-label={_("What they told us")}>
      <h3 className="part-title">{_("What they told us")}</h3>
      <ul>
        {of.map((one) => (
          <li key={one.id}>
            <Link className="side-line line" to="/insights/$id" params={{ id: one.id }} title={_("Added to the insight “{name}”", { name: one.name })}>
              <bdi className="fill clip">{one.name}</bdi> <span className="quiet small number">{shortDay(one.said_at)}</span>
            </Link>
          </li>
        ))}
        {at.map((one) => (
          <li key={one.id}>
            <Link className="side-line line" to="/improvements/$id" params={{ id: one.id }}>
              <bdi className="fill clip">{one.name}</bdi>{" "}
              <span className="quiet small">{one.told_at ? _("told {when}", { when: shortDay(one.told_at) }) : one.arm === "held" ? _("held out") : _("gets it")}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}; // prettier-ignore
