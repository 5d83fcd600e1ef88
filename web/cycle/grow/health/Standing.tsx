import { useState } from "react";
import { Popover } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { offers } from "../../../kit/client.ts";
import { count } from "../../../kit/format.ts";
import { shortDay } from "../../../customers/days.ts";
import type { PanelProps } from "../../../customers/panels.tsx";
import { health, measureWord } from "./told.ts";
import "./health.css";

/** How it stands with a customer: a score of 100, and on a click what it comes of. */
export const Standing = ({ contactId, accountId }: PanelProps) => {
  const { _ } = useLingui();
  const id = contactId ?? accountId ?? "";
  const [open, setOpen] = useState(false);
  const asked = useQuery({
    queryKey: ["orders", "health", id],
    queryFn: () => (contactId ? health().ofContact({ id }) : health().ofAccount({ id })),
    enabled: offers("health.ofContact") && may("contacts.read"),
  });
  const told = asked.data;
  if (!told || told.score === null) return null;
  return (
    <Popover opened={open} onChange={setOpen} width={340} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="plain worth-figure health-figure" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className="worth-said number">{_("{n} / 100", { n: count(told.score) })}</span>
          <span className="quiet small">{_("health, {known} of {of} measures known", { known: count(told.known), of: count(told.of) })}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={_("What the health comes of")}>
        <ul className="health-measures">
          {told.measures.map((measure) => (
            <li key={measure.name} data-unknown={measure.value === null || undefined}>
              <span className="line">
                <span className="fill strong">{measureWord(measure.name)}</span>
                <span className="number">{measure.value === null ? "–" : count(measure.value)}</span>
              </span>
              <bdi className="quiet small">{measure.reason}</bdi>
            </li>
          ))}
        </ul>
        {told.capped && <p className="small health-capped"><bdi>{told.capped}</bdi></p>}
        {told.before && <p className="quiet small">{_("It was {n} on {day}.", { n: count(told.before.score), day: shortDay(`${told.before.day}T12:00:00Z`) })}</p>}
        <p className="small"><Link className="link" to="/health">{_("How well it told the future before")}</Link></p>
      </Popover.Dropdown>
    </Popover>
  );
}; // prettier-ignore
